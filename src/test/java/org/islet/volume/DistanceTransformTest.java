package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DistanceTransformTest {

  @Test
  void weighs_each_axis_by_its_spacing() {
    Geometry grid = Geometry.of(new Size(3, 2, 2), 1, 2, 5);
    Mask corner = Masks.of(grid, new int[] {0, 0, 0});
    float[] expected = {0, 1, 4, 4, 5, 8, 25, 26, 29, 29, 30, 33};
    assertArrayEquals(expected, DistanceTransform.squared(corner), 1e-5f);
  }

  @Property(tries = 300)
  void agrees_with_a_search_over_all_voxels(@ForAll(supplier = RandomMasks.class) Mask mask) {
    float[] squared = DistanceTransform.squared(mask);
    Size size = mask.size();
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          double expected = nearestSquared(mask, i, j, k);
          assertEquals(expected, squared[size.index(i, j, k)], 1e-5 * Math.max(1, expected));
        }
      }
    }
  }

  private static double nearestSquared(Mask mask, int i, int j, int k) {
    Geometry grid = mask.geometry();
    double nearest = Float.POSITIVE_INFINITY;
    for (int z = 0; z < grid.size().z(); z++) {
      for (int y = 0; y < grid.size().y(); y++) {
        for (int x = 0; x < grid.size().x(); x++) {
          if (mask.contains(x, y, z)) {
            double dx = (x - i) * grid.spacing(0);
            double dy = (y - j) * grid.spacing(1);
            double dz = (z - k) * grid.spacing(2);
            nearest = Math.min(nearest, dx * dx + dy * dy + dz * dz);
          }
        }
      }
    }
    return nearest;
  }
}
