package org.islet.format;

import java.util.List;

/**
 * An array of a NumPy archive as 32-bit floats in C order: the last axis is the fastest.
 *
 * @param shape the length of each axis; none for a single number
 * @param values as many as the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record NpyArray(List<Integer> shape, float[] values) {

  /** From Fortran order, in which the first axis is the fastest. */
  static NpyArray ofFortranOrder(List<Integer> shape, float[] values) {
    int[] step = new int[shape.size()];
    int length = 1;
    for (int axis = 0; axis < step.length; axis++) {
      step[axis] = length;
      length *= shape.get(axis);
    }
    float[] ordered = new float[values.length];
    int[] at = new int[step.length];
    int from = 0;
    for (int i = 0; i < ordered.length; i++) {
      ordered[i] = values[from];
      for (int axis = step.length - 1; axis >= 0; axis--) {
        from += step[axis];
        if (++at[axis] < shape.get(axis)) {
          break;
        }
        from -= step[axis] * at[axis];
        at[axis] = 0;
      }
    }
    return new NpyArray(shape, ordered);
  }
}
