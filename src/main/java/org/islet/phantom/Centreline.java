package org.islet.phantom;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The line along the middle of a solid that is longer than it is thick. Places on a lattice inside
 * it are parted by the number of steps from one of the solid's ends, on ways inside the solid; the
 * middle of each part is a point of the line. Work grows with the volume of the solid's box.
 */
final class Centreline {

  /** The lattice's spacing in mm. */
  private static final double STEP = 3;

  private final Shape.Bounds bounds;
  private final int[] length;
  private final boolean[] inside;

  /**
   * @param shape at least 20 ml, so that it has many places
   */
  Centreline(Shape shape) {
    bounds = shape.bounds();
    length =
        new int[] {
          steps(bounds.x0(), bounds.x1()),
          steps(bounds.y0(), bounds.y1()),
          steps(bounds.z0(), bounds.z1())
        };
    inside = new boolean[length[0] * length[1] * length[2]];
    for (int at = 0; at < inside.length; at++) {
      double[] p = place(at);
      inside[at] = shape.distance(p[0], p[1], p[2]) < 0;
    }
  }

  private static int steps(double from, double to) {
    return (int) ((to - from) / STEP) + 1;
  }

  private double[] place(int at) {
    return new double[] {
      bounds.x0() + STEP * (at % length[0]),
      bounds.y0() + STEP * (at / length[0] % length[1]),
      bounds.z0() + STEP * Math.floorDiv(at / length[0], length[1])
    };
  }

  /**
   * The line through the solid's largest piece.
   *
   * @param count of points, at least 2
   * @return points (x, y, z and radius) in mm from one end to the other; the first is the one
   *     farther to the right and down, where a pancreas has its head
   */
  double[][] points(int count) {
    int[] steps = stepsFrom(farthest(stepsFrom(seed())));
    int longest = Arrays.stream(steps).max().orElseThrow();
    double[][] points = new double[count][4];
    for (int at = 0; at < steps.length; at++) {
      if (steps[at] >= 0) {
        double[] sum = points[steps[at] * count / (longest + 1)];
        double[] p = place(at);
        for (int axis = 0; axis < 3; axis++) {
          sum[axis] += p[axis];
        }
        sum[3]++;
      }
    }
    for (double[] p : points) {
      for (int axis = 0; axis < 3; axis++) {
        p[axis] /= p[3];
      }
    }
    setRadii(points);
    return headFirst(points);
  }

  /** From the number of places of each part to the radius of a cylinder of its volume. */
  private static void setRadii(double[][] points) {
    double whole = 0;
    for (int i = 1; i < points.length; i++) {
      double[] a = points[i - 1];
      double[] b = points[i];
      whole += Math.sqrt(square(b[0] - a[0]) + square(b[1] - a[1]) + square(b[2] - a[2]));
    }
    double each = whole / (points.length - 1);
    for (double[] p : points) {
      p[3] = Math.sqrt(p[3] * STEP * STEP * STEP / (Math.PI * each));
    }
  }

  private static double square(double v) {
    return v * v;
  }

  private static double[][] headFirst(double[][] points) {
    double[] first = points[0];
    double[] last = points[points.length - 1];
    if (first[0] - first[2] >= last[0] - last[2]) {
      return points;
    }
    int n = points.length;
    return IntStream.range(0, n).mapToObj(i -> points[n - 1 - i]).toArray(double[][]::new);
  }

  /** A place of the piece with most places. */
  private int seed() {
    boolean[] seen = new boolean[inside.length];
    int best = 0;
    int most = 0;
    for (int at = 0; at < inside.length; at++) {
      if (inside[at] && !seen[at]) {
        int[] steps = stepsFrom(at);
        int places = 0;
        for (int i = 0; i < steps.length; i++) {
          if (steps[i] >= 0) {
            seen[i] = true;
            places++;
          }
        }
        if (places > most) {
          most = places;
          best = at;
        }
      }
    }
    return best;
  }

  private static int farthest(int[] steps) {
    int best = 0;
    for (int at = 1; at < steps.length; at++) {
      best = steps[at] > steps[best] ? at : best;
    }
    return best;
  }

  /** How many steps to a neighbour along an axis lead to each place; −1 where none do. */
  private int[] stepsFrom(int start) {
    int[] steps = new int[inside.length];
    Arrays.fill(steps, -1);
    int[] queue = new int[inside.length];
    int end = 0;
    queue[end++] = start;
    steps[start] = 0;
    int[] stride = {1, length[0], length[0] * length[1]};
    for (int next = 0; next < end; next++) {
      int at = queue[next];
      for (int axis = 0; axis < 3; axis++) {
        int place = at / stride[axis] % length[axis];
        for (int side = -1; side <= 1; side += 2) {
          int to = at + side * stride[axis];
          boolean onLattice = place + side >= 0 && place + side < length[axis];
          if (onLattice && inside[to] && steps[to] < 0) {
            steps[to] = steps[at] + 1;
            queue[end++] = to;
          }
        }
      }
    }
    return steps;
  }
}
