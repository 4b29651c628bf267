package org.islet.format;

import java.nio.ByteOrder;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * What a NIfTI-1 or NIfTI-2 header says of a three-dimensional image.
 *
 * <p>The affine is the sform where {@code sform_code} is above 0, else the qform where {@code
 * qform_code} is above 0. Where neither is given, the axes are taken as nibabel takes them: x grows
 * to the patient's left, y to the front, z to the head, spaced by pixdim, with the grid's middle at
 * the origin. Lengths in metres and µm ({@code xyzt_units}) are converted to mm; an unknown unit is
 * taken as mm. A value is {@code slope * stored + intercept}; as in nibabel, a slope that is 0 or
 * not finite means that values are stored as they are.
 *
 * @param geometry the file's own grid, in mm and RAS+
 * @param orientationStated whether an sform or qform says how the patient lies
 * @param dataType how a voxel is stored
 * @param order the byte order of header and voxels
 * @param slope what stored values are multiplied by
 * @param intercept what is then added
 * @param voxOffset where the first voxel is, in bytes
 * @param inOneFile whether voxels follow the header; if not, they are in an .img file of their own
 */
public record NiftiHeader(
    Geometry geometry,
    boolean orientationStated,
    DataType dataType,
    ByteOrder order,
    double slope,
    double intercept,
    long voxOffset,
    boolean inOneFile) {

  /** The number of bytes up to the last voxel, in the file that holds the voxels. */
  public long imageBytes() {
    return voxOffset + Math.multiplyFull(geometry.size().count(), dataType.bytes());
  }

  boolean isScaled() {
    return slope != 1 || intercept != 0;
  }

  static NiftiHeader of(HeaderFields fields) throws InputRefusedException {
    boolean inOneFile = isInOneFile(fields);
    Size size = size(fields);
    DataType dataType = DataType.of(fields.datatype());
    double slope = fields.slope();
    double intercept = fields.intercept();
    if (slope == 0 || !Double.isFinite(slope)) {
      slope = 1;
      intercept = 0;
    } else if (!Double.isFinite(intercept)) {
      throw new InputRefusedException(
          "absurd-header",
          "The header scales voxels by %s but adds %s. Mend scl_inter, or set scl_slope to 0."
              .formatted(slope, intercept));
    }
    return new NiftiHeader(
        new Geometry(size, affine(fields, size)),
        fields.sformCode() > 0 || fields.qformCode() > 0,
        dataType,
        fields.order(),
        slope,
        intercept,
        voxOffset(fields, inOneFile),
        inOneFile);
  }

  private static boolean isInOneFile(HeaderFields fields) throws InputRefusedException {
    String magic = fields.magic();
    char version = fields.length() == HeaderFields.NIFTI_1 ? '1' : '2';
    if (magic.equals("n+" + version)) {
      return true;
    }
    if (magic.equals("ni" + version)) {
      return false;
    }
    throw new InputRefusedException(
        "not-nifti",
        ("The header is %d bytes long as a NIfTI-%s header is, but lacks the mark 'n+%s' or"
                + " 'ni%s'; it may be ANALYZE 7.5, which does not say left from right. Convert the"
                + " original images to NIfTI.")
            .formatted(fields.length(), version, version, version));
  }

  private static Size size(HeaderFields fields) throws InputRefusedException {
    long dimensions = fields.dim(0);
    if (dimensions < 1 || dimensions > 7) {
      throw absurd("The header has %d dimensions; 1 to 7 are possible.".formatted(dimensions));
    }
    if (dimensions < 3) {
      throw new InputRefusedException(
          "not-three-dimensional",
          "The image has %d dimension(s), but a CT volume has 3. Send all slices as one volume."
              .formatted(dimensions));
    }
    StringBuilder sizes = new StringBuilder().append(fields.dim(1));
    boolean more = false;
    boolean possible = fields.dim(1) > 0;
    double voxels = fields.dim(1);
    for (int i = 2; i <= dimensions; i++) {
      sizes.append('×').append(fields.dim(i));
      more |= i > 3 && fields.dim(i) > 1;
      possible &= fields.dim(i) > 0;
      voxels *= fields.dim(i);
    }
    if (!possible) {
      throw absurd("The header's size is %s; every axis needs 1 voxel or more.".formatted(sizes));
    }
    if (more) {
      throw new InputRefusedException(
          "four-dimensional",
          ("The image is %s, but a CT volume has three dimensions. Send one phase or one series"
                  + " alone.")
              .formatted(sizes));
    }
    if (voxels > Integer.MAX_VALUE - 8) {
      throw absurd(
          "The header's size is %s, %.0f voxels; at most %d can be read."
              .formatted(sizes, voxels, Integer.MAX_VALUE - 8));
    }
    return new Size((int) fields.dim(1), (int) fields.dim(2), (int) fields.dim(3));
  }

  private static long voxOffset(HeaderFields fields, boolean inOneFile)
      throws InputRefusedException {
    double offset = fields.voxOffset();
    int least = inOneFile ? fields.length() : 0;
    if (!(offset >= least && offset <= 1L << 52 && offset == Math.rint(offset))) {
      throw absurd(
          ("The header says that voxels begin at byte %s; a whole number of %d or more was"
                  + " expected.")
              .formatted(offset, least));
    }
    return (long) offset;
  }

  private static Affine affine(HeaderFields fields, Size size) throws InputRefusedException {
    double mm =
        switch (fields.units() & 7) {
          case 1 -> 1000;
          case 3 -> 0.001;
          default -> 1;
        };
    try {
      if (fields.sformCode() > 0) {
        return sform(fields, mm);
      }
      double[] spacing = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        spacing[axis] = requireSpacing(axis, fields.pixdim(axis + 1)) * mm;
      }
      return fields.qformCode() > 0 ? qform(fields, spacing, mm) : base(size, spacing);
    } catch (IllegalArgumentException e) {
      throw new InputRefusedException(
          "degenerate-affine", e.getMessage() + " Mend the header's sform or qform.");
    }
  }

  private static Affine sform(HeaderFields fields, double mm) {
    double[] rows = new double[12];
    for (int i = 0; i < 12; i++) {
      rows[i] = fields.srow(i) * mm;
    }
    return Affine.of(rows);
  }

  private static Affine qform(HeaderFields fields, double[] spacing, double mm)
      throws InputRefusedException {
    double[] origin = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      origin[axis] = fields.qoffset(axis) * mm;
    }
    QForm form =
        new QForm(
            fields.quaternion(0),
            fields.quaternion(1),
            fields.quaternion(2),
            spacing,
            fields.pixdim(0) < 0 ? -1 : 1,
            origin);
    if (form.imaginarySquare() > 1.001) {
      throw absurd(
          "The header's quaternion (b %s, c %s, d %s) is longer than 1, so it is no rotation."
              .formatted(form.b(), form.c(), form.d()));
    }
    return form.toAffine();
  }

  private static Affine base(Size size, double[] spacing) {
    return Affine.scaling(
        -spacing[0],
        spacing[1],
        spacing[2],
        spacing[0] * (size.x() - 1) / 2,
        -spacing[1] * (size.y() - 1) / 2,
        -spacing[2] * (size.z() - 1) / 2);
  }

  private static double requireSpacing(int axis, double spacing) throws InputRefusedException {
    if (!(spacing > 0 && Double.isFinite(spacing))) {
      throw new InputRefusedException(
          "bad-spacing",
          ("The header's spacing along %s (pixdim[%d]) is %s; a number above 0 was expected."
                  + " Without it nothing can be measured.")
              .formatted("xyz".charAt(axis), axis + 1, spacing));
    }
    return spacing;
  }

  private static InputRefusedException absurd(String finding) {
    return new InputRefusedException(
        "absurd-header", finding + " The header is damaged; export the image again.");
  }
}
