package org.islet.carry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.islet.format.Sha256;

/**
 * An array of voxels that is kept elsewhere: in pieces, so that several can be written, read and
 * digested at one time.
 *
 * @param name under which it is kept
 * @param length how many voxels it has
 * @param sha256 of each piece, in hexadecimal
 */
record CarriedArray(String name, Kind kind, int length, List<String> sha256) {

  /** A multiple of what a voxel of any kind takes, and of eight of them as bits. */
  private static final int PIECE = 4 << 20;

  /** How voxels are kept: little-endian, those of masks as bits. */
  enum Kind {
    SHORTS(16),
    FLOATS(32),
    BITS(1);

    private final int bits;

    Kind(int bits) {
      this.bits = bits;
    }

    private static Kind of(Object array) {
      return array instanceof short[] ? SHORTS : array instanceof float[] ? FLOATS : BITS;
    }

    private static int length(Object array) {
      return array instanceof short[] s
          ? s.length
          : array instanceof float[] f ? f.length : ((byte[]) array).length;
    }

    private Object array(int length) {
      return switch (this) {
        case SHORTS -> new short[length];
        case FLOATS -> new float[length];
        case BITS -> new byte[length];
      };
    }

    private int perPiece() {
      return PIECE * 8 / bits;
    }

    private long bytes(int length) {
      return ((long) length * bits + 7) / 8;
    }

    private ByteBuffer encoded(Object array, int from, int to) {
      ByteBuffer piece = ByteBuffer.allocate((int) bytes(to - from)).order(ByteOrder.LITTLE_ENDIAN);
      switch (this) {
        case SHORTS -> piece.asShortBuffer().put((short[]) array, from, to - from);
        case FLOATS -> piece.asFloatBuffer().put((float[]) array, from, to - from);
        case BITS -> {
          byte[] voxels = (byte[]) array;
          for (int i = from; i < to; i++) {
            int at = (i - from) >> 3;
            piece.put(at, (byte) (piece.get(at) | voxels[i] << ((i - from) & 7)));
          }
        }
      }
      return piece;
    }

    private void decode(ByteBuffer piece, Object array, int from, int to) {
      piece.order(ByteOrder.LITTLE_ENDIAN);
      switch (this) {
        case SHORTS -> piece.asShortBuffer().get((short[]) array, from, to - from);
        case FLOATS -> piece.asFloatBuffer().get((float[]) array, from, to - from);
        case BITS -> {
          byte[] voxels = (byte[]) array;
          int start = piece.position();
          for (int i = from; i < to; i++) {
            voxels[i] = (byte) (piece.get(start + ((i - from) >> 3)) >> ((i - from) & 7) & 1);
          }
        }
      }
    }
  }

  private static int pieces(Kind kind, int length) {
    return (length + kind.perPiece() - 1) / kind.perPiece();
  }

  /**
   * Keeps an array.
   *
   * @param array {@code short[]} or {@code float[]}, or {@code byte[]} of 0 and 1
   * @throws IOException if it cannot be kept now
   */
  static CarriedArray keep(Object array, CarryPlace place, String name) throws IOException {
    Kind kind = Kind.of(array);
    int length = Kind.length(array);
    int pieces = pieces(kind, length);
    AtomicReferenceArray<String> digests = new AtomicReferenceArray<>(pieces);
    place.keep(
        name,
        pieces,
        PIECE,
        number -> {
          int from = number * kind.perPiece();
          int to = Math.min(length, from + kind.perPiece());
          ByteBuffer piece = kind.encoded(array, from, to);
          digests.set(number, digest(piece));
          return piece;
        });
    return new CarriedArray(
        name, kind, length, IntStream.range(0, pieces).mapToObj(digests::get).toList());
  }

  private static String digest(ByteBuffer piece) {
    return new Sha256().add(piece.duplicate()).toHex();
  }

  /**
   * The array again.
   *
   * @throws CarriedLostException if it is not there any more, or is not what it was
   * @throws IOException if it cannot be had now
   */
  Object get(CarryPlace place) throws IOException {
    Object array = kind.array(length);
    place.give(
        name,
        kind.bytes(length),
        PIECE,
        (number, piece) -> {
          if (!digest(piece).equals(sha256.get(number))) {
            throw new CarriedLostException(
                "What was handed over is not what was kept: its SHA-256 is another.");
          }
          int from = number * kind.perPiece();
          kind.decode(piece, array, from, Math.min(length, from + kind.perPiece()));
        });
    return array;
  }
}
