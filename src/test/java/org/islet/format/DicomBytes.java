package org.islet.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Builds a DICOM file of one CT slice, element by element: 3 columns and 2 rows by default. */
final class DicomBytes {

  static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  static final String IMPLICIT = "1.2.840.10008.1.2";
  static final String EXPLICIT = "1.2.840.10008.1.2.1";

  private static final int UNDEFINED = -1;

  private final Map<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);

  private String kind = CT;
  private String syntax = EXPLICIT;

  @SuppressWarnings("ArrayRecordComponent") // only ever written
  private record Element(String vr, byte[] value, boolean undefinedLength) {}

  static DicomBytes slice() {
    return new DicomBytes()
        .text(0x0010_0010, "PN", "DOE^PATIENT")
        .text(0x0020_000E, "UI", "1.2.3")
        .text(0x0020_0032, "DS", "-10\\-20\\30")
        .text(0x0020_0037, "DS", "1\\0\\0\\0\\1\\0")
        .number(0x0028_0002, 1)
        .text(0x0028_0004, "CS", "MONOCHROME2")
        .number(0x0028_0010, 2)
        .number(0x0028_0011, 3)
        .text(0x0028_0030, "DS", "0.5\\0.75")
        .number(0x0028_0100, 16)
        .number(0x0028_0101, 12)
        .number(0x0028_0102, 11)
        .number(0x0028_0103, 0)
        .text(0x0028_1052, "DS", "-1024")
        .text(0x0028_1053, "DS", "1")
        .pixels(1000, 1001, 1002, 1003, 1004, 1005);
  }

  /** A slice at z mm, the rest as by default. */
  static DicomBytes at(double z) {
    return slice().text(0x0020_0032, "DS", "-10\\-20\\" + z);
  }

  DicomBytes kind(String sopClass) {
    this.kind = sopClass;
    return this;
  }

  DicomBytes syntax(String uid) {
    this.syntax = uid;
    return this;
  }

  DicomBytes text(int tag, String vr, String text) {
    byte pad = (byte) (vr.equals("UI") ? 0 : ' ');
    byte[] value = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] even = Arrays.copyOf(value, value.length + value.length % 2);
    if (even.length > value.length) {
      even[value.length] = pad;
    }
    return element(tag, vr, even);
  }

  DicomBytes number(int tag, int value) {
    return element(tag, "US", words(value));
  }

  DicomBytes pixels(int... values) {
    return element(0x7FE0_0010, "OW", words(values));
  }

  DicomBytes element(int tag, String vr, byte[] value) {
    elements.put(tag, new Element(vr, value, false));
    return this;
  }

  /** An element of undefined length, its value with all delimiters as it will stand in the file. */
  DicomBytes undefinedLength(int tag, String vr, byte[] value) {
    elements.put(tag, new Element(vr, value, true));
    return this;
  }

  DicomBytes without(int tag) {
    elements.remove(tag);
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(element(0x0002_0002, "UI", padded(kind), false, true));
    out.writeBytes(element(0x0002_0010, "UI", padded(syntax), false, true));
    boolean explicit = !syntax.equals(IMPLICIT);
    elements.forEach(
        (tag, e) -> out.writeBytes(element(tag, e.vr, e.value, e.undefinedLength, explicit)));
    return out.toByteArray();
  }

  private static byte[] padded(String uid) {
    return Arrays.copyOf(uid.getBytes(StandardCharsets.US_ASCII), uid.length() + uid.length() % 2);
  }

  static byte[] words(int... values) {
    ByteBuffer words = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      words.putShort((short) value);
    }
    return words.array();
  }

  /** An element as it stands in a file. */
  static byte[] element(
      int tag, String vr, byte[] value, boolean undefinedLength, boolean explicit) {
    ByteBuffer b = ByteBuffer.allocate(12 + value.length).order(ByteOrder.LITTLE_ENDIAN);
    b.putShort((short) (tag >>> 16)).putShort((short) tag);
    if (!explicit || vr.isEmpty()) {
      b.putInt(undefinedLength ? UNDEFINED : value.length);
    } else {
      b.put(vr.getBytes(StandardCharsets.US_ASCII));
      if ("OB OW SQ UN UT".contains(vr)) {
        b.putShort((short) 0).putInt(undefinedLength ? UNDEFINED : value.length);
      } else {
        b.putShort((short) value.length);
      }
    }
    b.put(value);
    return Arrays.copyOf(b.array(), b.position());
  }

  /** An item or delimiter: they never name a VR. */
  static byte[] item(int tag, byte[] value, boolean undefinedLength) {
    return element(tag, "", value, undefinedLength, false);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  Path save(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
