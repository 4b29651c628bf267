package org.islet.volume;

/**
 * Where a grid of voxels lies in the patient.
 *
 * @param size voxels along x, y and z
 * @param affine from voxel indices to mm in RAS+
 */
public record Geometry(Size size, Affine affine) {

  /** A grid along the patient's axes (RAS) whose first voxel's centre is at the origin. */
  public static Geometry of(Size size, double dx, double dy, double dz) {
    return new Geometry(size, Affine.scaling(dx, dy, dz, 0, 0, 0));
  }

  /** A grid of 1 mm voxels whose axes run in given directions, its first voxel at the origin. */
  public static Geometry of(Size size, Orientation axes) {
    double[] rows = new double[12];
    for (int axis = 0; axis < 3; axis++) {
      rows[4 * axes.worldAlong(axis) + axis] = axes.isReversed(axis) ? -1 : 1;
    }
    return new Geometry(size, Affine.of(rows));
  }

  /** The distance between neighbouring voxels' centres along axis 0, 1 or 2, in mm. */
  public double spacing(int axis) {
    return affine.columnLength(axis);
  }

  /** The volume of one voxel in mm³, also where the axes are not perpendicular. */
  public double voxelVolume() {
    return Math.abs(affine.determinant());
  }

  /** The axis directions nearest to those of the affine. */
  public Orientation orientation() {
    return Orientation.nearest(affine);
  }

  /** The grid of the voxels in a box, which may reach beyond this grid. */
  public Geometry cropped(Box box) {
    return new Geometry(
        box.size(),
        affine.regridded(
            new int[] {0, 1, 2},
            new double[] {1, 1, 1},
            new double[] {box.x0(), box.y0(), box.z0()}));
  }

  /**
   * The grid of blocks of {@code factor}³ voxels. A block's centre is the middle of a whole block,
   * also for a last block that holds fewer voxels.
   */
  public Geometry downsampled(int factor) {
    double middle = (factor - 1) / 2.0;
    return new Geometry(
        size.dividedBy(factor),
        affine.regridded(
            new int[] {0, 1, 2},
            new double[] {factor, factor, factor},
            new double[] {middle, middle, middle}));
  }

  /**
   * The grid of another size that covers the same field of view: the outermost voxels' outer faces
   * stay where they are.
   */
  public Geometry resized(Size other) {
    double[] steps = new double[3];
    double[] first = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      steps[axis] = (double) size.along(axis) / other.along(axis);
      first[axis] = (steps[axis] - 1) / 2;
    }
    return new Geometry(other, affine.regridded(new int[] {0, 1, 2}, steps, first));
  }

  /**
   * The size at which this grid's field of view is cut into voxels whose spacing comes nearest to
   * one that is wanted: as many along each axis as fit, rounded, and at least 1.
   *
   * @throws IllegalArgumentException if they are more than Islet can address
   */
  public Size sizeAt(Spacing wanted) {
    double[] n = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      n[axis] = Math.max(1, Math.round(size.along(axis) * spacing(axis) / wanted.along(axis)));
    }
    if (n[0] * n[1] * n[2] > Size.MOST_VOXELS) {
      throw new IllegalArgumentException(
          ("At a spacing of %s this field of view has %.0f×%.0f×%.0f voxels, more than Islet can"
                  + " address (%d); choose a larger spacing.")
              .formatted(wanted, n[0], n[1], n[2], Size.MOST_VOXELS));
    }
    return new Size((int) n[0], (int) n[1], (int) n[2]);
  }

  /** Whether both grids have the same size and their affines differ by at most 1 µm per entry. */
  public boolean matches(Geometry other) {
    return size.equals(other.size) && affine.isCloseTo(other.affine, 1e-3);
  }
}
