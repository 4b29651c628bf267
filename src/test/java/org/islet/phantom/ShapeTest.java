package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ShapeTest {

  private static final Tube STRAIGHT = new Tube(new double[][] {{0, 0, 0, 5}, {30, 0, 0, 5}}, 1);

  @Test
  void a_sphere_gives_true_distances() {
    Ellipsoid sphere = new Ellipsoid(1, 2, 3, 10, 10, 10);
    assertEquals(5, sphere.distance(16, 2, 3), 1e-9);
    assertEquals(-4, sphere.distance(1, 8, 3), 1e-9);
    assertEquals(-10, sphere.distance(1, 2, 3), 1e-9);
  }

  @Test
  void a_tube_has_round_ends_and_straight_sides() {
    assertEquals(3, STRAIGHT.distance(15, 8, 0), 1e-9);
    assertEquals(-5, STRAIGHT.distance(10, 0, 0), 1e-9);
    assertEquals(2, STRAIGHT.distance(-7, 0, 0), 1e-9);
  }

  @Test
  void a_flat_tube_is_thinner_along_y() {
    Tube flat = new Tube(new double[][] {{0, 0, 0, 10}, {30, 0, 0, 10}}, 0.5);
    assertEquals(0, flat.distance(15, 5, 0), 1e-9);
    assertEquals(0, flat.distance(15, 0, 10), 1e-9);
  }

  @Test
  void a_tube_passes_through_its_control_points() {
    double[][] controls = {{0, 0, 0, 4}, {20, 10, 5, 6}, {40, -5, 0, 3}};
    Tube tube = new Tube(controls, 1);
    for (double[] p : controls) {
      assertTrue(tube.distance(p[0], p[1], p[2]) <= -p[3] + 1e-9);
    }
  }

  @Test
  void a_difference_has_what_one_has_and_the_other_has_not() {
    Shape shell = new Ellipsoid(0, 0, 0, 10, 10, 10).minus(new Ellipsoid(0, 0, 0, 6, 6, 6));
    assertEquals(-2, shell.distance(8, 0, 0), 1e-9);
    assertEquals(3, shell.distance(3, 0, 0), 1e-9);
    assertEquals(1, shell.distance(11, 0, 0), 1e-9);
  }

  @Property(tries = 60)
  void no_surface_is_nearer_than_its_distance_says(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Organ organ : new Anatomy(random, Optional.empty()).organs()) {
      for (int i = 0; i < 20; i++) {
        double[] p = place(random);
        double[] step = direction(random);
        double d = organ.shape().distance(p[0], p[1], p[2]);
        double r = 0.999 * Math.abs(d) / Shape.STEEPEST;
        double there =
            organ.shape().distance(p[0] + r * step[0], p[1] + r * step[1], p[2] + r * step[2]);
        assertEquals(d < 0, there < 0, () -> organ + " at distance " + d);
      }
    }
  }

  @Property(tries = 60)
  void near_a_place_a_shape_keeps_its_distances(
      @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 30) double radius) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Organ organ : new Anatomy(random, Optional.empty()).organs()) {
      double[] p = place(random);
      double[] step = direction(random);
      Shape near = organ.shape().near(p[0], p[1], p[2], radius);
      double x = p[0] + radius * step[0];
      double y = p[1] + radius * step[1];
      double z = p[2] + radius * step[2];
      assertEquals(organ.shape().distance(x, y, z), near.distance(x, y, z), 0);
    }
  }

  @Property(tries = 60)
  void nothing_of_a_shape_lies_beyond_its_bounds(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Organ organ : new Anatomy(random, Optional.empty()).organs()) {
      double[] p = place(random);
      Shape.Bounds b = organ.shape().bounds();
      boolean beyond =
          p[0] < b.x0()
              || p[0] > b.x1()
              || p[1] < b.y0()
              || p[1] > b.y1()
              || p[2] < b.z0()
              || p[2] > b.z1();
      assertTrue(!beyond || organ.shape().distance(p[0], p[1], p[2]) >= 0, organ::toString);
    }
  }

  private static double[] place(SplittableRandom random) {
    return new double[] {
      400 * random.nextDouble() - 200,
      300 * random.nextDouble() - 150,
      260 * random.nextDouble() - 130
    };
  }

  private static double[] direction(SplittableRandom random) {
    double z = 2 * random.nextDouble() - 1;
    double angle = 2 * Math.PI * random.nextDouble();
    double r = Math.sqrt(1 - z * z);
    return new double[] {r * Math.cos(angle), r * Math.sin(angle), z};
  }
}
