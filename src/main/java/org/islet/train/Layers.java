package org.islet.train;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The layers with weights that a U-Net is built of: those that learn, or those that were learnt.
 */
interface Layers {

  /** What follows a convolution. */
  enum Then {
    /** Normalisation, where the network has any, and a ReLU. */
    RELU,
    /** Normalisation, where the network has any. */
    NORMALISED,
    /** Nothing. */
    NOTHING,
    /** Nothing; the bias begins low, since an organ is a small part of a CT. */
    LOGITS
  }

  /**
   * A convolution with bias, zero padding and stride 1.
   *
   * @param name the layer's, unique in the network
   * @param joined features that are joined along the channels, each (n, z, y, x, from)
   * @param kernel the kernel's length along each axis, odd
   * @return (n, z, y, x, to)
   */
  Operand<TFloat32> convolution(
      String name, List<Operand<TFloat32>> joined, int kernel, int from, int to, Then then);

  /**
   * A transposed convolution of 2×2×2 voxels and stride 2, without overlap.
   *
   * @param x features, (n, z, y, x, from)
   * @param like features of the shape that comes out, (n, 2z, 2y, 2x, to)
   */
  Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, Operand<TFloat32> like, int from, int to);
}
