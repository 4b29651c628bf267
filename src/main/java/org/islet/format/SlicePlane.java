package org.islet.format;

/**
 * The grid of a slice, wherever it lies.
 *
 * @param rows how many rows of pixels
 * @param columns how many pixels in a row
 * @param rowSpacing from row to row, in mm
 * @param columnSpacing from pixel to pixel in a row, in mm
 * @param alongRow where a row's pixels lead, of length 1
 * @param alongColumn where a column's pixels lead, of length 1
 */
record SlicePlane(
    int rows,
    int columns,
    double rowSpacing,
    double columnSpacing,
    Vector3 alongRow,
    Vector3 alongColumn) {

  /** How far numbers in a header are from what they mean: they are rounded decimals. */
  private static final double ROUNDING = 1e-3;

  /**
   * @throws InputRefusedException {@code bad-spacing}, {@code absurd-header} or a missing or
   *     malformed attribute
   */
  static SlicePlane of(DicomFile file) throws InputRefusedException {
    double[] spacing = file.decimals(DicomTag.PIXEL_SPACING, 2);
    double[] cosines = file.decimals(DicomTag.IMAGE_ORIENTATION_PATIENT, 6);
    SlicePlane plane =
        new SlicePlane(
            file.integer(DicomTag.ROWS),
            file.integer(DicomTag.COLUMNS),
            spacing[0],
            spacing[1],
            new Vector3(cosines[0], cosines[1], cosines[2]),
            new Vector3(cosines[3], cosines[4], cosines[5]));
    plane.requirePossible();
    return plane;
  }

  private void requirePossible() throws InputRefusedException {
    if (rows < 1 || columns < 1) {
      throw new InputRefusedException(
          "absurd-header",
          "A slice has %d rows and %d columns; both need 1 or more. Export it again."
              .formatted(rows, columns));
    }
    if (!(rowSpacing > 0 && columnSpacing > 0)) {
      throw new InputRefusedException(
          "bad-spacing",
          "%s is %s and %s; numbers above 0 were expected. Without them nothing can be measured."
              .formatted(DicomTag.PIXEL_SPACING, rowSpacing, columnSpacing));
    }
    if (!(Math.abs(alongRow.length() - 1) < ROUNDING
        && Math.abs(alongColumn.length() - 1) < ROUNDING
        && Math.abs(alongRow.dot(alongColumn)) < ROUNDING)) {
      throw new InputRefusedException(
          "absurd-header",
          "%s is not two directions of length 1 at a right angle. Export the series again."
              .formatted(DicomTag.IMAGE_ORIENTATION_PATIENT));
    }
  }

  /** Where the next slices lie. */
  Vector3 normal() {
    return alongRow.cross(alongColumn);
  }

  int pixels() {
    return rows * columns;
  }

  /** Whether the other is the same but for rounding. */
  boolean isLike(SlicePlane other) {
    return rows == other.rows
        && columns == other.columns
        && Math.abs(rowSpacing - other.rowSpacing) < ROUNDING * rowSpacing
        && Math.abs(columnSpacing - other.columnSpacing) < ROUNDING * columnSpacing
        && alongRow.minus(other.alongRow).length() < ROUNDING
        && alongColumn.minus(other.alongColumn).length() < ROUNDING;
  }
}
