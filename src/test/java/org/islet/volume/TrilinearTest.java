package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TrilinearTest {

  private static float[] resized(float[] line, int length) {
    Volume volume = Volume.of(Masks.grid(line.length, 1, 1), line);
    return Trilinear.resized(volume, new Size(length, 1, 1)).toFloats();
  }

  @Test
  void twice_as_many_voxels_lie_a_quarter_of_a_voxel_from_the_old_ones() {
    assertArrayEquals(new float[] {0, 2, 6, 8}, resized(new float[] {0, 8}, 4));
  }

  @Test
  void half_as_many_voxels_lie_in_the_middle_of_two() {
    assertArrayEquals(new float[] {1, 9}, resized(new float[] {0, 2, 4, 14}, 2));
  }

  @Test
  void a_third_as_many_voxels_are_every_third_one_and_no_mean() {
    assertArrayEquals(new float[] {5, 7}, resized(new float[] {100, 5, 100, 100, 7, 100}, 2));
  }

  @Test
  void at_the_same_size_every_value_stays_exactly_what_it_is() {
    Volume volume = Volume.of(Masks.grid(2, 1, 2), new float[] {0.1f, -1e9f, 3e-7f, 12345.67f});
    Volume same = Trilinear.resized(volume, volume.size());
    assertArrayEquals(volume.toFloats(), same.toFloats());
    assertEquals(volume.geometry(), same.geometry());
  }

  @Test
  void each_axis_has_its_own_place() {
    // the values are the voxels' indices: 1, 4 and 12 a step along x, y and z of 4×3×2 voxels
    Volume volume = Masks.indices(Geometry.of(new Size(4, 3, 2), 1, 2, 3));
    Volume resized = Trilinear.resized(volume, new Size(2, 6, 1));
    assertArrayEquals(
        new float[] {6.5f, 8.5f, 7.5f, 9.5f, 9.5f, 11.5f, 11.5f, 13.5f, 13.5f, 15.5f, 14.5f, 16.5f},
        resized.toFloats());
    assertEquals(2, resized.geometry().spacing(0), 1e-12);
    assertEquals(1, resized.geometry().spacing(1), 1e-12);
    assertEquals(6, resized.geometry().spacing(2), 1e-12);
  }

  @Test
  void clipped_values_are_interpolated_as_they_are_read() {
    Volume hu = Volume.of(Masks.grid(2, 1, 1), new short[] {-1000, 1000});
    Volume clipped = hu.clippedToUnit(0, 100);
    float[] expected = {0, 0.25f, 0.75f, 1};
    assertArrayEquals(expected, Trilinear.resized(clipped, new Size(4, 1, 1)).toFloats());
  }

  @Property(tries = 300)
  void a_resized_volume_is_what_interpolation_at_each_centre_gives(@ForAll long seed) {
    Random random = new Random(seed);
    Geometry grid = RandomMasks.anyTurnedGrid(random);
    float[] values = new float[grid.size().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Volume volume = Volume.of(grid, values);
    Volume resized = Trilinear.resized(volume, anySize(random));
    float[] expected = new float[resized.size().count()];
    fill(expected, resized.geometry(), grid, (i, j, k) -> volume.at(i, j, k));
    assertArrayEquals(expected, resized.toFloats(), 1e-5f);
  }

  @Property(tries = 500)
  void a_mask_is_inside_where_half_of_what_it_holds_around_a_centre_is(@ForAll long seed) {
    Random random = new Random(seed);
    Geometry grid = RandomMasks.anyTurnedGrid(random);
    Box frame = RandomMasks.anyBox(grid.size(), random);
    Mask mask = Masks.random(grid.cropped(frame), 0.6, random).pastedInto(grid, frame);
    Geometry like = shifted(grid.resized(anySize(random)), random);
    float[] shares = new float[like.size().count()];
    fill(shares, like, grid, (i, j, k) -> mask.contains(i, j, k) ? 1 : 0);
    Mask resampled = Trilinear.resampled(mask, like);
    assertEquals(like, resampled.geometry());
    byte[] inside = resampled.toBytes();
    for (int i = 0; i < shares.length; i++) {
      if (Math.abs(shares[i] - 0.5) > 1e-4) {
        assertEquals(shares[i] > 0.5 ? 1 : 0, inside[i]);
      }
    }
  }

  /** Calls for the value at a voxel of the old grid. */
  private interface Voxels {
    double at(int i, int j, int k);
  }

  /** Interpolates at each voxel centre of a grid, through both affines; -1 outside the old one. */
  private static void fill(float[] values, Geometry grid, Geometry old, Voxels voxels) {
    Size size = grid.size();
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          double[] p = old.affine().placeOf(grid.affine().apply(i, j, k));
          values[size.index(i, j, k)] = (float) interpolated(p, old.size(), voxels);
        }
      }
    }
  }

  private static double interpolated(double[] place, Size size, Voxels voxels) {
    double sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      double weight = 1;
      int[] at = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        if (place[axis] < -0.5 || place[axis] > size.along(axis) - 0.5) {
          return -1;
        }
        int floor = (int) Math.floor(place[axis]);
        double share = place[axis] - floor;
        boolean upper = (corner >> axis & 1) == 1;
        weight *= upper ? share : 1 - share;
        at[axis] = Math.max(0, Math.min(size.along(axis) - 1, upper ? floor + 1 : floor));
      }
      sum += weight * voxels.at(at[0], at[1], at[2]);
    }
    return sum;
  }

  private static Size anySize(Random random) {
    return new Size(1 + random.nextInt(12), 1 + random.nextInt(12), 1 + random.nextInt(12));
  }

  /** The grid, moved by up to two voxels along each of its axes. */
  private static Geometry shifted(Geometry grid, Random random) {
    double[] origin = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      origin[axis] = 4 * random.nextDouble() - 2;
    }
    return new Geometry(
        grid.size(), grid.affine().regridded(new int[] {0, 1, 2}, new double[] {1, 1, 1}, origin));
  }

  @Test
  void exactly_half_is_inside() {
    Mask half = Masks.of(Masks.grid(2, 1, 1), new int[] {0, 0, 0});
    Mask three = Trilinear.resampled(half, half.geometry().resized(new Size(3, 1, 1)));
    assertArrayEquals(new byte[] {1, 1, 0}, three.toBytes());
  }

  @Test
  void a_full_mask_stays_full_up_to_the_outermost_voxels() {
    Geometry small = Masks.grid(3, 4, 5);
    Geometry large = small.resized(new Size(10, 9, 8));
    Mask full = Trilinear.resampled(Masks.filled(small, Box.of(small.size())), large);
    assertEquals(10 * 9 * 8, full.count());
  }

  @Test
  void a_mask_of_a_crop_comes_back_to_where_the_crop_was() {
    Geometry ct = Geometry.of(new Size(20, 20, 20), 0.7, 0.7, 2.5);
    Box box = new Box(4, 6, 8, 12, 16, 18);
    Geometry crop = ct.cropped(box).resized(new Size(16, 10, 20));
    Mask full = Masks.filled(crop, Box.of(crop.size()));
    Mask back = Trilinear.resampled(full, ct);
    assertEquals(Optional.of(box), Box.around(back));
    assertEquals(box.count(), back.count());
    assertTrue(back.frame().count() < 2 * box.count(), back.frame().toString());
  }

  @Test
  void a_mask_far_from_the_other_grid_is_empty_there() {
    Geometry here = Masks.grid(4, 4, 4);
    Mask mask = Masks.filled(here, Box.of(here.size()));
    Geometry there = new Geometry(here.size(), Affine.scaling(1, 1, 1, 0, 100, 0));
    assertTrue(Trilinear.resampled(mask, there).isEmpty());
    assertTrue(Trilinear.resampled(Mask.empty(here), here).isEmpty());
  }

  @Test
  void axes_that_run_against_each_other_are_parallel() {
    Mask mask = Masks.of(Masks.grid(3, 1, 1), new int[] {0, 0, 0});
    Geometry against = new Geometry(mask.size(), Affine.scaling(-1, 1, 1, 2, 0, 0));
    assertArrayEquals(new byte[] {0, 0, 1}, Trilinear.resampled(mask, against).toBytes());
  }

  @Test
  void refuses_grids_whose_axes_are_not_parallel() {
    Mask mask = Mask.empty(Masks.grid(3, 3, 3));
    Geometry turned =
        new Geometry(mask.size(), Affine.of(0.8, -0.6, 0, 0, 0.6, 0.8, 0, 0, 0, 0, 1, 0));
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Trilinear.resampled(mask, turned));
    assertTrue(refusal.getMessage().contains("are not parallel"), refusal.getMessage());
    Geometry swapped = new Geometry(mask.size(), Affine.of(0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> Trilinear.resampled(mask, swapped));
  }

  @Test
  void a_small_mask_in_a_large_grid_is_resampled_without_the_rest_of_the_grid() {
    Geometry grid = Masks.grid(100, 100, 100);
    Mask corner = Masks.filled(grid, new Box(2, 2, 2, 7, 7, 7));
    Mask finer = Trilinear.resampled(corner, grid.resized(new Size(200, 200, 200)));
    assertEquals(1000 - 8, finer.count()); // the corners are inside by 27 in 64 only
    assertTrue(finer.frame().count() <= 16 * 16 * 16, finer.frame().toString());
  }
}
