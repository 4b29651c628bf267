package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class VoxelBoundsTest {

  @Test
  void a_box_in_mm_becomes_the_voxels_whose_centres_it_holds() {
    Geometry grid = Geometry.of(new Size(10, 10, 10), 2, 2, 4);
    Box box = new VoxelBounds(grid).of(new Shape.Bounds(3, 4, -50, 9, 8, 11)).orElseThrow();
    assertEquals(new Box(2, 2, 0, 5, 5, 3), box);
  }

  @Test
  void a_box_beside_the_grid_holds_no_voxel() {
    Geometry grid = Geometry.of(new Size(10, 10, 10), 2, 2, 4);
    Shape.Bounds beside = new Shape.Bounds(30, 0, 0, 40, 5, 5);
    assertEquals(Optional.empty(), new VoxelBounds(grid).of(beside));
  }

  @Property
  void a_voxel_inside_the_bounds_is_found_on_a_tilted_flipped_grid(
      @ForAll @DoubleRange(min = -3, max = 3) double angle,
      @ForAll @IntRange(max = 19) int i,
      @ForAll @IntRange(max = 19) int j,
      @ForAll @IntRange(max = 19) int k) {
    double c = Math.cos(angle);
    double s = Math.sin(angle);
    Affine affine = Affine.of(0, -s, 2 * c, 5, 0, c, 2 * s, -7, -1.5, 0, 0, 3);
    double[] mm = affine.apply(i, j, k);
    Box box =
        new VoxelBounds(new Geometry(new Size(20, 20, 20), affine))
            .of(Shape.Bounds.around(mm[0], mm[1], mm[2], 4, 3, 2))
            .orElseThrow();
    assertTrue(box.x0() <= i && i < box.x1(), box::toString);
    assertTrue(box.y0() <= j && j < box.y1(), box::toString);
    assertTrue(box.z0() <= k && k < box.z1(), box::toString);
  }
}
