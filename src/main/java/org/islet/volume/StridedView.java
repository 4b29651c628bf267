package org.islet.volume;

import java.lang.reflect.Array;
import java.util.stream.IntStream;

/**
 * A window onto a flat voxel array: voxel (i, j, k) of the window is at {@code offset + i * sx + j
 * * sy + k * sz} of the array. Crops, pastes, permutations and flips are all copies through one.
 *
 * @param offset the place of the window's first voxel
 * @param sx step along the window's x, in array elements, possibly negative
 * @param sy step along y
 * @param sz step along z
 */
record StridedView(int offset, int sx, int sy, int sz) {

  /** The window of a box in a grid. */
  static StridedView of(Size grid, Box box) {
    return new StridedView(
        grid.index(box.x0(), box.y0(), box.z0()), 1, grid.x(), grid.x() * grid.y());
  }

  /** A new array of the same type that holds the window's voxels, x fastest. */
  Object copy(Object array, Size window) {
    Object copy = Array.newInstance(array.getClass().getComponentType(), window.count());
    rows(window, (row, place) -> copyRow(array, place, sx, copy, row, 1, window.x()));
    return copy;
  }

  /** Writes voxels, x fastest, through the window into an array of the same type. */
  void paste(Object voxels, Size window, Object array) {
    rows(window, (row, place) -> copyRow(voxels, row, 1, array, place, sx, window.x()));
  }

  private interface Row {
    void at(int flatIndex, int placeInArray);
  }

  private void rows(Size window, Row action) {
    IntStream.range(0, window.z())
        .parallel()
        .forEach(
            k -> {
              for (int j = 0; j < window.y(); j++) {
                action.at(window.index(0, j, k), offset + j * sy + k * sz);
              }
            });
  }

  private static void copyRow(
      Object from, int fromAt, int fromStep, Object to, int toAt, int toStep, int count) {
    if (fromStep == 1 && toStep == 1) {
      System.arraycopy(from, fromAt, to, toAt, count);
    } else if (from instanceof short[] a && to instanceof short[] b) {
      for (int i = 0; i < count; i++) {
        b[toAt + i * toStep] = a[fromAt + i * fromStep];
      }
    } else if (from instanceof float[] a && to instanceof float[] b) {
      for (int i = 0; i < count; i++) {
        b[toAt + i * toStep] = a[fromAt + i * fromStep];
      }
    } else if (from instanceof byte[] a && to instanceof byte[] b) {
      for (int i = 0; i < count; i++) {
        b[toAt + i * toStep] = a[fromAt + i * fromStep];
      }
    } else {
      throw new IllegalArgumentException(
          "Cannot copy "
              + from.getClass().getSimpleName()
              + " to "
              + to.getClass().getSimpleName());
    }
  }
}
