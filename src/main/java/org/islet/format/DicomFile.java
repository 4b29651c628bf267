package org.islet.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The attributes of one CT slice, a DICOM file (PS3.10) that is not compressed and little endian.
 * Only those of {@link DicomTag} are kept.
 */
final class DicomFile {

  private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
  private static final int PREAMBLE = 128;
  private static final byte[] MARK = "DICM".getBytes(StandardCharsets.US_ASCII);
  private static final int LAST_OF_META = 0x0002_FFFF;
  private static final long MOST_BYTES = 64L << 20;
  private static final int LONGEST_TEXT = 256;
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private final Map<DicomTag, ByteBuffer> values = new EnumMap<>(DicomTag.class);

  private DicomFile() {}

  /**
   * Reads a CT slice.
   *
   * @return nothing for a file that is not DICOM, or holds something else than a CT slice
   * @throws InputRefusedException {@code unreadable}, {@code truncated}, {@code damaged}, {@code
   *     compressed} or {@code unsupported-transfer-syntax}
   */
  static Optional<DicomFile> readCt(Path file) throws IOException {
    Optional<ByteBuffer> bytes = bytes(file);
    return bytes.isEmpty() ? Optional.empty() : ofCt(bytes.get());
  }

  /** What follows the mark of a DICOM file. */
  private static Optional<ByteBuffer> bytes(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      ByteBuffer start = ByteBuffer.allocate(PREAMBLE + MARK.length);
      while (start.hasRemaining() && channel.read(start) >= 0) {}
      byte[] mark = Arrays.copyOfRange(start.array(), PREAMBLE, start.capacity());
      if (start.hasRemaining() || !Arrays.equals(mark, MARK)) {
        return Optional.empty();
      }
      if (channel.size() > MOST_BYTES) {
        throw new InputRefusedException(
            "not-a-slice",
            "A DICOM file of %d MiB holds more than a slice of a CT. Take it out of the folder."
                .formatted(channel.size() >> 20));
      }
      ByteBuffer rest = ByteBuffer.allocate((int) (channel.size() - start.capacity()));
      while (rest.hasRemaining() && channel.read(rest) >= 0) {}
      return Optional.of(rest.flip());
    }
  }

  private static FileChannel open(Path file) throws InputRefusedException {
    try {
      return FileChannel.open(file);
    } catch (IOException e) { // its message is the file's name, so it does not become the cause
      throw new InputRefusedException(
          "unreadable",
          "The file cannot be opened (%s). Check that it may be read."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static Optional<DicomFile> ofCt(ByteBuffer bytes) throws InputRefusedException {
    DicomFile file = new DicomFile();
    int meta = new DicomElements(bytes, true).readTo(LAST_OF_META, file::keep);
    if (!file.text(DicomTag.MEDIA_STORAGE_SOP_CLASS_UID).equals(CT_IMAGE_STORAGE)) {
      return Optional.empty();
    }
    boolean explicit = TransferSyntax.isExplicit(file.text(DicomTag.TRANSFER_SYNTAX_UID));
    new DicomElements(bytes.position(meta), explicit)
        .readTo(DicomTag.PIXEL_DATA.number, file::keep);
    return Optional.of(file);
  }

  private void keep(ByteBuffer value, int number) {
    for (DicomTag tag : DicomTag.values()) {
      if (tag.number == number) {
        values.put(tag, value);
      }
    }
  }

  /**
   * An attribute's bytes.
   *
   * @throws InputRefusedException {@code missing-attribute}
   */
  ByteBuffer bytes(DicomTag tag) throws InputRefusedException {
    ByteBuffer value = values.get(tag);
    if (value == null || !value.hasRemaining()) {
      throw new InputRefusedException(
          "missing-attribute",
          "A DICOM file lacks %s, which every CT slice has. Export it again.".formatted(tag));
    }
    return value.duplicate().order(value.order());
  }

  /** An attribute that is one unsigned 16-bit number (VR US). */
  int integer(DicomTag tag) throws InputRefusedException {
    ByteBuffer value = bytes(tag);
    if (value.remaining() != 2) {
      throw malformed(tag, "one whole number");
    }
    return Short.toUnsignedInt(value.getShort());
  }

  /** An attribute that is text, without the padding around it. It may hold a patient's data. */
  String text(DicomTag tag) throws InputRefusedException {
    ByteBuffer value = bytes(tag);
    if (value.remaining() > LONGEST_TEXT) {
      throw malformed(tag, "a text of at most %d bytes".formatted(LONGEST_TEXT));
    }
    byte[] letters = new byte[value.remaining()];
    value.get(letters);
    return new String(letters, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
  }

  /** An attribute that is so many decimal numbers (VR DS). */
  double[] decimals(DicomTag tag, int count) throws InputRefusedException {
    String[] parts = text(tag).split("\\\\", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      numbers[i] = DECIMAL.matcher(part).matches() ? Double.parseDouble(part) : Double.NaN;
    }
    if (parts.length != count || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
      throw malformed(tag, count == 1 ? "one number" : count + " numbers");
    }
    return numbers;
  }

  private static InputRefusedException malformed(DicomTag tag, String expected) {
    return new InputRefusedException(
        "malformed-attribute",
        "In a DICOM file %s is not %s. Export it again.".formatted(tag, expected));
  }
}
