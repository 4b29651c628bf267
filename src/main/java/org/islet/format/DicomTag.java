package org.islet.format;

import java.util.Locale;

/** The attributes that Islet reads of a DICOM CT slice, named as in the standard (PS3.6). */
enum DicomTag {
  MEDIA_STORAGE_SOP_CLASS_UID(0x0002_0002, "MediaStorageSOPClassUID"),
  TRANSFER_SYNTAX_UID(0x0002_0010, "TransferSyntaxUID"),
  SERIES_INSTANCE_UID(0x0020_000E, "SeriesInstanceUID"),
  IMAGE_POSITION_PATIENT(0x0020_0032, "ImagePositionPatient"),
  IMAGE_ORIENTATION_PATIENT(0x0020_0037, "ImageOrientationPatient"),
  SAMPLES_PER_PIXEL(0x0028_0002, "SamplesPerPixel"),
  PHOTOMETRIC_INTERPRETATION(0x0028_0004, "PhotometricInterpretation"),
  ROWS(0x0028_0010, "Rows"),
  COLUMNS(0x0028_0011, "Columns"),
  PIXEL_SPACING(0x0028_0030, "PixelSpacing"),
  BITS_ALLOCATED(0x0028_0100, "BitsAllocated"),
  BITS_STORED(0x0028_0101, "BitsStored"),
  HIGH_BIT(0x0028_0102, "HighBit"),
  PIXEL_REPRESENTATION(0x0028_0103, "PixelRepresentation"),
  RESCALE_INTERCEPT(0x0028_1052, "RescaleIntercept"),
  RESCALE_SLOPE(0x0028_1053, "RescaleSlope"),
  PIXEL_DATA(0x7FE0_0010, "PixelData");

  /** The group in the high 16 bits and the element in the low ones. */
  final int number;

  private final String keyword;

  DicomTag(int number, String keyword) {
    this.number = number;
    this.keyword = keyword;
  }

  /** The attribute's name and number, as in {@code Rows (0028,0010)}. */
  @Override
  public String toString() {
    return "%s %s".formatted(keyword, numbered(number));
  }

  /** A tag as DICOM writes it, as in {@code (0028,0010)}. */
  static String numbered(int tag) {
    return String.format(Locale.ROOT, "(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
  }
}
