package org.islet.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * Walks over the data elements of a DICOM data set, little endian (PS3.5, chapter 7). Values are
 * views of the given bytes: nothing is allocated on a length's word, and each length must fit into
 * what is left of its data set.
 */
final class DicomElements {

  private static final int UNDEFINED = -1;
  private static final int ITEM = 0xFFFE_E000;
  private static final int ITEM_END = 0xFFFE_E00D;
  private static final int SEQUENCE_END = 0xFFFE_E0DD;
  private static final int DEEPEST = 64;

  private static final Set<String> SHORT_LENGTH =
      Set.of(
          "AE", "AS", "AT", "CS", "DA", "DS", "DT", "FD", "FL", "IS", "LO", "LT", "PN", "SH", "SL",
          "SS", "ST", "TM", "UI", "UL", "US");
  private static final Set<String> LONG_LENGTH =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private final ByteBuffer bytes;
  private final boolean explicit;

  /**
   * @param bytes the data set, from its position to its limit; they are not changed
   * @param explicit whether each element names its value representation (VR)
   */
  DicomElements(ByteBuffer bytes, boolean explicit) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.explicit = explicit;
  }

  /**
   * Hands the value of each element of the top level to a reader, as bytes and tag, up to and with
   * a last tag; sequences are passed over.
   *
   * @param last elements beyond it are not read
   * @return how many bytes were read
   * @throws InputRefusedException {@code truncated} or {@code damaged}
   */
  int readTo(int last, ObjIntConsumer<ByteBuffer> reader) throws InputRefusedException {
    int previous = 0;
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      int tag = tag();
      if (Integer.compareUnsigned(tag, last) > 0) {
        return start;
      }
      if (Integer.compareUnsigned(tag, previous) <= 0) {
        throw damaged("the element %s is not in its place".formatted(DicomTag.numbered(tag)));
      }
      previous = tag;
      Length length = length(tag, explicit);
      if (length.bytes == UNDEFINED) {
        skipSequence(tag, length.explicitItems, 0);
      } else {
        reader.accept(value(tag, length.bytes), tag);
      }
    }
    return bytes.position();
  }

  /**
   * How long a value is.
   *
   * @param bytes its length, or {@link #UNDEFINED}: up to a delimiter
   * @param explicitItems whether the elements inside, where there are any, name their VR
   */
  private record Length(int bytes, boolean explicitItems) {}

  private int tag() throws InputRefusedException {
    require(4);
    return Short.toUnsignedInt(bytes.getShort()) << 16 | Short.toUnsignedInt(bytes.getShort());
  }

  private Length length(int tag, boolean named) throws InputRefusedException {
    require(4);
    if (!named) {
      return new Length(bytes.getInt(), false);
    }
    String vr = "" + (char) (bytes.get() & 0xFF) + (char) (bytes.get() & 0xFF);
    if (SHORT_LENGTH.contains(vr)) {
      require(2);
      return new Length(Short.toUnsignedInt(bytes.getShort()), true);
    }
    if (!LONG_LENGTH.contains(vr)) {
      throw damaged(
          "the element %s names no value representation".formatted(DicomTag.numbered(tag)));
    }
    require(6);
    bytes.getShort();
    // What a VR of "unknown" holds does not name its own (PS3.5, 6.2.2).
    return new Length(bytes.getInt(), !vr.equals("UN"));
  }

  private ByteBuffer value(int tag, int length) throws InputRefusedException {
    if (length < 0 || length > bytes.remaining()) {
      throw new InputRefusedException(
          "truncated",
          ("A DICOM file is cut short or damaged: the element %s should hold %d bytes, but %d are"
                  + " left. Copy or export it again.")
              .formatted(
                  DicomTag.numbered(tag), Integer.toUnsignedLong(length), bytes.remaining()));
    }
    ByteBuffer value = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return value;
  }

  /** Passes over the items of a sequence of undefined length, and its delimiter. */
  private void skipSequence(int tag, boolean named, int depth) throws InputRefusedException {
    if (tag == DicomTag.PIXEL_DATA.number) {
      throw damaged("its pixels are in fragments although it says that they are not compressed");
    }
    if (depth > DEEPEST) {
      throw damaged("it nests sequences deeper than " + DEEPEST);
    }
    while (true) {
      int delimiter = tag();
      require(4);
      int length = bytes.getInt();
      if (delimiter == SEQUENCE_END) {
        return;
      }
      if (delimiter != ITEM) {
        throw damaged(
            "in the sequence %s is no item where one should begin"
                .formatted(DicomTag.numbered(tag)));
      }
      if (length == UNDEFINED) {
        skipItem(named, depth);
      } else {
        value(tag, length);
      }
    }
  }

  /** Passes over the elements of an item of undefined length, and its delimiter. */
  private void skipItem(boolean named, int depth) throws InputRefusedException {
    while (true) {
      int tag = tag();
      if (tag == ITEM_END) {
        require(4);
        bytes.getInt();
        return;
      }
      Length length = length(tag, named);
      if (length.bytes == UNDEFINED) {
        skipSequence(tag, length.explicitItems, depth + 1);
      } else {
        value(tag, length.bytes);
      }
    }
  }

  private void require(int count) throws InputRefusedException {
    if (bytes.remaining() < count) {
      throw new InputRefusedException(
          "truncated",
          "A DICOM file is cut short: it ends in the middle of its header. Copy or export it again.");
    }
  }

  private static InputRefusedException damaged(String finding) {
    return new InputRefusedException(
        "damaged", "A DICOM file is damaged: %s. Copy or export it again.".formatted(finding));
  }
}
