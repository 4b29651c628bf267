package org.islet.format;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands before the numbers in a file of NumPy's format NPY 1.0, 2.0 or 3.0 (NEP 1, and {@code
 * numpy.lib.format}).
 *
 * @param length bytes before the first number
 * @param order of each number's bytes
 * @param fortranOrder whether the first axis is the fastest
 * @param count of numbers
 */
record NpyHeader(
    long length,
    NpyNumber number,
    ByteOrder order,
    boolean fortranOrder,
    List<Integer> shape,
    int count) {

  /** As many bytes as NumPy itself takes for a header that nobody vouches for. */
  private static final int MOST = 10_000;

  /** As many axes as NumPy's arrays can have. */
  private static final int MOST_AXES = 32;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final String DESCR = "'descr'\\s*:\\s*(?<descr>'[^'\\\\]*'|\\[.*\\])";
  private static final String ORDER = "'fortran_order'\\s*:\\s*(?<fortran>True|False)";
  private static final String SHAPE =
      "'shape'\\s*:\\s*\\((?<shape>(\\s*[0-9]{1,10}\\s*,){0,40}\\s*([0-9]{1,10})?\\s*)\\)";

  private static final Pattern KEYS =
      Pattern.compile(
          "\\s*\\{\\s*%s\\s*,\\s*%s\\s*,\\s*%s\\s*,?\\s*\\}\\s*".formatted(DESCR, ORDER, SHAPE),
          Pattern.DOTALL);

  /**
   * Reads a header up to its end.
   *
   * @param name what messages call the array
   * @throws InputRefusedException {@code not-npy}, {@code absurd-header} or {@code wrong-numbers}
   */
  static NpyHeader read(DataInputStream in, String name) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new InputRefusedException(
          "not-npy",
          "The array %s does not begin as NumPy's files do. Write the archive by numpy.savez."
              .formatted(name));
    }
    int version = in.readUnsignedByte();
    in.readByte();
    if (version < 1 || version > 3) {
      throw new InputRefusedException(
          "not-npy",
          "The array %s is of version %d of NumPy's format; 1 to 3 are read."
              .formatted(name, version));
    }
    long length =
        version == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    if (length > MOST) {
      throw absurd(name, "has %d bytes; at most %d were expected".formatted(length, MOST));
    }
    byte[] header = new byte[(int) length];
    in.readFully(header);
    String text = new String(header, StandardCharsets.UTF_8);
    return parse(text, MAGIC.length + (version == 1 ? 4 : 6) + length, name);
  }

  private static NpyHeader parse(String text, long length, String name)
      throws InputRefusedException {
    Matcher keys = KEYS.matcher(text);
    if (!keys.matches()) {
      throw absurd(name, "does not give 'descr', 'fortran_order' and 'shape' as NumPy does");
    }
    String descr = keys.group("descr").replace("'", "");
    NpyNumber number = NpyNumber.of(descr.substring(Math.min(1, descr.length()))).orElse(null);
    if (number == null || "<>".indexOf(descr.charAt(0)) < 0) {
      throw wrongNumbers(name, descr);
    }
    List<Integer> shape = shape(keys.group("shape"), name);
    return new NpyHeader(
        length,
        number,
        descr.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
        keys.group("fortran").equals("True"),
        shape,
        count(shape, number, name));
  }

  private static List<Integer> shape(String text, String name) throws InputRefusedException {
    List<Long> lengths =
        Stream.of(text.split(",", -1))
            .map(String::strip)
            .filter(length -> !length.isEmpty())
            .map(Long::valueOf)
            .toList();
    if (lengths.size() > MOST_AXES || lengths.stream().anyMatch(n -> n > Integer.MAX_VALUE)) {
      throw absurd(name, "announces the shape (%s), which no array has".formatted(text.strip()));
    }
    return lengths.stream().map(Long::intValue).toList();
  }

  private static int count(List<Integer> shape, NpyNumber number, String name)
      throws InputRefusedException {
    try {
      long count = 1;
      for (int length : shape) {
        count = Math.multiplyExact(count, (long) length);
      }
      return Math.toIntExact(Math.multiplyExact(count, (long) number.bytes())) / number.bytes();
    } catch (ArithmeticException e) {
      throw absurd(name, "announces the shape %s, more than 2 GiB".formatted(shape));
    }
  }

  private static InputRefusedException wrongNumbers(String name, String descr) {
    String reason =
        descr.endsWith("O")
            ? "Python objects (%s), which Islet never loads, since they can hold programs"
            : "numbers of the type %s";
    return new InputRefusedException(
        "wrong-numbers",
        ("The array %s holds " + reason + ". Save it as float16, float32 or float64.")
            .formatted(name, descr));
  }

  private static InputRefusedException absurd(String name, String reason) {
    return new InputRefusedException(
        "absurd-header",
        "The header of the array %s %s. Write the archive by numpy.savez.".formatted(name, reason));
  }
}
