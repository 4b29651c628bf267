package org.islet.volume;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scalar voxels on a grid, x fastest: HU as 16-bit integers where they are whole numbers, or
 * floats. The voxels are shared, not copied; whoever holds a volume does not change them.
 */
public final class Volume {

  private final Geometry geometry;
  private final Object voxels;

  private Volume(Geometry geometry, Object voxels, int length) {
    if (length != geometry.size().count()) {
      throw new IllegalArgumentException(
          "A volume of %s needs %d voxels, not %d."
              .formatted(geometry.size(), geometry.size().count(), length));
    }
    this.geometry = geometry;
    this.voxels = voxels;
  }

  public static Volume of(Geometry geometry, short[] voxels) {
    return new Volume(geometry, voxels, voxels.length);
  }

  public static Volume of(Geometry geometry, float[] voxels) {
    return new Volume(geometry, voxels, voxels.length);
  }

  public Geometry geometry() {
    return geometry;
  }

  public Size size() {
    return geometry.size();
  }

  /** Whether the voxels are 16-bit integers. */
  public boolean isWhole() {
    return voxels instanceof short[];
  }

  /** The value of voxel (i, j, k). */
  public float at(int i, int j, int k) {
    return at(size().index(i, j, k));
  }

  /** The value at a flat index. */
  public float at(int index) {
    return voxels instanceof short[] s ? s[index] : ((float[]) voxels)[index];
  }

  /** The volume's own array where it holds 16-bit integers; nothing where it holds floats. */
  public Optional<short[]> shorts() {
    return voxels instanceof short[] s ? Optional.of(s) : Optional.empty();
  }

  /** The voxels as floats: the volume's own array where it holds floats, else a copy. */
  public float[] toFloats() {
    if (voxels instanceof float[] f) {
      return f;
    }
    short[] s = (short[]) voxels;
    float[] f = new float[s.length];
    forEachSlice(
        (from, to) -> {
          for (int i = from; i < to; i++) {
            f[i] = s[i];
          }
        });
    return f;
  }

  /** The volume inside a box, which must lie inside this volume. */
  public Volume cropped(Box box) {
    box.requireInside(size());
    return withVoxels(geometry.cropped(box), StridedView.of(size(), box).copy(voxels, box.size()));
  }

  /**
   * The volume with values below {@code min} raised to it, values above {@code max} lowered to it,
   * and the range between mapped to 0…1, as floats.
   */
  public Volume clippedToUnit(double min, double max) {
    float low = (float) min;
    float scale = (float) (1 / (max - min));
    float[] unit = new float[size().count()];
    forEachSlice(
        (from, to) -> {
          if (voxels instanceof short[] s) {
            for (int i = from; i < to; i++) {
              unit[i] = Math.max(0f, Math.min(1f, (s[i] - low) * scale));
            }
          } else {
            float[] f = (float[]) voxels;
            for (int i = from; i < to; i++) {
              unit[i] = Math.max(0f, Math.min(1f, (f[i] - low) * scale));
            }
          }
        });
    return of(geometry, unit);
  }

  Object voxels() {
    return voxels;
  }

  Volume withVoxels(Geometry grid, Object array) {
    return array instanceof short[] s ? of(grid, s) : of(grid, (float[]) array);
  }

  private interface Range {
    void accept(int from, int to);
  }

  private void forEachSlice(Range action) {
    int slice = size().x() * size().y();
    IntStream.range(0, size().z())
        .parallel()
        .forEach(k -> action.accept(k * slice, (k + 1) * slice));
  }
}
