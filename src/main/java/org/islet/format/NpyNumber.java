package org.islet.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A kind of floating-point number (IEEE 754) that a NumPy array may hold. */
enum NpyNumber {
  FLOAT16("f2", 2) {
    @Override
    float next(ByteBuffer from) {
      return ofHalf(from.getShort());
    }
  },
  FLOAT32("f4", 4) {
    @Override
    float next(ByteBuffer from) {
      return from.getFloat();
    }
  },
  FLOAT64("f8", 8) {
    @Override
    float next(ByteBuffer from) {
      return (float) from.getDouble();
    }
  };

  private final String code;
  private final int bytes;

  NpyNumber(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The kind with a code of NumPy's, such as {@code f4}, without its byte order. */
  static Optional<NpyNumber> of(String code) {
    return Arrays.stream(values()).filter(number -> number.code.equals(code)).findFirst();
  }

  /** The length of one number. */
  int bytes() {
    return bytes;
  }

  /** The next number of a buffer, which is in the array's byte order. */
  abstract float next(ByteBuffer from);

  private static float ofHalf(short half) {
    int sign = half >> 15 == 0 ? 1 : -1;
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0x1f) {
      return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return exponent == 0
        ? sign * Math.scalb((float) fraction, -24)
        : sign * Math.scalb((float) (0x400 | fraction), exponent - 25);
  }
}
