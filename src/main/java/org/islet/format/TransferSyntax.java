package org.islet.format;

import java.util.Map;

/** How a DICOM file is encoded (PS3.5, chapter 10): what can be read, and what the others are. */
final class TransferSyntax {

  private static final String IMPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
  private static final String EXPLICIT_BIG_ENDIAN = "1.2.840.10008.1.2.2";

  private static final Map<String, String> COMPRESSED =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2.1.99", "deflated"),
          Map.entry("1.2.840.10008.1.2.4.50", "JPEG Baseline"),
          Map.entry("1.2.840.10008.1.2.4.51", "JPEG Extended"),
          Map.entry("1.2.840.10008.1.2.4.57", "JPEG Lossless"),
          Map.entry("1.2.840.10008.1.2.4.70", "JPEG Lossless, first-order prediction"),
          Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless"),
          Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless"),
          Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless"),
          Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
          Map.entry("1.2.840.10008.1.2.5", "RLE"));

  private TransferSyntax() {}

  /**
   * Whether the elements of a file name their value representation.
   *
   * @param uid the file's transfer syntax
   * @throws InputRefusedException {@code compressed} or {@code unsupported-transfer-syntax}
   */
  static boolean isExplicit(String uid) throws InputRefusedException {
    switch (uid) {
      case EXPLICIT_LITTLE_ENDIAN:
        return true;
      case IMPLICIT_LITTLE_ENDIAN:
        return false;
      case EXPLICIT_BIG_ENDIAN:
        throw unsupported("big endian", uid, "dcmconv +te");
      default:
    }
    String compression = COMPRESSED.get(uid);
    if (compression != null) {
      throw new InputRefusedException(
          "compressed",
          ("A DICOM file is compressed (%s, transfer syntax %s), which cannot be read. Decompress"
                  + " the series with gdcmconv --raw, or JPEG alone with dcmdjpeg.")
              .formatted(compression, uid));
    }
    throw unsupported("unknown", uid.matches("[0-9.]{1,64}") ? uid : "no UID", "gdcmconv --raw");
  }

  private static InputRefusedException unsupported(String kind, String uid, String remedy) {
    return new InputRefusedException(
        "unsupported-transfer-syntax",
        ("The transfer syntax of a DICOM file is %s (%s); Implicit and Explicit VR Little Endian can"
                + " be read. Convert the series with %s.")
            .formatted(kind, uid, remedy));
  }
}
