package org.islet.stage;

import java.util.List;
import java.util.Optional;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/**
 * What a route may ask of the way in which a stage's networks run. Every stage that runs a network
 * has these options, beside those that it declares.
 *
 * @param precision in which numbers; nothing for what the model's card says
 * @param needsGpu whether they may run on a GPU alone
 */
public record NetworkOptions(Optional<Precision> precision, boolean needsGpu) {

  /** What holds where a route asks for nothing. */
  public static final NetworkOptions NONE = new NetworkOptions(Optional.empty(), false);

  /** The option by which a route asks for a GPU. */
  public static final String DEVICE = "device";

  /** The options as routes give them. */
  static final List<Option> DECLARED =
      List.of(
          declared(
              "precision",
              AskedPrecision.class,
              AskedPrecision.CARD,
              "in which numbers networks compute; card is what the model's card says, float32 where"
                  + " it says nothing"),
          declared(
              DEVICE,
              AskedDevice.class,
              AskedDevice.ANY,
              "with gpu the route is refused where TensorFlow sees no GPU"));

  /** A precision as a route gives it. */
  enum AskedPrecision {
    CARD,
    FLOAT32,
    TF32,
    MIXED
  }

  /** A device as a route gives it. */
  enum AskedDevice {
    ANY,
    GPU
  }

  private static Option declared(String name, Class<?> type, Enum<?> defaultValue, String doc) {
    return new Option(
        Kind.PARAMETER,
        name,
        type,
        false,
        false,
        OptionValue.kebab(defaultValue),
        "",
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        doc);
  }

  /** With the value of one of the options. */
  NetworkOptions with(Object value) {
    if (value instanceof AskedDevice device) {
      return new NetworkOptions(precision, device == AskedDevice.GPU);
    }
    AskedPrecision asked = (AskedPrecision) value;
    return new NetworkOptions(
        asked == AskedPrecision.CARD
            ? Optional.empty()
            : Optional.of(Precision.valueOf(asked.name())),
        needsGpu);
  }
}
