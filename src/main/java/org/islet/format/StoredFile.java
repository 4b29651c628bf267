package org.islet.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file read once from its first byte to its last, inflated where it begins as gzip does, whatever
 * it is called.
 */
final class StoredFile implements Closeable {

  private static final int SCRATCH = 1 << 16;

  private final String name;
  private final ReadableByteChannel bytes;
  private final long length;
  private final boolean compressed;
  private final long maxInflatedBytes;
  private long position;

  private StoredFile(FileChannel file, String name, long maxInflatedBytes) throws IOException {
    this.name = name;
    this.length = file.size();
    this.compressed = isGzip(file);
    this.maxInflatedBytes = maxInflatedBytes;
    this.bytes = compressed ? new GunzipChannel(file, maxInflatedBytes) : file;
  }

  /**
   * @param name what messages call the file, such as {@code image file (.img)}
   * @param maxInflatedBytes the most that gzip may inflate to
   * @throws InputRefusedException {@code unreadable} where it is a folder or may not be read,
   *     {@code not-nifti} where it is empty
   * @throws InputUnreachableException where it cannot be opened
   */
  static StoredFile open(Path path, String name, long maxInflatedBytes) throws IOException {
    if (Files.isDirectory(path)) {
      throw new InputRefusedException(
          "unreadable", "A folder was given where a NIfTI file was expected.");
    }
    FileChannel file = opened(path, name);
    try {
      if (file.size() == 0) {
        throw new InputRefusedException(
            "not-nifti", "The %s is empty. Copy or export it again.".formatted(name));
      }
      return new StoredFile(file, name, maxInflatedBytes);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Messages of what is thrown by the system hold the file's name, so it becomes no cause. */
  private static FileChannel opened(Path path, String name) throws IOException {
    try {
      return FileChannel.open(path);
    } catch (AccessDeniedException e) {
      throw new InputRefusedException(
          "unreadable", "The %s may not be read. Let whoever runs Islet read it.".formatted(name));
    } catch (IOException e) {
      throw new InputUnreachableException(
          "The %s cannot be opened (%s). Check that it is there and that its drive is."
              .formatted(name, e.getClass().getSimpleName()),
          null);
    }
  }

  private static boolean isGzip(FileChannel file) throws IOException {
    ByteBuffer two = ByteBuffer.allocate(2);
    return file.read(two, 0) == 2 && Short.toUnsignedInt(two.getShort(0)) == GunzipChannel.MAGIC;
  }

  /**
   * Checks, before anything is allocated, that the file can hold what its header announces.
   *
   * @param expected the file's length in bytes after inflating, by its header
   * @throws InputRefusedException {@code truncated}, {@code size-mismatch}, {@code absurd-header}
   *     or {@code inflates-too-far}
   */
  void requireLength(long expected) throws InputRefusedException {
    if (!compressed) {
      if (length < expected) {
        throw truncated(length, expected);
      }
      if (length > expected) {
        throw tooLong(length, expected);
      }
    } else if (expected / GunzipChannel.MOST_PER_BYTE > length) {
      throw new InputRefusedException(
          "absurd-header",
          ("The header announces %d bytes, but a gzip file of %d bytes cannot inflate to more than"
                  + " %d: the header is damaged or the file is cut short. Export it again.")
              .formatted(expected, length, length * GunzipChannel.MOST_PER_BYTE));
    } else if (expected > maxInflatedBytes) {
      throw new InputRefusedException(
          "inflates-too-far",
          ("The gzip file inflates to %d bytes by its header, but at most %d are allowed here."
                  + " Check the image's size, or allow more.")
              .formatted(expected, maxInflatedBytes));
    }
  }

  /**
   * Fills a buffer up to its limit.
   *
   * @param expected the file's length in bytes after inflating, for the message
   * @throws InputRefusedException {@code truncated} if the file ends before, and what gzip throws
   */
  void fill(ByteBuffer to, long expected) throws IOException {
    int start = to.position();
    try {
      while (to.hasRemaining()) {
        if (bytes.read(to) < 0) {
          throw new EOFException("The file ends.");
        }
      }
      position += to.position() - start;
    } catch (EOFException e) {
      throw truncated(position + to.position() - start, expected);
    }
  }

  /** Reads and forgets bytes up to a place that lies ahead. */
  void skipTo(long place, long expected) throws IOException {
    ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);
    while (position < place) {
      scratch.clear().limit((int) Math.min(SCRATCH, place - position));
      fill(scratch, expected);
    }
  }

  /**
   * Reads on to the file's end, so that gzip's checksum is verified.
   *
   * @throws InputRefusedException {@code size-mismatch} if there are more bytes, {@code truncated}
   *     if gzip's last bytes are missing
   */
  void requireEnd() throws IOException {
    if (!compressed) {
      return;
    }
    long expected = position;
    ByteBuffer scratch = ByteBuffer.allocate(SCRATCH);
    try {
      for (int count = 0; count >= 0; count = bytes.read(scratch.clear())) {
        position += count;
      }
    } catch (EOFException e) {
      throw new InputRefusedException(
          "truncated",
          ("All %d bytes that the header announces are there, but the gzip file ends before its"
                  + " checksum. Copy or export it again.")
              .formatted(expected));
    }
    if (position > expected) {
      throw tooLong(position, expected);
    }
  }

  private InputRefusedException truncated(long actual, long expected) {
    return new InputRefusedException(
        "truncated",
        "The %s is cut short: it %s %d of %d bytes, so %d are missing. Copy or export it again."
            .formatted(name, holds(), actual, expected, expected - actual));
  }

  private InputRefusedException tooLong(long actual, long expected) {
    return new InputRefusedException(
        "size-mismatch",
        ("The %s %s %d bytes, but its header announces %d: %d are left over. The header does not"
                + " belong to these voxels; export the image again.")
            .formatted(name, holds(), actual, expected, actual - expected));
  }

  private String holds() {
    return compressed ? "inflates to" : "holds";
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
