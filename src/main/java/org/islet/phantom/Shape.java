package org.islet.phantom;

/**
 * A solid in the patient's space (RAS, mm), given by its distance function. Solids are joined by
 * painting one over the other, so only what painting needs is here.
 */
interface Shape {

  /**
   * About how far a place is outside the surface, in mm; negative inside. Near the surface it is
   * close to the true distance; anywhere it is at most {@link #STEEPEST} times as much.
   */
  double distance(double x, double y, double z);

  /** The box beyond which nothing of the shape lies. */
  Bounds bounds();

  /** How many times the true distance a distance function may give. */
  double STEEPEST = 2;

  /**
   * A shape with the same distances as this one within {@code radius} mm of a place, and perhaps
   * quicker to evaluate.
   */
  default Shape near(double x, double y, double z, double radius) {
    return this;
  }

  /** All that is outside this shape. */
  default Shape complement() {
    return new Complement(this);
  }

  /** All that is inside this shape and outside the other. */
  default Shape minus(Shape other) {
    return new Difference(this, other);
  }

  /** This shape with a surface that goes up and down by at most {@code amplitude} mm. */
  default Shape uneven(SmoothNoise noise, double amplitude) {
    return new Uneven(this, noise, amplitude);
  }

  /** This shape and all within {@code mm} of it. */
  default Shape grown(double mm) {
    return new Grown(this, mm);
  }

  /** From (x0, y0, z0) to (x1, y1, z1), in mm. */
  record Bounds(double x0, double y0, double z0, double x1, double y1, double z1) {

    static final Bounds EVERYWHERE = around(0, 0, 0, 1e6, 1e6, 1e6);

    static Bounds around(double x, double y, double z, double rx, double ry, double rz) {
      return new Bounds(x - rx, y - ry, z - rz, x + rx, y + ry, z + rz);
    }

    Bounds grown(double mm) {
      return new Bounds(x0 - mm, y0 - mm, z0 - mm, x1 + mm, y1 + mm, z1 + mm);
    }

    Bounds enclosing(Bounds other) {
      return new Bounds(
          Math.min(x0, other.x0),
          Math.min(y0, other.y0),
          Math.min(z0, other.z0),
          Math.max(x1, other.x1),
          Math.max(y1, other.y1),
          Math.max(z1, other.z1));
    }
  }

  /** All that is outside a shape. */
  record Complement(Shape inner) implements Shape {
    @Override
    public double distance(double x, double y, double z) {
      return -inner.distance(x, y, z);
    }

    @Override
    public Bounds bounds() {
      return Bounds.EVERYWHERE;
    }
  }

  /** What one shape has and the other has not. */
  record Difference(Shape whole, Shape hole) implements Shape {
    @Override
    public double distance(double x, double y, double z) {
      return Math.max(whole.distance(x, y, z), -hole.distance(x, y, z));
    }

    @Override
    public Bounds bounds() {
      return whole.bounds();
    }
  }

  /** A shape and what is near it. */
  record Grown(Shape inner, double mm) implements Shape {
    @Override
    public double distance(double x, double y, double z) {
      return inner.distance(x, y, z) - mm;
    }

    @Override
    public Bounds bounds() {
      return inner.bounds().grown(mm);
    }

    @Override
    public Shape near(double x, double y, double z, double radius) {
      return new Grown(inner.near(x, y, z, radius), mm);
    }
  }

  /** A shape whose surface is moved in and out by smooth noise. */
  record Uneven(Shape smooth, SmoothNoise noise, double amplitude) implements Shape {
    @Override
    public double distance(double x, double y, double z) {
      double d = smooth.distance(x, y, z);
      double far = Math.abs(d) / amplitude - 2;
      return far > 1 ? d : d + amplitude * noise.at(x, y, z) * (far < 0 ? 1 : 1 - far);
    }

    @Override
    public Bounds bounds() {
      return smooth.bounds().grown(amplitude);
    }

    @Override
    public Shape near(double x, double y, double z, double radius) {
      return new Uneven(smooth.near(x, y, z, radius), noise, amplitude);
    }
  }
}
