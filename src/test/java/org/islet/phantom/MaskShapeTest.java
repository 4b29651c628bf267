package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class MaskShapeTest {

  /** A ball of 12 mm about a place away from the grid's middle, slices far apart. */
  private static Mask ball(double dz) {
    Geometry grid = Geometry.of(new Size(50, 46, (int) (60 / dz)), 1, 1.25, dz);
    return filled(grid, (x, y, z) -> square(x - 20) + square(y - 25) + square(z - 30) < 144);
  }

  private interface Inside {
    boolean at(double x, double y, double z);
  }

  private static double square(double v) {
    return v * v;
  }

  private static Mask filled(Geometry grid, Inside inside) {
    Size size = grid.size();
    byte[] voxels = new byte[size.count()];
    for (int k = 0; k < size.z(); k++) {
      for (int j = 0; j < size.y(); j++) {
        for (int i = 0; i < size.x(); i++) {
          double[] mm = grid.affine().apply(i, j, k);
          voxels[size.index(i, j, k)] = (byte) (inside.at(mm[0], mm[1], mm[2]) ? 1 : 0);
        }
      }
    }
    return Mask.of(grid, voxels);
  }

  /** To within a slice: the box of a ball on slices can be that much off the ball's middle. */
  @Property(tries = 200)
  void a_ball_drawn_on_slices_has_a_balls_distances_about_its_middle(
      @ForAll @DoubleRange(min = -22, max = 22) double x,
      @ForAll @DoubleRange(min = -22, max = 22) double y,
      @ForAll @DoubleRange(min = -22, max = 22) double z) {
    double true0 = Math.sqrt(x * x + y * y + z * z) - 12;
    assertEquals(true0, new MaskShape(ball(2.5)).distance(x, y, z), 2.5);
  }

  @Test
  void places_between_slices_are_interpolated() {
    // Two slices 4 mm apart with squares of 21 and 13 mm: half-way between, one of about 17.
    Geometry grid = Geometry.of(new Size(40, 40, 2), 1, 1, 4);
    Mask steps =
        filled(
            grid,
            (x, y, z) -> Math.max(Math.abs(x - 20), Math.abs(y - 20)) < (z == 0 ? 10.5 : 6.5));
    MaskShape shape = new MaskShape(steps);
    assertEquals(0, shape.distance(10.5, 0, -2), 0.5);
    assertEquals(0, shape.distance(8.5, 0, 0), 0.75);
    assertEquals(0, shape.distance(6.5, 0, 2), 0.5);
  }

  @Test
  void a_mask_stored_along_other_axes_is_the_same_solid() {
    Mask mask = ball(2.5);
    Reorientation turned = new Reorientation(mask.geometry(), new Orientation("SPL"));
    MaskShape straight = new MaskShape(mask);
    MaskShape other = new MaskShape(turned.apply(mask));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      double x = 40 * random.nextDouble() - 20;
      double y = 40 * random.nextDouble() - 20;
      double z = 40 * random.nextDouble() - 20;
      assertEquals(straight.distance(x, y, z), other.distance(x, y, z), 1e-4);
    }
  }

  @Test
  void far_away_distances_go_on_growing() {
    MaskShape shape = new MaskShape(ball(2));
    assertEquals(88, shape.distance(100, 0, 0), 1.5);
    double corner = shape.distance(100, 100, 100);
    assertTrue(corner > 0.8 * (100 * Math.sqrt(3) - 12) && corner < 1.3 * 100 * Math.sqrt(3));
  }
}
