package org.islet.imported;

import org.islet.imported.Description.Defaults;
import org.islet.imported.Layer.Interpolation;

/**
 * Fills in what a description leaves open.
 *
 * @param epsilon of batch normalisation that does not say
 */
record Completion(Defaults convolutions, double epsilon) {

  private static final Lengths ONE = Lengths.of(1);
  private static final Lengths TWO = Lengths.of(2);

  /** PyTorch's. */
  private static final double SLOPE = 0.01;

  /** The layer with nothing left open but its inputs and whether it has batch normalisation. */
  Layer complete(String name, Layer layer) {
    Activation activation = or(layer.activation(), Activation.NONE);
    double slope = or(layer.slope(), SLOPE);
    if (layer instanceof Layer.Convolution c) {
      return convolution(name, c);
    } else if (layer instanceof Layer.TransposedConvolution c) {
      Lengths kernel = or(c.kernel(), TWO);
      return new Layer.TransposedConvolution(
          c.inputs(),
          c.channels(),
          kernel,
          or(c.stride(), kernel),
          or(c.padding(), Lengths.of(0)),
          or(c.outputPadding(), Lengths.of(0)),
          or(c.bias(), true),
          or(c.weights(), name),
          c.normalisation(),
          or(c.epsilon(), epsilon),
          activation,
          slope);
    } else if (layer instanceof Layer.Normalisation n) {
      return new Layer.Normalisation(
          n.inputs(), or(n.weights(), name), or(n.epsilon(), epsilon), activation, slope);
    } else if (layer instanceof Layer.MaxPooling p) {
      Lengths kernel = or(p.kernel(), TWO);
      return new Layer.MaxPooling(p.inputs(), kernel, or(p.stride(), kernel), activation, slope);
    } else if (layer instanceof Layer.Resize r) {
      return new Layer.Resize(
          r.inputs(),
          r.like(),
          r.scale(),
          or(r.interpolation(), Interpolation.LINEAR),
          activation,
          slope);
    } else if (layer instanceof Layer.Concatenation c) {
      return new Layer.Concatenation(c.inputs(), activation, slope);
    }
    Layer.Addition sum = (Layer.Addition) layer;
    return new Layer.Addition(sum.inputs(), activation, slope);
  }

  private Layer convolution(String name, Layer.Convolution c) {
    Lengths kernel = or(c.kernel(), or(convolutions.kernel(), Lengths.of(3)));
    return new Layer.Convolution(
        c.inputs(),
        c.channels(),
        kernel,
        or(c.stride(), ONE),
        or(c.padding(), or(convolutions.padding(), new Padding(kernel.halved()))),
        or(c.bias(), or(convolutions.bias(), true)),
        or(c.weights(), name),
        c.normalisation(),
        or(c.epsilon(), or(convolutions.epsilon(), epsilon)),
        or(c.activation(), or(convolutions.activation(), Activation.NONE)),
        or(c.slope(), or(convolutions.slope(), SLOPE)));
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
