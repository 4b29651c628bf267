package org.islet.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a gzip file (RFC 1952) of one or more members, inflated as they are read, up to a
 * limit. Checksums and lengths are verified at the end of each member. Zeros after the last member
 * are padding; anything else there is refused.
 *
 * <p>{@link #read} throws an {@link EOFException} where the file ends inside a member, and an
 * {@link InputRefusedException} {@code damaged-gzip} or {@code inflates-too-far}.
 */
final class GunzipChannel implements ReadableByteChannel {

  /** No deflate stream holds more than this many times its own length (zlib's FAQ). */
  static final int MOST_PER_BYTE = 1032;

  /** The first two bytes of a gzip file. */
  static final int MAGIC = 0x1f8b;

  private static final int BUFFER = 1 << 16;

  private final ReadableByteChannel compressed;
  private final long limit;
  private final ByteBuffer input =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private long inflated;
  private boolean insideMember;
  private boolean ended;

  /**
   * @param compressed a gzip file from its first byte
   * @param limit the most bytes that may come out
   */
  GunzipChannel(ReadableByteChannel compressed, long limit) {
    this.compressed = compressed;
    this.limit = limit;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    int before = to.position();
    while (!ended && to.hasRemaining() && to.position() == before) {
      if (!insideMember) {
        ended = !startMember();
      } else if (inflater.finished()) {
        endMember();
      } else {
        inflate(to);
      }
    }
    int count = to.position() - before;
    return count == 0 && ended ? -1 : count;
  }

  private void inflate(ByteBuffer to) throws IOException {
    if (inflater.needsInput()) {
      require(1);
      inflater.setInput(input);
    }
    int start = to.position();
    try {
      inflater.inflate(to);
    } catch (DataFormatException e) {
      throw damaged("after %d inflated bytes (%s)".formatted(inflated, e.getMessage()));
    }
    if (inflater.needsDictionary()) {
      throw damaged("after %d inflated bytes (it asks for a dictionary)".formatted(inflated));
    }
    inflated += to.position() - start;
    checksum.update(to.duplicate().flip().position(start));
    if (inflated > limit) {
      throw new InputRefusedException(
          "inflates-too-far",
          ("The gzip file inflates to more than %d bytes, the most that is allowed here. Check"
                  + " what it holds, or allow more.")
              .formatted(limit));
    }
  }

  /** Reads a member's header, or finds that there is no further member. */
  private boolean startMember() throws IOException {
    if (!skipPadding()) {
      return false;
    }
    if (next(2) != Short.toUnsignedInt(Short.reverseBytes((short) MAGIC)) || next(1) != 8) {
      throw damaged("after its last member: what follows is not gzip");
    }
    int flags = (int) next(1);
    next(4);
    next(2);
    if ((flags & 4) != 0) {
      for (long extra = next(2); extra > 0; extra--) {
        next(1);
      }
    }
    for (int text = flags & (8 | 16); text != 0; text &= text - 1) {
      long letter;
      do {
        letter = next(1);
      } while (letter != 0);
    }
    if ((flags & 2) != 0) {
      next(2);
    }
    inflater.reset();
    checksum.reset();
    insideMember = true;
    return true;
  }

  private void endMember() throws IOException {
    long expected = next(4);
    if (expected != checksum.getValue()) {
      throw damaged(
          "since its checksum is %08x, but its bytes give %08x"
              .formatted(expected, checksum.getValue()));
    }
    long length = next(4);
    if (length != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw damaged(
          "since it says that it holds %d bytes, but holds %d"
              .formatted(length, inflater.getBytesWritten()));
    }
    insideMember = false;
  }

  /** Steps over zeros; false if nothing else follows. */
  private boolean skipPadding() throws IOException {
    while (input.hasRemaining() || refill()) {
      if (input.get(input.position()) != 0) {
        return true;
      }
      input.get();
    }
    return false;
  }

  /** The next 1, 2 or 4 bytes as an unsigned number, least significant byte first. */
  private long next(int bytes) throws IOException {
    require(bytes);
    return switch (bytes) {
      case 1 -> Byte.toUnsignedLong(input.get());
      case 2 -> Short.toUnsignedLong(input.getShort());
      default -> Integer.toUnsignedLong(input.getInt());
    };
  }

  private void require(int bytes) throws IOException {
    while (input.remaining() < bytes) {
      if (!refill()) {
        throw new EOFException("The gzip file ends inside a member.");
      }
    }
  }

  private boolean refill() throws IOException {
    input.compact();
    int count = compressed.read(input);
    input.flip();
    return count > 0;
  }

  private static InputRefusedException damaged(String where) {
    return new InputRefusedException(
        "damaged-gzip", "The gzip file is damaged " + where + ". Copy or export it again.");
  }

  @Override
  public boolean isOpen() {
    return compressed.isOpen();
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
