package org.islet.train;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The layers with weights that a U-Net is built of: those that learn, or those that were learnt.
 */
interface Layers {

  /**
   * A convolution with bias, zero padding and stride 1.
   *
   * @param name the layer's, unique in the network
   * @param x features, (1, z, y, x, from)
   * @param kernel the kernel's length along each axis, odd
   * @param hidden whether normalisation and a ReLU follow
   * @return (1, z, y, x, to)
   */
  Operand<TFloat32> convolution(
      String name, Operand<TFloat32> x, int kernel, int from, int to, boolean hidden);

  /**
   * A transposed convolution of 2×2×2 voxels and stride 2, without overlap.
   *
   * @param x features, (1, z, y, x, from)
   * @param like features of the shape that comes out, (1, 2z, 2y, 2x, to)
   */
  Operand<TFloat32> transposedConvolution(
      String name, Operand<TFloat32> x, Operand<TFloat32> like, int from, int to);
}
