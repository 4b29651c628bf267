package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CentrelineTest {

  @Test
  void a_straight_rod_gives_points_along_its_axis_and_its_radius() {
    Shape rod = new Tube(new double[][] {{-60, 5, 10, 9}, {60, 5, 10, 9}}, 1);
    double[][] points = new Centreline(rod).points(6);
    for (int i = 0; i < 6; i++) {
      // The rod is 138 mm long with its round ends; the head lies to the right.
      assertEquals(138 * (2.5 - i) / 6, points[i][0], 6);
      assertEquals(5, points[i][1], 1.5);
      assertEquals(10, points[i][2], 1.5);
      // The round ends hold less than a cylinder would.
      boolean end = i == 0 || i == 5;
      assertEquals(end ? 7.5 : 9, points[i][3], 1);
    }
  }

  @Test
  void a_bent_tube_is_followed_from_its_right_and_lower_end_to_the_other() {
    double[][] bow = {{50, -30, -20, 8}, {40, 20, 0, 8}, {0, 40, 10, 8}, {-40, 20, 20, 8}};
    Shape tube = new Tube(bow, 1);
    double[][] points = new Centreline(tube).points(8);
    for (double[] p : points) {
      assertTrue(tube.distance(p[0], p[1], p[2]) < -3, "a point outside");
    }
    assertTrue(distance(points[0], bow[0]) < 14, "begins at the head");
    assertTrue(distance(points[7], bow[3]) < 14, "ends at the tail");
  }

  @Test
  void a_small_piece_beside_the_solid_is_left_alone() {
    Shape rod = new Tube(new double[][] {{-40, 0, 0, 9}, {40, 0, 0, 9}}, 1);
    Shape speck = new Ellipsoid(0, 60, 0, 6, 6, 6);
    double[][] points = new Centreline(new Both(rod, speck)).points(4);
    for (double[] p : points) {
      assertEquals(0, p[1], 1.5);
    }
  }

  private record Both(Shape a, Shape b) implements Shape {
    @Override
    public double distance(double x, double y, double z) {
      return Math.min(a.distance(x, y, z), b.distance(x, y, z));
    }

    @Override
    public Bounds bounds() {
      return a.bounds().enclosing(b.bounds());
    }
  }

  private static double distance(double[] a, double[] b) {
    return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
  }
}
