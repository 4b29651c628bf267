package org.islet.dataset;

import java.util.Locale;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;

/**
 * A CT and where its organ is, both in RAS axes on one grid.
 *
 * @param ct in HU
 * @param organ the truth
 */
public record LabelledCt(Volume ct, Mask organ) {

  /** How far apart two voxels may lie that are one, as a share of the smallest spacing. */
  private static final double TOLERANCE = 0.1;

  /**
   * @throws IllegalArgumentException if the two are not on one grid
   */
  public LabelledCt {
    if (!ct.geometry().matches(organ.geometry())) {
      throw new IllegalArgumentException(
          "The organ is on %s, the CT on %s."
              .formatted(described(organ.geometry()), described(ct.geometry())));
    }
  }

  /**
   * A CT and its organ as their files hold them, each turned to RAS by its own affine. Labels are
   * often stored along other axes than their CT, as in NIH Pancreas-CT; where both cover the same
   * voxels of the patient, within a tenth of the smallest spacing, they belong together.
   *
   * @throws IllegalArgumentException if they do not; the message gives both grids
   */
  public static LabelledCt inRas(Volume ct, Mask organ) {
    Volume turned = Reorientation.toCanonical(ct.geometry()).apply(ct);
    Mask inside = Reorientation.toCanonical(organ.geometry()).apply(organ);
    if (!coincide(turned.geometry(), inside.geometry())) {
      throw new IllegalArgumentException(
          "In RAS axes the label is on %s, but the CT on %s."
              .formatted(described(inside.geometry()), described(turned.geometry())));
    }
    return new LabelledCt(turned, inside.pastedInto(turned.geometry(), Box.of(inside.size())));
  }

  /** Whether the grids have the same size and their corners lie on each other. */
  private static boolean coincide(Geometry a, Geometry b) {
    if (!a.size().equals(b.size())) {
      return false;
    }
    double most = TOLERANCE * Math.min(a.spacing(0), Math.min(a.spacing(1), a.spacing(2)));
    for (int corner = 0; corner < 8; corner++) {
      int i = (corner & 1) * (a.size().x() - 1);
      int j = (corner >> 1 & 1) * (a.size().y() - 1);
      int k = (corner >> 2) * (a.size().z() - 1);
      if (!(distance(a.affine().apply(i, j, k), b.affine().apply(i, j, k)) <= most)) {
        return false;
      }
    }
    return true;
  }

  private static double distance(double[] p, double[] q) {
    return Math.sqrt(
        (p[0] - q[0]) * (p[0] - q[0])
            + (p[1] - q[1]) * (p[1] - q[1])
            + (p[2] - q[2]) * (p[2] - q[2]));
  }

  private static String described(Geometry grid) {
    Affine a = grid.affine();
    return String.format(
        Locale.ROOT,
        "%s voxels of %.3f×%.3f×%.3f mm whose first lies at (%.1f, %.1f, %.1f) mm",
        grid.size(),
        grid.spacing(0),
        grid.spacing(1),
        grid.spacing(2),
        a.at(0, 3),
        a.at(1, 3),
        a.at(2, 3));
  }
}
