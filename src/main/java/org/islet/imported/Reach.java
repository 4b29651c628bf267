package org.islet.imported;

/**
 * How far along an axis what goes into a network can change a voxel of a layer: voxel i of the
 * layer depends on the input's voxels from {@code step · i − before} to {@code step · i + after}.
 *
 * @param step the input's voxels for each of the layer's
 */
record Reach(double step, double before, double after) {

  /** That of the input itself. */
  static final Reach NONE = new Reach(1, 0, 0);

  /** After a window of {@code kernel} voxels, {@code padding} of them before the place. */
  Reach window(int kernel, int stride, int padding) {
    return new Reach(step * stride, before + step * padding, after + step * (kernel - 1 - padding));
  }

  /** After a transposed window: voxel i comes from those at (i + padding − kernel + 1) / stride. */
  Reach transposedWindow(int kernel, int stride, int padding) {
    double fine = step / stride;
    return new Reach(fine, before + fine * (kernel - 1 - padding), after + fine * padding);
  }

  /** After linear interpolation to {@code factor} times as many voxels. */
  Reach interpolated(double factor) {
    double fine = step / factor;
    return new Reach(fine, before + 1.5 * step - fine / 2, after + step / 2 + fine / 2);
  }

  /** After each voxel was repeated. */
  Reach repeated(double factor) {
    double fine = step / factor;
    return new Reach(fine, before + step - fine, after);
  }

  /** Of features that depend on both. */
  Reach joined(Reach other) {
    return new Reach(step, Math.max(before, other.before), Math.max(after, other.after));
  }

  /** The voxels on the farther side, rounded up. */
  int radius() {
    return (int) Math.ceil(Math.max(before, after) - 1e-9);
  }
}
