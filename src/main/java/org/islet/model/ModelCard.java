package org.islet.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.islet.format.WholeFile;
import org.islet.stage.Precision;
import org.islet.stage.SliceAxis;
import org.islet.volume.Orientation;
import org.islet.volume.Scores;

/**
 * What {@code model.yaml} says of a SavedModel: what it is, what it expects, how it was trained,
 * under which licence, and how well it did on what.
 *
 * @param purpose what the model finds, in a sentence
 * @param warning what a reader of its results must know, such as that it saw only phantoms; may be
 *     absent
 * @param licence an SPDX identifier
 * @param input what goes in
 * @param output what comes out
 * @param precision in which numbers the network computes, as {@link Precision#word}; float32 where
 *     absent
 * @param memory what bounds the work; may be absent, then the model is not run in tiles
 * @param work how much there is to compute; may be absent
 * @param training data, seed and settings, as the trainer wrote them; may be absent
 * @param measured figures by name, as the trainer wrote them; may be absent
 */
@JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelCard(
    @JsonProperty(required = true) String purpose,
    String warning,
    @JsonProperty(required = true) String licence,
    @JsonProperty(required = true) Input input,
    @JsonProperty(required = true) Output output,
    String precision,
    Memory memory,
    Work work,
    Map<String, Object> training,
    Map<String, Object> measured) {

  /**
   * @throws IllegalArgumentException if there is no such precision
   */
  public ModelCard {
    if (precision != null) {
      Precision.of(precision);
    }
  }

  /** What a version's card is called. */
  public static final String FILE = "model.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .build())
          .build();

  /**
   * What the network takes: one float32 tensor with one channel, of rank 5, or of rank 4 if the
   * network works on slices.
   *
   * @param signature the SavedModel's signature
   * @param name the signature's input
   * @param layout the tensor's axes, first to last, as letters: N (batch) first, C (channel) second
   *     or last, and between them the direction in which each spatial axis grows. {@code NSARC} is
   *     z, y, x of a RAS volume, x fastest. With two directions N counts slices: {@code NARC} takes
   *     axial slices.
   * @param min the least value, which padding has too
   * @param max the largest value
   * @param divisor what each spatial axis has to be a multiple of
   * @param size the only length that each spatial axis can have, in the layout's order; absent if
   *     any multiple of the divisor will do
   */
  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Input(
      @JsonProperty(required = true) String signature,
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) String layout,
      @JsonProperty(required = true) float min,
      @JsonProperty(required = true) float max,
      @JsonProperty(required = true) int divisor,
      List<Integer> size) {

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    public Input {
      if (!layout.matches("N[RLAPSI]{2,3}C|NC[RLAPSI]{2,3}")) {
        throw new IllegalArgumentException(
            ("input.layout '%s' should be N, three directions and C, such as NSARC or NCSAR, or with"
                    + " two directions for slices, such as NARC.")
                .formatted(layout));
      }
      if (layout.matches(".*([RL].*[RL]|[AP].*[AP]|[SI].*[SI]).*")) {
        throw new IllegalArgumentException(
            "input.layout '%s' should name each of R or L, A or P, S or I at most once."
                .formatted(layout));
      }
      if (!(min < max && Float.isFinite(min) && Float.isFinite(max))) {
        throw new IllegalArgumentException(
            "input.min (%s) should be below input.max (%s), both finite.".formatted(min, max));
      }
      if (divisor < 1 || divisor > 256) {
        throw new IllegalArgumentException(
            "input.divisor should be 1 to 256, not " + divisor + ".");
      }
      if (size != null) {
        size = List.copyOf(size);
        requireSize(layout, divisor, size);
      }
    }

    /** What a network of any size takes. */
    public Input(String signature, String name, String layout, float min, float max, int divisor) {
      this(signature, name, layout, min, max, divisor, null);
    }

    private static void requireSize(String layout, int divisor, List<Integer> size) {
      int directions = layout.length() - 2;
      if (size.size() != directions || size.stream().anyMatch(n -> n < 1 || n % divisor != 0)) {
        throw new IllegalArgumentException(
            "input.size should be %d multiples of input.divisor (%d), one for each direction of %s, not %s."
                .formatted(directions, divisor, layout, size));
      }
    }

    /**
     * The orientation of a volume, x fastest, whose voxels are in the tensor's order; slices lie
     * one behind the other along z.
     */
    Orientation orientation() {
      return orientation(layout);
    }

    /** The number of the tensor's axes. */
    int rank() {
      return layout.length();
    }

    /**
     * Whether channels are the tensor's last axis, as in TensorFlow, or its second, as in PyTorch.
     */
    boolean channelsLast() {
      return layout.endsWith("C");
    }

    /** The axis along which the network takes slices; nothing if it takes volumes. */
    Optional<SliceAxis> slices() {
      return rank() == 5
          ? Optional.empty()
          : Optional.of(SliceAxis.values()["RAS".indexOf(missing(layout))]);
    }

    private static Orientation orientation(String layout) {
      String axes = layout.substring(1).replace("C", "");
      String reversed = new StringBuilder(axes).reverse().toString();
      return new Orientation(axes.length() == 3 ? reversed : reversed + missing(layout));
    }

    /** The positive direction of the patient's axis that a layout of slices does not name. */
    private static char missing(String layout) {
      return layout.matches(".*[RL].*") ? layout.matches(".*[AP].*") ? 'S' : 'A' : 'R';
    }
  }

  /**
   * What the network answers: one float32 tensor with the input's spatial axes and a number of
   * channels.
   *
   * @param name the signature's output
   * @param kind how voxels are taken from it
   * @param channels how many there are
   * @param channel the organ's, the first being 0
   * @param threshold for {@link Kind#THRESHOLD}, and needed there: voxels above it are inside
   */
  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Output(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) Kind kind,
      @JsonProperty(required = true) int channels,
      @JsonProperty(required = true) int channel,
      Float threshold) {

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    public Output {
      if (channels < 1 || channel < 0 || channel >= channels) {
        throw new IllegalArgumentException(
            "output.channel should be 0 to output.channels − 1, not %d of %d."
                .formatted(channel, channels));
      }
      if (kind == Kind.THRESHOLD && threshold == null) {
        throw new IllegalArgumentException(
            "output.threshold is needed with output.kind: threshold.");
      }
      if (threshold != null && !Float.isFinite(threshold)) {
        throw new IllegalArgumentException(
            "output.threshold should be a finite number, not %s.".formatted(threshold));
      }
    }

    /**
     * Whether a voxel is inside the organ.
     *
     * @param scores by channel
     * @param at the voxel's place in each channel's array
     */
    boolean isInside(float[][] scores, int at) {
      return kind == Kind.THRESHOLD
          ? scores[channel][at] > threshold
          : Scores.isLargest(scores, channel, at);
    }
  }

  /** How voxels are taken from the network's answer. */
  public enum Kind {
    /** A voxel is inside where the organ's channel is above the threshold. */
    @JsonProperty("threshold")
    THRESHOLD,
    /** A voxel is inside where the organ's channel is the largest, of equals the first. */
    @JsonProperty("argmax")
    ARGMAX
  }

  /**
   * What bounds the work.
   *
   * @param bytesPerVoxel the most native memory that a run takes, for each voxel that goes in
   * @param receptiveRadius how many voxels away from a voxel the input can change the output; may
   *     be absent, then the model is not run in tiles
   */
  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Memory(@JsonProperty(required = true) int bytesPerVoxel, Integer receptiveRadius) {

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    public Memory {
      if (bytesPerVoxel < 1) {
        throw new IllegalArgumentException(
            "memory.bytes-per-voxel should be at least 1, not " + bytesPerVoxel + ".");
      }
      if (receptiveRadius != null && receptiveRadius < 0) {
        throw new IllegalArgumentException(
            "memory.receptive-radius should be at least 0, not " + receptiveRadius + ".");
      }
    }
  }

  /**
   * How much there is to compute.
   *
   * @param flopPerVoxel additions and multiplications of the network's convolutions for each voxel
   *     that goes in
   */
  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  public record Work(@JsonProperty(required = true) long flopPerVoxel) {

    /**
     * @throws IllegalArgumentException if a value cannot be meant
     */
    public Work {
      if (flopPerVoxel < 1) {
        throw new IllegalArgumentException(
            "work.flop-per-voxel should be at least 1, not " + flopPerVoxel + ".");
      }
    }
  }

  /** In which numbers the network computes, where nobody asks for others. */
  Precision ownPrecision() {
    return precision == null ? Precision.FLOAT32 : Precision.of(precision);
  }

  /**
   * Reads a card.
   *
   * @throws IllegalArgumentException if the file is missing, cannot be read or does not say what it
   *     should; the message gives the place
   */
  public static ModelCard read(Path file) {
    try {
      return PlainYaml.read(PlainYaml.text(file), ModelCard.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The model's card %s is not valid: %s".formatted(file, PlainYaml.mistake(e)), e);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "The model's card %s is not there: a model needs a %s beside its %s."
              .formatted(file, FILE, SavedModelFile.NAME),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The model's card %s cannot be read (%s). A text in UTF-8 that Islet may read was expected."
              .formatted(file, PlainYaml.reason(e)),
          e);
    }
  }

  /** Writes the card as YAML. */
  public void write(Path file) throws IOException {
    WholeFile.write(file, YAML.writeValueAsBytes(this));
  }
}
