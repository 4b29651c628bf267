package org.islet.format;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/** Slices of one series, in the order in which they lie, which make one grid of even spacing. */
final class SliceStack {

  /** What two distances between slices may differ by: 1 %, or so many mm where that is more. */
  private static final double UNEVEN_MM = 0.01;

  private static final double UNEVEN = 0.01;

  /** How far a slice may lie beside the first one, as a share of the spacing in it. */
  private static final double BESIDE = 0.1;

  private final List<DicomSlice> slices;
  private final SlicePlane plane;

  /**
   * @throws InputRefusedException {@code single-slice}, {@code mixed-slices}, {@code
   *     duplicate-slices}, {@code uneven-spacing} or {@code tilted}
   */
  SliceStack(List<DicomSlice> unordered) throws InputRefusedException {
    if (unordered.size() < 2) {
      throw new InputRefusedException(
          "single-slice", "The series has one slice, but a CT volume has two or more.");
    }
    this.plane = unordered.get(0).plane();
    this.slices = unordered.stream().sorted(Comparator.comparingDouble(this::alongNormal)).toList();
    requireOnePlane();
    requireEvenSteps();
    requireStraight();
  }

  /** The slices, in the order in which they lie along the normal. */
  List<DicomSlice> slices() {
    return slices;
  }

  /** x along the rows, y along the columns, z along the normal of the slices. */
  Geometry geometry() throws InputRefusedException {
    Vector3 i = plane.alongRow().times(plane.columnSpacing());
    Vector3 j = plane.alongColumn().times(plane.rowSpacing());
    Vector3 k = plane.normal().times(length() / (slices.size() - 1));
    Vector3 o = slices.get(0).position();
    try {
      return new Geometry(
          new Size(plane.columns(), plane.rows(), slices.size()),
          Affine.of( // DICOM's axes lead to the left and back, those of an affine right and front
              -i.x(), -j.x(), -k.x(), -o.x(), -i.y(), -j.y(), -k.y(), -o.y(), i.z(), j.z(), k.z(),
              o.z()));
    } catch (IllegalArgumentException e) {
      throw new InputRefusedException("absurd-header", e.getMessage());
    }
  }

  private double alongNormal(DicomSlice slice) {
    return slice.position().dot(plane.normal());
  }

  private double length() {
    return alongNormal(slices.get(slices.size() - 1)) - alongNormal(slices.get(0));
  }

  private void requireOnePlane() throws InputRefusedException {
    for (DicomSlice slice : slices) {
      if (!slice.plane().isLike(plane)) {
        throw new InputRefusedException(
            "mixed-slices",
            ("The slices of the series differ in size, spacing or direction, as %d×%d pixels of"
                    + " %s×%s mm and %d×%d of %s×%s do. Take away those that do not belong to it.")
                .formatted(
                    plane.columns(),
                    plane.rows(),
                    plane.columnSpacing(),
                    plane.rowSpacing(),
                    slice.plane().columns(),
                    slice.plane().rows(),
                    slice.plane().columnSpacing(),
                    slice.plane().rowSpacing()));
      }
    }
  }

  private void requireEvenSteps() throws InputRefusedException {
    double[] steps = new double[slices.size() - 1];
    for (int k = 0; k < steps.length; k++) {
      steps[k] = alongNormal(slices.get(k + 1)) - alongNormal(slices.get(k));
      if (steps[k] < UNEVEN_MM) {
        throw new InputRefusedException(
            "duplicate-slices",
            ("Slices %d and %d of %d lie at the same place (%.3f mm along their normal). Take one"
                    + " away.")
                .formatted(k + 1, k + 2, slices.size(), alongNormal(slices.get(k))));
      }
    }
    double[] sorted = steps.clone();
    Arrays.sort(sorted);
    double usual = sorted[sorted.length / 2];
    for (int k = 0; k < steps.length; k++) {
      if (!(Math.abs(steps[k] - usual) <= Math.max(UNEVEN_MM, UNEVEN * usual))) {
        throw new InputRefusedException(
            "uneven-spacing",
            ("Slices %d and %d of %d are %.3f mm apart (%.3f and %.3f mm along their normal), but"
                    + " most are %.3f. %s.")
                .formatted(
                    k + 1,
                    k + 2,
                    slices.size(),
                    steps[k],
                    alongNormal(slices.get(k)),
                    alongNormal(slices.get(k + 1)),
                    usual,
                    steps[k] > usual
                        ? "A slice is likely to be missing: download or export the series again"
                        : "Take away the slices that do not belong to the series"));
      }
    }
  }

  private void requireStraight() throws InputRefusedException {
    double most = slices.stream().mapToDouble(this::besideFirst).max().orElseThrow();
    if (!(most <= BESIDE * Math.min(plane.rowSpacing(), plane.columnSpacing()))) {
      throw new InputRefusedException(
          "tilted",
          ("The slices do not lie straight behind each other: one is %.2f mm beside the first."
                  + " The gantry was tilted, or slices of several scans are mixed. Resample the"
                  + " series to a straight grid first.")
              .formatted(most));
    }
  }

  /** How far a slice lies beside the normal through the first one's first pixel, in mm. */
  private double besideFirst(DicomSlice slice) {
    Vector3 way = slice.position().minus(slices.get(0).position());
    return way.minus(plane.normal().times(way.dot(plane.normal()))).length();
  }
}
