package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class MorphologyTest {

  private static final int FAR = 9;
  private static final Spacing MM = new Spacing(1, 1, 1);

  private static Mask line(int... voxels) {
    byte[] inside = new byte[voxels.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (byte) voxels[i];
    }
    return Mask.of(Masks.grid(inside.length, 1, 1), inside);
  }

  /** Slabs across x, of 15×15 voxels in a grid of that spacing. */
  private static Mask slabs(Spacing spacing, int... voxels) {
    Geometry grid =
        Geometry.of(new Size(voxels.length, 15, 15), spacing.x(), spacing.y(), spacing.z());
    byte[] inside = new byte[grid.size().count()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (byte) voxels[i % voxels.length];
    }
    return Mask.of(grid, inside);
  }

  /** The line of voxels through the middle of the slabs, closed. */
  private static byte[] closed(Mask slabs, double radius) {
    Box middle = new Box(0, 7, 7, slabs.size().x(), 8, 8);
    return Morphology.closed(slabs, radius).cropped(middle).toBytes();
  }

  @Test
  void closes_gaps_as_wide_as_twice_the_radius_and_no_wider() {
    Mask gaps = slabs(MM, 1, 0, 0, 1, 0, 0, 0, 1);
    assertArrayEquals(new byte[] {1, 0, 0, 1, 0, 0, 0, 1}, closed(gaps, 0));
    assertArrayEquals(new byte[] {1, 0, 0, 1, 0, 0, 0, 1}, closed(gaps, 0.9));
    assertArrayEquals(new byte[] {1, 1, 1, 1, 0, 0, 0, 1}, closed(gaps, 1));
    assertArrayEquals(new byte[] {1, 1, 1, 1, 1, 1, 1, 1}, closed(gaps, 2));
  }

  @Test
  void a_ball_that_fits_past_thin_lines_leaves_the_gap_between_their_ends() {
    Mask gap = line(1, 1, 0, 1, 1);
    assertArrayEquals(gap.toBytes(), Morphology.closed(gap, 1).toBytes());
  }

  @Test
  void nothing_is_closed_between_a_mask_and_the_end_of_the_grid() {
    Mask besideTheEnd = line(0, 1, 1, 0);
    assertArrayEquals(besideTheEnd.toBytes(), Morphology.closed(besideTheEnd, 5).toBytes());
  }

  @Test
  void a_radius_is_in_mm() {
    byte[] open = {1, 0, 1};
    byte[] closed = {1, 1, 1};
    assertArrayEquals(open, closed(slabs(new Spacing(0.5, 1, 3), 1, 0, 1), 0.4));
    assertArrayEquals(closed, closed(slabs(new Spacing(0.5, 1, 3), 1, 0, 1), 0.5));
    assertArrayEquals(open, closed(slabs(new Spacing(3, 0.5, 1), 1, 0, 1), 2.9));
    assertArrayEquals(closed, closed(slabs(new Spacing(3, 0.5, 1), 1, 0, 1), 3));
  }

  @Test
  void a_radius_that_is_a_multiple_of_the_spacing_but_for_rounding_counts_as_one() {
    Mask gap = slabs(new Spacing(0.7, 1, 1), 1, 0, 0, 0, 0, 0, 0, 1);
    assertArrayEquals(new byte[] {1, 1, 1, 1, 1, 1, 1, 1}, closed(gap, 2.1));
    assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 0, 0, 1}, closed(gap, 2.09));
  }

  @Test
  void an_empty_mask_stays_empty() {
    Mask empty = Mask.empty(Masks.grid(3, 3, 3));
    assertTrue(Morphology.closed(empty, 3).isEmpty());
    assertTrue(Morphology.filled(empty).isEmpty());
  }

  @Property(tries = 150)
  void a_closed_mask_is_what_two_searches_in_an_empty_space_leave(
      @ForAll(supplier = RandomMasks.class) Mask mask,
      @ForAll @DoubleRange(min = 0, max = 4) double radius) {
    Mask closed = Morphology.closed(mask, radius);
    assertEquals(mask.geometry(), closed.geometry());
    Box space = Box.of(mask.size()).grown(FAR);
    Mask alone =
        mask.pastedInto(mask.geometry().cropped(space), Box.of(mask.size()).moved(FAR, FAR, FAR));
    Mask dilated = reached(alone, radius);
    Mask expected = reached(dilated.complement(), radius).complement();
    assertArrayEquals(
        expected.cropped(Box.of(mask.size()).moved(FAR, FAR, FAR)).toBytes(), closed.toBytes());
  }

  /** Every voxel that is at most so far from one of a mask's, found by going through the ball. */
  private static Mask reached(Mask mask, double radius) {
    Geometry grid = mask.geometry();
    Size size = grid.size();
    byte[] inside = new byte[size.count()];
    int[] reach = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      reach[axis] = (int) (radius / grid.spacing(axis));
    }
    Box.around(mask)
        .ifPresent(
            box -> {
              for (int k = box.z0(); k < box.z1(); k++) {
                for (int j = box.y0(); j < box.y1(); j++) {
                  for (int i = box.x0(); i < box.x1(); i++) {
                    if (mask.contains(i, j, k)) {
                      addBall(inside, grid, radius, reach, new int[] {i, j, k});
                    }
                  }
                }
              }
            });
    return Mask.of(grid, inside);
  }

  private static void addBall(
      byte[] inside, Geometry grid, double radius, int[] reach, int[] centre) {
    for (int z = -reach[2]; z <= reach[2]; z++) {
      for (int y = -reach[1]; y <= reach[1]; y++) {
        for (int x = -reach[0]; x <= reach[0]; x++) {
          double distance =
              Math.hypot(Math.hypot(x * grid.spacing(0), y * grid.spacing(1)), z * grid.spacing(2));
          int i = centre[0] + x;
          int j = centre[1] + y;
          int k = centre[2] + z;
          if (distance <= radius && Box.of(grid.size()).contains(i, j, k)) {
            inside[grid.size().index(i, j, k)] = 1;
          }
        }
      }
    }
  }

  @Test
  void erosion_does_not_take_what_lies_beyond_the_grid_for_outside() {
    Mask mask = line(1, 1, 1, 0, 1, 1, 1, 1, 0);
    assertArrayEquals(
        line(1, 1, 0, 0, 0, 1, 1, 0, 0).toBytes(), Morphology.eroded(mask, 1).toBytes());
    Mask full = line(1, 1, 1);
    assertArrayEquals(full.toBytes(), Morphology.eroded(full, 5).toBytes());
  }

  @Test
  void dilation_reaches_every_voxel_that_near() {
    assertArrayEquals(
        line(0, 1, 1, 1, 1, 1, 0).toBytes(),
        Morphology.dilated(line(0, 0, 0, 1, 0, 0, 0), 2).toBytes());
  }

  /** A shell of 3×3×3 voxels around a hole of one, apart from some voxels of the shell. */
  private static Mask shell(int[]... open) {
    Geometry grid = Masks.grid(5, 5, 5);
    byte[] inside = Masks.filled(grid, new Box(1, 1, 1, 4, 4, 4)).toBytes();
    inside[grid.size().index(2, 2, 2)] = 0;
    for (int[] v : open) {
      inside[grid.size().index(v[0], v[1], v[2])] = 0;
    }
    return Mask.of(grid, inside);
  }

  @Test
  void a_hole_that_a_shell_shuts_off_is_filled() {
    assertEquals(26, shell().count());
    assertEquals(27, Morphology.filled(shell()).count());
    assertTrue(Morphology.filled(shell()).contains(2, 2, 2));
  }

  @Test
  void a_way_out_over_a_face_leaves_a_hole_open_and_one_over_an_edge_does_not() {
    assertEquals(25, Morphology.filled(shell(new int[] {2, 2, 3})).count());
    assertEquals(26, Morphology.filled(shell(new int[] {2, 3, 3})).count());
  }

  @Test
  void a_hole_at_the_border_of_the_grid_is_open() {
    Geometry grid = Masks.grid(3, 3, 3);
    byte[] inside = Masks.filled(grid, Box.of(grid.size())).toBytes();
    inside[grid.size().index(1, 1, 0)] = 0;
    assertEquals(26, Morphology.filled(Mask.of(grid, inside)).count());
  }

  @Property(tries = 300)
  void a_filled_mask_lacks_only_what_a_flood_from_outside_reaches(@ForAll long seed) {
    Random random = new Random(seed);
    Geometry grid = Masks.grid(6, 7, 5);
    Box frame = RandomMasks.anyBox(grid.size(), random);
    Mask mask = Masks.random(grid.cropped(frame), 0.75, random).pastedInto(grid, frame);
    byte[] filled = Morphology.filled(mask).toBytes();
    boolean[] reached = flooded(mask);
    for (int i = 0; i < filled.length; i++) {
      assertEquals(reached[i] ? 0 : 1, filled[i]);
    }
  }

  /** What can be reached from outside the grid, step by step over faces. */
  private static boolean[] flooded(Mask mask) {
    Size size = mask.size();
    boolean[] reached = new boolean[size.count()];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int k = 0; k < size.z(); k++) {
        for (int j = 0; j < size.y(); j++) {
          for (int i = 0; i < size.x(); i++) {
            int at = size.index(i, j, k);
            if (!reached[at]
                && !mask.contains(i, j, k)
                && isBesideReached(reached, size, i, j, k)) {
              reached[at] = true;
              changed = true;
            }
          }
        }
      }
    }
    return reached;
  }

  private static boolean isBesideReached(boolean[] reached, Size size, int i, int j, int k) {
    int[][] steps = {{1, 0, 0}, {-1, 0, 0}, {0, 1, 0}, {0, -1, 0}, {0, 0, 1}, {0, 0, -1}};
    for (int[] s : steps) {
      int x = i + s[0];
      int y = j + s[1];
      int z = k + s[2];
      if (!Box.of(size).contains(x, y, z) || reached[size.index(x, y, z)]) {
        return true;
      }
    }
    return false;
  }
}
