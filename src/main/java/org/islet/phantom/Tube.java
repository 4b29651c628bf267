package org.islet.phantom;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A tube around a smooth curve (Catmull-Rom) through control points, with a radius that changes
 * along it: vessels, bowel, ribs, and the pancreas.
 */
final class Tube implements Shape {

  private static final int STEPS = 5;

  private final Segment[] segments;
  private final double flatness;

  /**
   * @param controls at least two points: x, y, z and radius, in mm
   * @param flatness how much shorter the section is along y than along the other axes, 1 being
   *     round
   */
  Tube(double[][] controls, double flatness) {
    this(segments(refined(controls), flatness), flatness);
  }

  private Tube(Segment[] segments, double flatness) {
    this.segments = segments;
    this.flatness = flatness;
  }

  private static Segment[] segments(double[][] nodes, double flatness) {
    return IntStream.range(0, nodes.length - 1)
        .mapToObj(i -> Segment.between(nodes[i], nodes[i + 1], flatness))
        .toArray(Segment[]::new);
  }

  private static double[][] refined(double[][] controls) {
    double[][] fine = new double[(controls.length - 1) * STEPS + 1][];
    for (int i = 0; i < controls.length - 1; i++) {
      for (int s = 0; s < STEPS; s++) {
        fine[i * STEPS + s] = onCurve(controls, i, (double) s / STEPS);
      }
    }
    fine[fine.length - 1] = controls[controls.length - 1];
    return fine;
  }

  /** The curve between control points i and i + 1 (Catmull and Rom 1974). */
  private static double[] onCurve(double[][] c, int i, double t) {
    double[] before = c[Math.max(0, i - 1)];
    double[] from = c[i];
    double[] to = c[i + 1];
    double[] after = c[Math.min(c.length - 1, i + 2)];
    double[] p = new double[4];
    for (int a = 0; a < 4; a++) {
      p[a] =
          0.5
              * (2 * from[a]
                  + (to[a] - before[a]) * t
                  + (2 * before[a] - 5 * from[a] + 4 * to[a] - after[a]) * t * t
                  + (3 * from[a] - before[a] - 3 * to[a] + after[a]) * t * t * t);
    }
    return p;
  }

  @Override
  public double distance(double x, double y, double z) {
    double nearest = Double.MAX_VALUE;
    for (Segment segment : segments) {
      nearest = Math.min(nearest, segment.distance(x, y / flatness, z));
    }
    return nearest;
  }

  @Override
  public Shape near(double x, double y, double z, double radius) {
    double farthest = distance(x, y, z) + 2 * STEEPEST * radius;
    Segment[] close =
        Arrays.stream(segments)
            .filter(segment -> segment.distance(x, y / flatness, z) <= farthest)
            .toArray(Segment[]::new);
    return new Tube(close, flatness);
  }

  @Override
  public Bounds bounds() {
    return Arrays.stream(segments)
        .map(segment -> segment.bounds(flatness))
        .reduce(Bounds::enclosing)
        .orElseThrow();
  }

  /** A cone with round ends, from one place and radius along a vector to another radius. */
  private record Segment(
      double x,
      double y,
      double z,
      double r,
      double dx,
      double dy,
      double dz,
      double dr,
      double length2) {

    static Segment between(double[] a, double[] b, double flatness) {
      double dx = b[0] - a[0];
      double dy = (b[1] - a[1]) / flatness;
      double dz = b[2] - a[2];
      return new Segment(
          a[0], a[1] / flatness, a[2], a[3], dx, dy, dz, b[3] - a[3], dx * dx + dy * dy + dz * dz);
    }

    double distance(double px, double py, double pz) {
      double ex = px - x;
      double ey = py - y;
      double ez = pz - z;
      double t = Math.max(0, Math.min(1, (ex * dx + ey * dy + ez * dz) / length2));
      ex -= t * dx;
      ey -= t * dy;
      ez -= t * dz;
      return Math.sqrt(ex * ex + ey * ey + ez * ez) - (r + t * dr);
    }

    Bounds bounds(double flatness) {
      double end = r + dr;
      return Bounds.around(x, flatness * y, z, r, r, r)
          .enclosing(Bounds.around(x + dx, flatness * (y + dy), z + dz, end, end, end));
    }
  }
}
