package org.islet.format;

import java.nio.ByteBuffer;

/**
 * How the pixels of a slice are stored: 16-bit words, whose lowest bits are the value, which is
 * scaled to HU. Padding around the scanner's field of view, such as GE's −2000, stays as it is
 * stored, as it does in NIfTI files that others make of such a series.
 *
 * @param bits how many bits are the value, 1 to 16
 * @param signed whether the highest of them is a sign
 * @param slope what a stored value is multiplied by
 * @param intercept what is then added
 */
record StoredPixels(int bits, boolean signed, double slope, double intercept) {

  /**
   * @throws InputRefusedException {@code unsupported-pixels}, or a missing or malformed attribute
   */
  static StoredPixels of(DicomFile file) throws InputRefusedException {
    require(file, DicomTag.SAMPLES_PER_PIXEL, 1);
    require(file, DicomTag.BITS_ALLOCATED, 16);
    if (!file.text(DicomTag.PHOTOMETRIC_INTERPRETATION).equals("MONOCHROME2")) {
      throw unsupported("%s is not MONOCHROME2".formatted(DicomTag.PHOTOMETRIC_INTERPRETATION));
    }
    int bits = file.integer(DicomTag.BITS_STORED);
    int sign = file.integer(DicomTag.PIXEL_REPRESENTATION);
    if (bits < 1 || bits > 16 || sign > 1) {
      throw unsupported(
          "%s is %d and %s %d; 1 to 16 and 0 or 1 were expected"
              .formatted(DicomTag.BITS_STORED, bits, DicomTag.PIXEL_REPRESENTATION, sign));
    }
    require(file, DicomTag.HIGH_BIT, bits - 1);
    return new StoredPixels(
        bits,
        sign == 1,
        file.decimals(DicomTag.RESCALE_SLOPE, 1)[0],
        file.decimals(DicomTag.RESCALE_INTERCEPT, 1)[0]);
  }

  private static void require(DicomFile file, DicomTag tag, int expected)
      throws InputRefusedException {
    int actual = file.integer(tag);
    if (actual != expected) {
      throw unsupported("%s is %d, but %d was expected".formatted(tag, actual, expected));
    }
  }

  private static InputRefusedException unsupported(String finding) {
    return new InputRefusedException(
        "unsupported-pixels",
        "In a DICOM file %s. Export the CT itself, not a picture of it.".formatted(finding));
  }

  /** Takes as many values as an array holds from 16-bit words, scaled to HU. */
  void decode(ByteBuffer words, double[] to) {
    int unused = Integer.SIZE - bits;
    for (int i = 0; i < to.length; i++) {
      int top = words.getShort() << unused;
      to[i] = (signed ? top >> unused : top >>> unused) * slope + intercept;
    }
  }
}
