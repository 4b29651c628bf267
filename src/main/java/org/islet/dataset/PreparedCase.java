package org.islet.dataset;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.stream.IntStream;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * What one labelled CT teaches: values in 0…1 and the truth on one grid, x fastest. A value is
 * stored in 16 bits without sign, as a multiple of 1 / {@value #ONE}; 0 and 1 are stored exactly.
 *
 * <p>The voxels may lie in a file that the system maps into memory a page at a time, so holding
 * many cases takes no heap.
 */
public final class PreparedCase {

  /** What 1 is stored as. */
  public static final int ONE = 65_535;

  private final Geometry geometry;
  private final ShortBuffer values;
  private final ByteBuffer inside;
  private final int truthCount;

  PreparedCase(Geometry geometry, ShortBuffer values, ByteBuffer inside, int truthCount) {
    this.geometry = geometry;
    this.values = values;
    this.inside = inside;
    this.truthCount = truthCount;
  }

  /**
   * A case in memory.
   *
   * @param input values in 0…1
   * @param truth on the input's grid
   */
  public static PreparedCase of(Volume input, Mask truth) {
    float[] from = input.toFloats();
    short[] stored = new short[from.length];
    forEachSlice(
        input.size(),
        (start, end) -> {
          for (int i = start; i < end; i++) {
            stored[i] = (short) (int) (from[i] * ONE + 0.5f);
          }
        });
    return new PreparedCase(
        input.geometry(),
        ShortBuffer.wrap(stored),
        ByteBuffer.wrap(truth.toBytes()),
        truth.count());
  }

  public Geometry geometry() {
    return geometry;
  }

  public Size size() {
    return geometry.size();
  }

  /** The stored values, from index 0 on. Nobody changes them. */
  public ShortBuffer values() {
    return values;
  }

  /** The truth, 1 inside and 0 outside, from index 0 on. Nobody changes it. */
  public ByteBuffer inside() {
    return inside;
  }

  /** The number of voxels inside. */
  public int truthCount() {
    return truthCount;
  }

  /**
   * The flat index of a voxel inside.
   *
   * @param nth which of them, the first being 0; below {@link #truthCount}
   */
  public int truthVoxel(int nth) {
    int at = -1;
    for (int left = nth; left >= 0; left -= inside.get(at)) {
      at++;
    }
    return at;
  }

  /** The values, as floats in memory. */
  public Volume input() {
    float[] unit = new float[size().count()];
    forEachSlice(
        size(),
        (start, end) -> {
          for (int i = start; i < end; i++) {
            unit[i] = Short.toUnsignedInt(values.get(i)) / (float) ONE;
          }
        });
    return Volume.of(geometry, unit);
  }

  /** The truth, in memory. */
  public Mask truth() {
    byte[] voxels = new byte[size().count()];
    inside.get(0, voxels);
    return Mask.of(geometry, voxels);
  }

  private interface Range {
    void accept(int start, int end);
  }

  private static void forEachSlice(Size size, Range action) {
    int slice = size.x() * size.y();
    IntStream.range(0, size.z()).parallel().forEach(k -> action.accept(k * slice, (k + 1) * slice));
  }
}
