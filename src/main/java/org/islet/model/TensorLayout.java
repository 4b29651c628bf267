package org.islet.model;

import org.islet.volume.Size;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;

/**
 * The order of a tensor's axes.
 *
 * @param channelsLast whether channels are the last axis; else they are the second
 * @param slices whether the first axis counts slices along z, and there is no axis for z; else it
 *     is 1
 */
record TensorLayout(boolean channelsLast, boolean slices) {

  static TensorLayout of(ModelCard.Input input) {
    return new TensorLayout(input.channelsLast(), input.slices().isPresent());
  }

  /** The shape of a tensor for voxels of one channel. */
  Shape shape(Size size) {
    if (slices) {
      return channelsLast
          ? Shape.of(size.z(), size.y(), size.x(), 1)
          : Shape.of(size.z(), 1, size.y(), size.x());
    }
    return channelsLast
        ? Shape.of(1, size.z(), size.y(), size.x(), 1)
        : Shape.of(1, 1, size.z(), size.y(), size.x());
  }

  /**
   * One slice along z of a tensor with several channels.
   *
   * @param size the tensor's spatial size
   * @return for each channel the slice's numbers, x fastest
   */
  float[][] slice(FloatDataBuffer tensor, Size size, int channels, int k) {
    int voxels = size.x() * size.y();
    float[][] slice = new float[channels][voxels];
    if (channelsLast && channels > 1) {
      float[] mixed = new float[Math.multiplyExact(voxels, channels)];
      copy(tensor, (long) k * mixed.length, mixed);
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < voxels; i++) {
          slice[c][i] = mixed[i * channels + c];
        }
      }
    } else {
      for (int c = 0; c < channels; c++) {
        long number = slices ? (long) k * channels + c : (long) c * size.z() + k;
        copy(tensor, number * voxels, slice[c]);
      }
    }
    return slice;
  }

  private static void copy(FloatDataBuffer tensor, long from, float[] to) {
    tensor.offset(from).copyTo(DataBuffers.of(to), to.length);
  }
}
