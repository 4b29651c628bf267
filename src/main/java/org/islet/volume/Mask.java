package org.islet.volume;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of voxels on a grid. Only a box of the grid, the mask's frame, is kept in memory, since an
 * organ fills a small part of a CT: outside it no voxel is inside. The voxels are shared, not
 * copied; whoever holds a mask does not change them.
 */
public final class Mask {

  private final Geometry geometry;
  private final Box frame;
  private final byte[] framed;

  private Mask(Geometry geometry, Box frame, byte[] framed) {
    frame.requireInside(geometry.size());
    if (framed.length != frame.count()) {
      throw new IllegalArgumentException(
          "A mask of %s needs %d voxels, not %d."
              .formatted(frame.size(), frame.count(), framed.length));
    }
    this.geometry = geometry;
    this.frame = frame;
    this.framed = framed;
  }

  /**
   * A mask of a whole grid.
   *
   * @param voxels one byte for each voxel of the grid, 0 or 1, x fastest
   */
  public static Mask of(Geometry geometry, byte[] voxels) {
    return new Mask(geometry, Box.of(geometry.size()), voxels);
  }

  /**
   * A mask that is empty outside a box.
   *
   * @param frame a box inside the grid
   * @param framed one byte for each voxel of the box, 0 or 1, x fastest
   */
  public static Mask of(Geometry geometry, Box frame, byte[] framed) {
    return new Mask(geometry, frame, framed);
  }

  /** A mask with no voxel in it. */
  public static Mask empty(Geometry geometry) {
    return new Mask(geometry, new Box(0, 0, 0, 1, 1, 1), new byte[1]);
  }

  /**
   * The voxels that more than {@code n} of the masks hold.
   *
   * @param masks at least one, at most 127
   * @throws IllegalArgumentException if there are more, or they are not all on one grid
   */
  public static Mask inMoreThan(int n, List<Mask> masks) {
    if (masks.size() > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "At most 127 masks can be counted, not %d.".formatted(masks.size()));
    }
    Geometry grid = masks.get(0).geometry();
    masks.forEach(masks.get(0)::requireGridOf);
    Box frame = masks.stream().map(Mask::frame).reduce(Box::enclosing).orElseThrow();
    byte[] votes = new byte[Math.toIntExact(frame.count())];
    for (Mask mask : masks) {
      mask.addTo(votes, frame);
    }
    for (int i = 0; i < votes.length; i++) {
      votes[i] = (byte) (votes[i] > n ? 1 : 0);
    }
    return new Mask(grid, frame, votes);
  }

  /**
   * The voxels of this mask that none of some others holds.
   *
   * @param others at most 127
   * @throws IllegalArgumentException if there are more, or one is on another grid
   */
  public Mask without(List<Mask> others) {
    if (others.isEmpty()) {
      return this;
    }
    requireGridOf(others.get(0));
    byte[] away = inMoreThan(0, others).cropped(frame).toBytes();
    for (int i = 0; i < away.length; i++) {
      away[i] = (byte) (framed[i] & ~away[i]);
    }
    return new Mask(geometry, frame, away);
  }

  /** Adds 1 at each voxel inside to an array of the voxels of a box that encloses the frame. */
  private void addTo(byte[] sums, Box box) {
    Size size = frame.size();
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        int row = size.index(0, j, k);
        int to =
            box.size()
                .index(frame.x0() - box.x0(), j + frame.y0() - box.y0(), k + frame.z0() - box.z0());
        for (int i = 0; i < size.x(); i++) {
          sums[to + i] += framed[row + i];
        }
      }
    }
  }

  void requireGridOf(Mask other) {
    if (!other.geometry.matches(geometry)) {
      throw new IllegalArgumentException(
          "Masks of %s and %s are not on one grid: their sizes or affines differ."
              .formatted(size(), other.size()));
    }
  }

  public Geometry geometry() {
    return geometry;
  }

  public Size size() {
    return geometry.size();
  }

  /** The box outside of which the mask is empty. It may be larger than need be. */
  public Box frame() {
    return frame;
  }

  /** The voxels of the frame, 0 or 1, x fastest: the mask's own array. */
  byte[] framed() {
    return framed;
  }

  public boolean contains(int i, int j, int k) {
    return frame.contains(i, j, k)
        && framed[frame.size().index(i - frame.x0(), j - frame.y0(), k - frame.z0())] != 0;
  }

  /** The voxels of the whole grid, 0 or 1, x fastest, as a new array. */
  public byte[] toBytes() {
    int slice = size().x() * size().y();
    byte[] voxels = new byte[size().count()];
    for (int k = frame.z0(); k < frame.z1(); k++) {
      copySlice(k, voxels, k * slice);
    }
    return voxels;
  }

  /**
   * Writes one slice along z, 0 or 1, x fastest, into an array.
   *
   * @param at where in the array the slice begins
   */
  public void copySlice(int k, byte[] to, int at) {
    Size grid = size();
    Arrays.fill(to, at, at + grid.x() * grid.y(), (byte) 0);
    if (k < frame.z0() || k >= frame.z1()) {
      return;
    }
    Size size = frame.size();
    for (int j = 0; j < size.y(); j++) {
      System.arraycopy(
          framed,
          size.index(0, j, k - frame.z0()),
          to,
          at + grid.index(frame.x0(), frame.y0() + j, 0),
          size.x());
    }
  }

  /** The number of voxels inside. */
  public int count() {
    int slice = frame.size().x() * frame.size().y();
    return IntStream.range(0, frame.size().z())
        .parallel()
        .map(
            k -> {
              int n = 0;
              for (int i = k * slice; i < (k + 1) * slice; i++) {
                n += framed[i];
              }
              return n;
            })
        .sum();
  }

  public boolean isEmpty() {
    return count() == 0;
  }

  /** The volume inside, in ml. */
  public double millilitres() {
    return count() * geometry.voxelVolume() / 1000;
  }

  /**
   * The Dice similarity coefficient of this mask and another, 2|A∩B| / (|A| + |B|): from 0, where
   * they have nothing in common, to 1, where they are the same, also where both are empty.
   *
   * @throws IllegalArgumentException if the other is on another grid
   */
  public double dice(Mask other) {
    requireGridOf(other);
    long total = (long) count() + other.count();
    return total == 0 ? 1 : 2.0 * inCommon(other) / total;
  }

  /** The number of voxels that both masks hold. */
  private long inCommon(Mask other) {
    return frame
        .intersection(other.frame)
        .map(both -> inCommon(cropped(both).toBytes(), other.cropped(both).toBytes()))
        .orElse(0L);
  }

  private static long inCommon(byte[] a, byte[] b) {
    long n = 0;
    for (int i = 0; i < a.length; i++) {
      n += a[i] & b[i];
    }
    return n;
  }

  /** The mask inside a box, which must lie inside this mask's grid. */
  public Mask cropped(Box box) {
    box.requireInside(size());
    Geometry grid = geometry.cropped(box);
    return frame
        .intersection(box)
        .map(
            kept ->
                new Mask(
                    grid,
                    kept.moved(-box.x0(), -box.y0(), -box.z0()),
                    withinFrame(kept.moved(-frame.x0(), -frame.y0(), -frame.z0()))))
        .orElseGet(() -> empty(grid));
  }

  /**
   * Whether this mask, found inside a box of a larger grid, reaches a side of the box that is not
   * one of the grid's: the box may have cut off the rest.
   *
   * @throws IllegalArgumentException if the mask is not of the box's size
   */
  public boolean isCutBy(Box box, Size grid) {
    requireSizeOf(box);
    return Box.around(this)
        .map(found -> found.moved(box.x0(), box.y0(), box.z0()))
        .filter(found -> found.sharesSideInside(box, grid))
        .isPresent();
  }

  private void requireSizeOf(Box box) {
    if (!box.size().equals(size())) {
      throw new IllegalArgumentException(
          "A mask of %s was not found in a box of %s.".formatted(size(), box.size()));
    }
  }

  private byte[] withinFrame(Box part) {
    return (byte[]) StridedView.of(frame.size(), part).copy(framed, part.size());
  }

  /** The voxels of the grid that are outside. */
  public Mask complement() {
    byte[] voxels = toBytes();
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (byte) (1 - voxels[i]);
    }
    return of(geometry, voxels);
  }

  /** The same voxels in the smallest frame that holds them. */
  public Mask trimmed() {
    return Box.around(this)
        .map(box -> cropped(box).pastedInto(geometry, box))
        .orElseGet(() -> empty(geometry));
  }

  /**
   * This mask of a box's size on a larger grid, empty outside the box: what {@link #cropped} took
   * out, put back.
   */
  public Mask pastedInto(Geometry grid, Box box) {
    box.requireInside(grid.size());
    requireSizeOf(box);
    return new Mask(grid, frame.moved(box.x0(), box.y0(), box.z0()), framed);
  }
}
