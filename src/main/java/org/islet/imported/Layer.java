package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** A layer as a description gives it. What is null was not given. */
sealed interface Layer {

  /** What goes in; if nothing is given, the layer before. */
  List<String> inputs();

  /** What is done to each number that comes out. */
  Activation activation();

  /** Of a leaky ReLU. */
  Double slope();

  /** A convolution or a transposed one. */
  sealed interface Filtered extends Layer {

    int channels();

    Lengths kernel();

    Boolean bias();

    String weights();

    String normalisation();

    Double epsilon();
  }

  /**
   * A convolution.
   *
   * @param channels that come out
   * @param weights what the names of its arrays begin with; if not given, the layer's name
   * @param normalisation what the names of the arrays of its batch normalisation begin with; if not
   *     given, there is none
   */
  record Convolution(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> inputs,
      @JsonProperty(required = true) int channels,
      Lengths kernel,
      Lengths stride,
      Padding padding,
      Boolean bias,
      String weights,
      String normalisation,
      Double epsilon,
      Activation activation,
      Double slope)
      implements Filtered {}

  /**
   * A transposed convolution. An axis of n voxels becomes one of (n − 1) · stride − 2 · padding +
   * kernel + output-padding.
   */
  @JsonNaming(PropertyNamingStrategies.KebabCaseStrategy.class)
  record TransposedConvolution(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> inputs,
      @JsonProperty(required = true) int channels,
      Lengths kernel,
      Lengths stride,
      Lengths padding,
      Lengths outputPadding,
      Boolean bias,
      String weights,
      String normalisation,
      Double epsilon,
      Activation activation,
      Double slope)
      implements Filtered {}

  /** Batch normalisation that follows no convolution. */
  record Normalisation(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> inputs,
      String weights,
      Double epsilon,
      Activation activation,
      Double slope)
      implements Layer {}

  /** The largest of each block of voxels; what is left over at the far sides is dropped. */
  record MaxPooling(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> inputs,
      Lengths kernel,
      Lengths stride,
      Activation activation,
      Double slope)
      implements Layer {}

  /** How values between voxels are found. */
  enum Interpolation {
    /** Along each axis from the two nearest voxels' centres (align_corners false). */
    @JsonProperty("linear")
    LINEAR,
    /** From the voxel that the place lies in. */
    @JsonProperty("nearest")
    NEAREST
  }

  /**
   * A change of size.
   *
   * @param like the layer whose size comes out; either it is given or a scale
   */
  record Resize(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> inputs,
      String like,
      Lengths scale,
      Interpolation interpolation,
      Activation activation,
      Double slope)
      implements Layer {}

  /** The channels of several layers one after the other, in the order in which they are given. */
  record Concatenation(
      @JsonProperty(required = true) List<String> inputs, Activation activation, Double slope)
      implements Layer {}

  /** The sum of several layers. */
  record Addition(
      @JsonProperty(required = true) List<String> inputs, Activation activation, Double slope)
      implements Layer {}
}
