package org.islet.phantom;

/**
 * An ellipsoid along the patient's axes; with a very long radius, an elliptic cylinder.
 *
 * @param x centre, mm to the right
 * @param y mm to the front
 * @param z mm to the head
 * @param rx radius along x in mm
 * @param ry along y
 * @param rz along z
 */
record Ellipsoid(double x, double y, double z, double rx, double ry, double rz) implements Shape {

  @Override
  public double distance(double px, double py, double pz) {
    double u = (px - x) / rx;
    double v = (py - y) / ry;
    double w = (pz - z) / rz;
    double level = Math.sqrt(u * u + v * v + w * w);
    u /= rx;
    v /= ry;
    w /= rz;
    double slope = Math.sqrt(u * u + v * v + w * w);
    double firstOrder = slope == 0 ? -rx : level * (level - 1) / slope;
    return Math.max(firstOrder, -Math.min(rx, Math.min(ry, rz)));
  }

  @Override
  public Bounds bounds() {
    return Bounds.around(x, y, z, rx, ry, rz);
  }
}
