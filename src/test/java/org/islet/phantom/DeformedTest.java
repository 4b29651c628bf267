package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeformedTest {

  private static final double[][] NOT_TURNED = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

  private static Deformed deformed(
      Shape solid, double[] scale, double[][] turn, double[] middle, double amplitude) {
    SplittableRandom random = new SplittableRandom(3);
    SmoothNoise[] bend = new SmoothNoise[3];
    for (int axis = 0; axis < 3; axis++) {
      bend[axis] = new SmoothNoise(random, 45);
    }
    return new Deformed(solid, scale, turn, middle, bend, amplitude);
  }

  @Test
  void a_scaled_turned_and_moved_rod_is_where_geometry_says() {
    Shape rod = new Tube(new double[][] {{-20, 0, 0, 5}, {20, 0, 0, 5}}, 1);
    // A quarter turn: the patient's y is the solid's x.
    double[][] quarter = {{0, 1, 0}, {-1, 0, 0}, {0, 0, 1}};
    Deformed moved = deformed(rod, new double[] {2, 1, 1}, quarter, new double[] {10, 0, -5}, 0);
    assertArrayEquals(new double[] {10, 40, -5}, moved.place(20, 0, 0), 1e-9);
    assertTrue(moved.distance(10, 49, -5) < 0);
    assertTrue(moved.distance(10, 51, -5) > 0);
    assertTrue(moved.distance(16, 0, -5) > 0);
    Shape.Bounds bounds = moved.bounds();
    assertEquals(5, bounds.x0(), 1e-9);
    assertEquals(15, bounds.x1(), 1e-9);
    assertEquals(-50, bounds.y0(), 1e-9);
    assertEquals(50, bounds.y1(), 1e-9);
  }

  @Test
  void a_place_of_the_solid_and_where_it_comes_to_lie_have_one_distance() {
    Shape ball = new Ellipsoid(0, 0, 0, 20, 20, 20);
    double c = Math.cos(0.2);
    double s = Math.sin(0.2);
    double[][] turn = {{c, s, 0}, {-s, c, 0}, {0, 0, 1}};
    Deformed bent = deformed(ball, new double[] {0.9, 1.1, 1}, turn, new double[] {-4, 7, 3}, 5);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 50; i++) {
      double x = 60 * random.nextDouble() - 30;
      double y = 60 * random.nextDouble() - 30;
      double z = 60 * random.nextDouble() - 30;
      double[] at = bent.place(x, y, z);
      assertEquals(ball.distance(x, y, z), bent.distance(at[0], at[1], at[2]), 1e-3);
    }
  }

  @Test
  void bending_moves_places_by_up_to_its_amplitude() {
    Shape ball = new Ellipsoid(0, 0, 0, 20, 20, 20);
    Deformed bent = deformed(ball, new double[] {1, 1, 1}, NOT_TURNED, new double[3], 4);
    double most = 0;
    for (int x = -60; x <= 60; x += 6) {
      most = Math.max(most, Math.abs(bent.place(x, 0, 0)[0] - x));
    }
    assertTrue(most > 1 && most <= 4, "moved by " + most);
  }
}
