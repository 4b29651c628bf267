package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.islet.model.ModelCard;
import org.islet.volume.Size;

/**
 * A network as a person describes it: what goes in, its layers in order, and what comes out ({@code
 * docs/import.md}).
 *
 * @param purpose what the model finds, in a sentence
 * @param warning what a reader of its results must know; may be absent
 * @param licence an SPDX identifier; may be absent
 * @param weights how the archive is to be read; may be absent
 * @param input what goes in
 * @param convolutions what every convolution has that does not say otherwise; may be absent
 * @param layers by name, each after those that it takes
 * @param output what comes out
 */
record Description(
    @JsonProperty(required = true) String purpose,
    String warning,
    String licence,
    ArrayNames weights,
    @JsonProperty(required = true) Input input,
    Defaults convolutions,
    @JsonProperty(required = true) Map<String, JsonNode> layers,
    @JsonProperty(required = true) Output output) {

  /**
   * @throws IllegalArgumentException if a text says nothing
   */
  Description {
    requireText("purpose", purpose);
    requireText("warning", warning);
    requireText("licence", licence);
    weights = weights == null ? new ArrayNames(null, null, null) : weights;
    convolutions =
        convolutions == null ? new Defaults(null, null, null, null, null, null) : convolutions;
  }

  private static void requireText(String key, String text) {
    if (text != null && text.isBlank()) {
      throw new IllegalArgumentException(key + " says nothing; write what a reader should know.");
    }
  }

  /**
   * What goes in.
   *
   * @param axes where the network's axes grow, first to last: three of R or L, A or P, S or I; two
   *     for a network of slices
   * @param channels 1, since Islet's volumes have one
   * @param divisor what each axis has to be a multiple of; either it is given or a size
   * @param size the only length that each axis can have, in the order of the axes
   * @param min the least value
   * @param max the largest value
   */
  record Input(
      @JsonProperty(required = true) String axes,
      Integer channels,
      Integer divisor,
      List<Integer> size,
      @JsonProperty(required = true) float min,
      @JsonProperty(required = true) float max) {

    private static final String AXES =
        "(?!.*[RL].*[RL])(?!.*[AP].*[AP])(?!.*[SI].*[SI])[RLAPSI]{2,3}";

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    Input {
      if (!axes.matches(AXES)) {
        throw new IllegalArgumentException(
            ("input.axes '%s' should be one of R or L, one of A or P and one of S or I, in any order,"
                    + " or two of these for slices.")
                .formatted(axes));
      }
      if (channels != null && channels != 1) {
        throw new IllegalArgumentException(
            "input.channels should be 1, not %d: Islet gives a network one volume."
                .formatted(channels));
      }
      if ((divisor == null) == (size == null)) {
        throw new IllegalArgumentException(
            "either input.divisor or input.size should be given, and not both.");
      }
      card(axes, divisor, size, min, max);
      if (size != null) {
        new Size(size.get(0), size.get(1), size.size() == 2 ? 1 : size.get(2)); // refuses too many
      }
    }

    /** The number of spatial axes. */
    int rank() {
      return axes.length();
    }

    /** The same in the words of a model's card. */
    ModelCard.Input card() {
      return card(axes, divisor, size, min, max);
    }

    private static ModelCard.Input card(
        String axes, Integer divisor, List<Integer> size, float min, float max) {
      return new ModelCard.Input(
          "serving_default",
          "volume",
          "N" + axes + "C",
          min,
          max,
          divisor == null ? 1 : divisor,
          size);
    }
  }

  /** What every convolution has that does not say otherwise. */
  record Defaults(
      Lengths kernel,
      Padding padding,
      Boolean bias,
      Double epsilon,
      Activation activation,
      Double slope) {

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    Defaults {
      Ranges.requireEpsilon("convolutions.epsilon", epsilon);
      Ranges.requireSlope("convolutions.slope", slope);
    }
  }

  /** What is done to the scores of a voxel. */
  enum Answer {
    @JsonProperty("none")
    NONE,
    @JsonProperty("sigmoid")
    SIGMOID,
    @JsonProperty("softmax")
    SOFTMAX
  }

  /**
   * What comes out.
   *
   * @param layer whose answer it is; if not given, the last
   * @param activation what is done to it; if not given, nothing
   * @param kind how the organ's voxels are taken from it
   * @param channel the organ's, the first being 0
   * @param threshold where the kind is one
   */
  record Output(
      String layer,
      Answer activation,
      @JsonProperty(required = true) ModelCard.Kind kind,
      @JsonProperty(required = true) int channel,
      Float threshold) {

    Output {
      activation = activation == null ? Answer.NONE : activation;
      if ((kind == ModelCard.Kind.THRESHOLD) != (threshold != null)) {
        throw new IllegalArgumentException(
            "output.threshold should be given with output.kind: threshold, and with no other.");
      }
    }
  }
}
