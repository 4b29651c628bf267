package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GaussianTest {

  @Test
  void a_lone_voxel_goes_and_a_lone_hole_closes() {
    Geometry grid = Masks.grid(7, 7, 7);
    Mask lone = Masks.of(grid, new int[] {3, 3, 3});
    assertTrue(Gaussian.smoothed(lone, 1).isEmpty());
    assertEquals(7 * 7 * 7, Gaussian.smoothed(lone.complement(), 1).count());
  }

  @Test
  void a_full_mask_stays_full_and_a_flat_side_stays_where_it_is() {
    Geometry grid = Masks.grid(9, 8, 7);
    Mask full = Masks.filled(grid, Box.of(grid.size()));
    assertEquals(full.count(), Gaussian.smoothed(full, 3).count());
    Mask half = Masks.filled(grid, new Box(0, 0, 0, 4, 8, 7));
    assertArrayEquals(half.toBytes(), Gaussian.smoothed(half, 3).toBytes());
  }

  @Test
  void the_corners_of_a_box_are_rounded() {
    Geometry grid = Masks.grid(20, 20, 20);
    Mask box = Masks.filled(grid, new Box(5, 5, 5, 15, 15, 15));
    Mask smoothed = Gaussian.smoothed(box, 1);
    assertTrue(!smoothed.contains(5, 5, 5) && smoothed.contains(10, 10, 5), "rounded");
    assertEquals(Box.around(box), Box.around(smoothed));
  }

  @Test
  void sigma_is_in_mm_along_each_axis() {
    // A slab of 3 voxels along z holds out where they are 5 mm and goes where they are 0.5 mm.
    Box slab = new Box(10, 10, 10, 11, 11, 13);
    Geometry thick = Geometry.of(new Size(21, 21, 23), 0.01, 0.01, 5);
    Geometry thin = Geometry.of(new Size(21, 21, 23), 100, 100, 0.5);
    assertTrue(Gaussian.smoothed(Masks.filled(thin, slab), 2).isEmpty());
    assertEquals(3, Gaussian.smoothed(Masks.filled(thin, slab), 0.3).count());
    assertTrue(Gaussian.smoothed(Masks.filled(thick, slab), 0.2).isEmpty());
  }

  @Test
  void without_width_it_changes_nothing() {
    Mask mask = Masks.random(Masks.grid(5, 6, 7), 0.5, new Random(1));
    assertArrayEquals(mask.toBytes(), Gaussian.smoothed(mask, 0).toBytes());
    assertArrayEquals(mask.toBytes(), Gaussian.smoothed(mask, 0.1).toBytes());
    assertTrue(Gaussian.smoothed(Mask.empty(mask.geometry()), 1).isEmpty());
  }

  @Property(tries = 150)
  void a_voxel_is_inside_where_the_weights_of_all_around_it_come_to_a_half(
      @ForAll(supplier = RandomMasks.class) Mask mask, @ForAll long seed) {
    double sigma = 0.1 + 1.4 * new Random(seed).nextDouble();
    Mask smoothed = Gaussian.smoothed(mask, sigma);
    assertEquals(mask.geometry(), smoothed.geometry());
    Size size = mask.size();
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          double share = share(mask, sigma, i, j, k);
          if (Math.abs(share - 0.5) > 1e-5) {
            assertEquals(share > 0.5, smoothed.contains(i, j, k));
          }
        }
      }
    }
  }

  private static double share(Mask mask, double sigma, int i, int j, int k) {
    Geometry grid = mask.geometry();
    int[] reach = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      reach[axis] = (int) Math.floor(4 * sigma / grid.spacing(axis) + 0.5);
    }
    double all = 0;
    double inside = 0;
    for (int z = -reach[2]; z <= reach[2]; z++) {
      for (int y = -reach[1]; y <= reach[1]; y++) {
        for (int x = -reach[0]; x <= reach[0]; x++) {
          double dx = x * grid.spacing(0) / sigma;
          double dy = y * grid.spacing(1) / sigma;
          double dz = z * grid.spacing(2) / sigma;
          double weight = Math.exp(-(dx * dx + dy * dy + dz * dz) / 2);
          all += weight;
          boolean holds =
              mask.contains(
                  Math.max(0, Math.min(grid.size().x() - 1, i + x)),
                  Math.max(0, Math.min(grid.size().y() - 1, j + y)),
                  Math.max(0, Math.min(grid.size().z() - 1, k + z)));
          inside += holds ? weight : 0;
        }
      }
    }
    return inside / all;
  }
}
