package org.islet.volume;

import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The lines of voxels along one axis of a flat array. */
final class Lines {

  private Lines() {}

  /** Work on a line: its first voxel's flat index, and the step from each voxel to the next. */
  interface Work {
    void on(int start, int stride);
  }

  /**
   * Works on each line along an axis, many at once.
   *
   * @param workers makes what works on one line after the other, with working memory of its own
   */
  static void forEach(Size size, int axis, Supplier<Work> workers) {
    int[] stride = {1, size.x(), size.x() * size.y()};
    int inner = axis == 0 ? 1 : 0;
    int outer = axis == 2 ? 1 : 2;
    IntStream.range(0, size.along(outer))
        .parallel()
        .forEach(
            o -> {
              Work work = workers.get();
              for (int i = 0; i < size.along(inner); i++) {
                work.on(o * stride[outer] + i * stride[inner], stride[axis]);
              }
            });
  }
}
