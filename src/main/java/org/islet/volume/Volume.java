package org.islet.volume;

import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scalar voxels on a grid, x fastest: HU as 16-bit integers where they are whole numbers, or
 * floats. The voxels are shared, not copied; whoever holds a volume does not change them. A clipped
 * volume shares them too, and clips each as it is read.
 */
public final class Volume {

  private final Geometry geometry;
  private final Object voxels;
  private final Window window;

  private Volume(Geometry geometry, Object voxels, int length, Window window) {
    if (length != geometry.size().count()) {
      throw new IllegalArgumentException(
          "A volume of %s needs %d voxels, not %d."
              .formatted(geometry.size(), geometry.size().count(), length));
    }
    this.geometry = geometry;
    this.voxels = voxels;
    this.window = window;
  }

  /** The values from {@code low} on, a range of {@code 1 / scale}, mapped to 0…1. */
  private record Window(float low, float scale) {

    float unit(float value) {
      return Math.max(0f, Math.min(1f, (value - low) * scale));
    }
  }

  public static Volume of(Geometry geometry, short[] voxels) {
    return new Volume(geometry, voxels, voxels.length, null);
  }

  public static Volume of(Geometry geometry, float[] voxels) {
    return new Volume(geometry, voxels, voxels.length, null);
  }

  public Geometry geometry() {
    return geometry;
  }

  public Size size() {
    return geometry.size();
  }

  /** The value of voxel (i, j, k). */
  public float at(int i, int j, int k) {
    return at(size().index(i, j, k));
  }

  /** The value at a flat index. */
  public float at(int index) {
    float stored = voxels instanceof short[] s ? s[index] : ((float[]) voxels)[index];
    return window == null ? stored : window.unit(stored);
  }

  /** Writes the values at {@code count} flat indices from {@code from} on into an array. */
  public void copy(int from, int count, float[] to, int at) {
    if (voxels instanceof short[] s) {
      for (int i = 0; i < count; i++) {
        to[at + i] = s[from + i];
      }
    } else {
      System.arraycopy(voxels, from, to, at, count);
    }
    if (window != null) {
      for (int i = at; i < at + count; i++) {
        to[i] = window.unit(to[i]);
      }
    }
  }

  /** The volume's own array where it holds 16-bit integers; nothing where it does not. */
  public Optional<short[]> shorts() {
    return window == null && voxels instanceof short[] s ? Optional.of(s) : Optional.empty();
  }

  /** The voxels as floats: the volume's own array where it holds floats, else a copy. */
  public float[] toFloats() {
    if (window == null && voxels instanceof float[] f) {
      return f;
    }
    int slice = size().x() * size().y();
    float[] values = new float[size().count()];
    IntStream.range(0, size().z())
        .parallel()
        .forEach(k -> copy(k * slice, slice, values, k * slice));
    return values;
  }

  /**
   * The voxels as they are kept, and how they are read.
   *
   * @param voxels the volume's own {@code short[]} or {@code float[]}, x fastest
   * @param unit where they are clipped as they are read: the least value, and the factor by which
   *     the range from it on is mapped to 0…1; null where they are not
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Stored(Object voxels, float[] unit) {}

  /** The voxels as they are kept; what other volumes share is the same array. */
  public Stored stored() {
    return new Stored(voxels, window == null ? null : new float[] {window.low(), window.scale()});
  }

  /**
   * A volume of voxels as they are kept.
   *
   * @throws IllegalArgumentException if they are not as many as the grid has, or of another kind
   */
  public static Volume of(Geometry geometry, Stored stored) {
    int length =
        stored.voxels() instanceof short[] s ? s.length : ((float[]) stored.voxels()).length;
    float[] unit = stored.unit();
    return new Volume(
        geometry, stored.voxels(), length, unit == null ? null : new Window(unit[0], unit[1]));
  }

  /** The volume inside a box, which must lie inside this volume. */
  public Volume cropped(Box box) {
    box.requireInside(size());
    return viewed(geometry.cropped(box), StridedView.of(size(), box));
  }

  /**
   * The volume with values below {@code min} raised to it, values above {@code max} lowered to it,
   * and the range between mapped to 0…1.
   */
  public Volume clippedToUnit(double min, double max) {
    Object clipped = window == null ? voxels : toFloats();
    Window unit = new Window((float) min, (float) (1 / (max - min)));
    return new Volume(geometry, clipped, size().count(), unit);
  }

  /** The volume with values below {@code min} raised to it, and above {@code max} lowered to it. */
  public Volume clipped(double min, double max) {
    float[] values = toFloats();
    IntStream.range(0, size().z())
        .parallel()
        .forEach(
            k -> {
              int from = size().index(0, 0, k);
              int to = from + size().x() * size().y();
              for (int i = from; i < to; i++) {
                values[i] = (float) Math.max(min, Math.min(max, values[i]));
              }
            });
    return of(geometry, values);
  }

  /** The least and the largest value. */
  public DoubleSummaryStatistics range() {
    return IntStream.range(0, size().z())
        .parallel()
        .mapToObj(
            k -> {
              DoubleSummaryStatistics range = new DoubleSummaryStatistics();
              float[] row = new float[size().x()];
              for (int j = 0; j < size().y(); j++) {
                copy(size().index(0, j, k), row.length, row, 0);
                for (float value : row) {
                  range.accept(value);
                }
              }
              return range;
            })
        .collect(
            DoubleSummaryStatistics::new,
            DoubleSummaryStatistics::combine,
            DoubleSummaryStatistics::combine);
  }

  /** The voxels whose value is at least {@code min} and at most {@code max}; NaN is neither. */
  public Mask within(double min, double max) {
    byte[] inside = new byte[size().count()];
    IntStream.range(0, size().z())
        .parallel()
        .forEach(
            k -> {
              float[] row = new float[size().x()];
              for (int j = 0; j < size().y(); j++) {
                int from = size().index(0, j, k);
                copy(from, row.length, row, 0);
                for (int i = 0; i < row.length; i++) {
                  inside[from + i] = (byte) (row[i] >= min && row[i] <= max ? 1 : 0);
                }
              }
            });
    return Mask.of(geometry, inside).trimmed();
  }

  /** The voxels that a view of this volume's array shows, on another grid. */
  Volume viewed(Geometry grid, StridedView view) {
    return new Volume(grid, view.copy(voxels, grid.size()), grid.size().count(), window);
  }
}
