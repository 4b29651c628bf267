package org.islet.phantom;

import org.islet.volume.Box;
import org.islet.volume.DistanceTransform;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;

/**
 * A solid that was drawn slice by slice. Between voxels it is where the signed distances of the
 * voxels around, interpolated linearly, say so (shape-based interpolation, Raya and Udupa 1990), so
 * slices far apart are joined smoothly.
 *
 * <p>Places are in mm from the middle of the mask's box, along RAS; a tilt of the mask's grid is
 * left out.
 */
final class MaskShape implements Shape {

  /** How far around the mask distances are kept, in mm. */
  private static final double MARGIN = 8;

  private final Size size;
  private final double[] spacing = new double[3];
  private final double[] half = new double[3];
  private final float[] distance;

  /**
   * @param mask not empty
   */
  MaskShape(Mask mask) {
    Mask whole = Reorientation.toCanonical(mask.geometry()).apply(mask);
    Box box = Box.around(whole).orElseThrow();
    int[] margin = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      spacing[axis] = whole.geometry().spacing(axis);
      margin[axis] = (int) Math.ceil(MARGIN / spacing[axis]);
    }
    Mask padded = padded(whole.cropped(box), margin);
    size = padded.size();
    for (int axis = 0; axis < 3; axis++) {
      half[axis] = spacing[axis] * (size.along(axis) - 1) / 2;
    }
    distance = signedDistances(padded);
  }

  private static Mask padded(Mask mask, int[] margin) {
    Size inner = mask.size();
    Size outer =
        new Size(inner.x() + 2 * margin[0], inner.y() + 2 * margin[1], inner.z() + 2 * margin[2]);
    Box place = Box.of(inner).moved(margin[0], margin[1], margin[2]);
    return mask.pastedInto(Phantom.centred(outer, mask.geometry()), place);
  }

  private static float[] signedDistances(Mask mask) {
    float[] outside = DistanceTransform.squared(mask);
    float[] inside = DistanceTransform.squared(mask.complement());
    float[] signed = new float[outside.length];
    for (int i = 0; i < signed.length; i++) {
      signed[i] = (float) (Math.sqrt(outside[i]) - Math.sqrt(inside[i]));
    }
    return signed;
  }

  @Override
  public double distance(double x, double y, double z) {
    double cx = Math.max(-half[0], Math.min(half[0], x));
    double cy = Math.max(-half[1], Math.min(half[1], y));
    double cz = Math.max(-half[2], Math.min(half[2], z));
    double beyond = Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy) + (z - cz) * (z - cz));
    return beyond + interpolated(cx, cy, cz);
  }

  private double interpolated(double x, double y, double z) {
    double u = (x + half[0]) / spacing[0];
    double v = (y + half[1]) / spacing[1];
    double w = (z + half[2]) / spacing[2];
    int i = Math.min((int) u, size.x() - 2);
    int j = Math.min((int) v, size.y() - 2);
    int k = Math.min((int) w, size.z() - 2);
    int at = size.index(i, j, k);
    int slice = size.x() * size.y();
    double near = plane(at, u - i, v - j);
    return near + (w - k) * (plane(at + slice, u - i, v - j) - near);
  }

  private double plane(int at, double a, double b) {
    double near = distance[at] + a * (distance[at + 1] - distance[at]);
    int next = at + size.x();
    double far = distance[next] + a * (distance[next + 1] - distance[next]);
    return near + b * (far - near);
  }

  @Override
  public Bounds bounds() {
    return Bounds.around(0, 0, 0, half[0], half[1], half[2]);
  }
}
