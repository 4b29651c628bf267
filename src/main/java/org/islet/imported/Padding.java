package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * How a convolution's input is made larger with zeros.
 *
 * @param each on both sides of each axis; nothing for TensorFlow's {@code same}, which gives as
 *     many voxels as the input has, divided by the stride, and pads the far side more
 */
record Padding(Lengths each) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Padding of(Object yaml) {
    return new Padding("same".equals(yaml) ? null : Lengths.of(yaml));
  }

  boolean isSame() {
    return each == null;
  }

  /** The zeros before the first voxel and after the last one of an axis. */
  int[] around(int axis, int length, int kernel, int stride) {
    if (!isSame()) {
      return new int[] {each.along(axis), each.along(axis)};
    }
    int out = (length + stride - 1) / stride;
    int all = Math.max(0, (out - 1) * stride + kernel - length);
    return new int[] {all / 2, all - all / 2};
  }
}
