package org.islet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a NIfTI-1 or NIfTI-2 header by name, as they are stored, whatever their place and
 * width. Places are those of nifti1.h and nifti2.h.
 */
final class HeaderFields {

  /** The length of a NIfTI-1 header in bytes. */
  static final int NIFTI_1 = 348;

  /** The length of a NIfTI-2 header in bytes. */
  static final int NIFTI_2 = 540;

  private final ByteBuffer b;
  private final boolean wide;

  /**
   * @param header {@link #NIFTI_1} or {@link #NIFTI_2} bytes in the header's byte order
   */
  HeaderFields(ByteBuffer header) {
    this.b = header;
    this.wide = header.limit() == NIFTI_2;
  }

  /**
   * The byte order in which a header's first four bytes are {@link #NIFTI_1} or {@link #NIFTI_2},
   * or null if neither order gives one of them.
   */
  static ByteOrder orderOf(ByteBuffer header) {
    int big = header.order(ByteOrder.BIG_ENDIAN).getInt(0);
    if (big == NIFTI_1 || big == NIFTI_2) {
      return ByteOrder.BIG_ENDIAN;
    }
    int little = Integer.reverseBytes(big);
    return little == NIFTI_1 || little == NIFTI_2 ? ByteOrder.LITTLE_ENDIAN : null;
  }

  ByteOrder order() {
    return b.order();
  }

  int length() {
    return b.limit();
  }

  /** The first three letters of the magic string: {@code n+1}, {@code ni1} and so on. */
  String magic() {
    byte[] letters = new byte[3];
    b.get(wide ? 4 : 344, letters);
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  int datatype() {
    return b.getShort(wide ? 12 : 70);
  }

  long dim(int i) {
    return wide ? b.getLong(16 + 8 * i) : b.getShort(40 + 2 * i);
  }

  double pixdim(int i) {
    return real(104, 76, i);
  }

  double voxOffset() {
    return wide ? b.getLong(168) : b.getFloat(108);
  }

  double slope() {
    return real(176, 112, 0);
  }

  double intercept() {
    return real(184, 116, 0);
  }

  int units() {
    return wide ? b.getInt(500) : b.get(123);
  }

  int qformCode() {
    return wide ? b.getInt(344) : b.getShort(252);
  }

  int sformCode() {
    return wide ? b.getInt(348) : b.getShort(254);
  }

  /** Component b, c or d (0 to 2) of the rotation. */
  double quaternion(int i) {
    return real(352, 256, i);
  }

  double qoffset(int i) {
    return real(376, 268, i);
  }

  /** Entry 0 to 11 of the sform, row after row. */
  double srow(int i) {
    return real(400, 280, i);
  }

  private double real(int placeIfWide, int place, int i) {
    return wide ? b.getDouble(placeIfWide + 8 * i) : b.getFloat(place + 4 * i);
  }
}
