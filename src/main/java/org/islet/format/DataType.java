package org.islet.format;

import java.nio.ByteBuffer;

/** A NIfTI datatype that holds one real number per voxel. */
public enum DataType {
  UINT8(
      2,
      1,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = Byte.toUnsignedInt(from.get());
        }
      }),
  INT8(
      256,
      1,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.get();
        }
      }),
  INT16(
      4,
      2,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getShort();
        }
      }),
  UINT16(
      512,
      2,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getChar();
        }
      }),
  INT32(
      8,
      4,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getInt();
        }
      }),
  UINT32(
      768,
      4,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = Integer.toUnsignedLong(from.getInt());
        }
      }),
  INT64(
      1024,
      8,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getLong();
        }
      }),
  UINT64(
      1280,
      8,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = unsignedToDouble(from.getLong());
        }
      }),
  FLOAT32(
      16,
      4,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getFloat();
        }
      }),
  FLOAT64(
      64,
      8,
      (from, to, n) -> {
        for (int i = 0; i < n; i++) {
          to[i] = from.getDouble();
        }
      });

  private interface Decoder {
    void decode(ByteBuffer from, double[] to, int count);
  }

  private final int code;
  private final int bytes;

  @SuppressWarnings("ImmutableEnumChecker") // decoders hold nothing
  private final Decoder decoder;

  DataType(int code, int bytes, Decoder decoder) {
    this.code = code;
    this.bytes = bytes;
    this.decoder = decoder;
  }

  /** The number that stands for the datatype in a header. */
  public int code() {
    return code;
  }

  /** Bytes per voxel. */
  public int bytes() {
    return bytes;
  }

  /**
   * Takes {@code count} values from a buffer, in the buffer's byte order. A 64-bit integer beyond
   * 2⁵³ is rounded to the nearest double.
   */
  void decode(ByteBuffer from, double[] to, int count) {
    decoder.decode(from, to, count);
  }

  /**
   * The datatype that a header names.
   *
   * @throws InputRefusedException {@code colour}, {@code complex} or {@code unsupported-datatype}
   */
  static DataType of(int code) throws InputRefusedException {
    for (DataType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw switch (code) {
      case 128, 2304 ->
          new InputRefusedException(
              "colour",
              ("The voxels are colours (datatype %d, %s), not HU. Export the CT itself, not a"
                      + " picture of it.")
                  .formatted(code, code == 128 ? "RGB" : "RGBA"));
      case 32, 1792, 2048 ->
          new InputRefusedException(
              "complex",
              "The voxels are complex numbers (datatype %d); a CT has one real number per voxel."
                  .formatted(code));
      default ->
          new InputRefusedException(
              "unsupported-datatype",
              ("The header's datatype is %d%s. Convert the file to int16 (4) or float32 (16);"
                      + " integers of 8 to 64 bits and floats of 32 or 64 bits can be read.")
                  .formatted(code, code == 1536 ? " (float128)" : ""));
    };
  }

  private static double unsignedToDouble(long v) {
    return v >= 0 ? v : ((v >>> 1) | (v & 1)) * 2.0;
  }
}
