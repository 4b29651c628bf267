package org.islet.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: under a hidden name first, and then renamed. */
public final class WholeFile {

  private WholeFile() {}

  /** What a file will hold. */
  public interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  /**
   * Writes a file, and its folder where there is none; what was there before is replaced.
   *
   * @throws IOException if it could not be, as when the disk is full; what was there stays
   */
  public static void write(Path file, Content content) throws IOException {
    Path part = part(file);
    try {
      Files.createDirectories(part.getParent());
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      if (Files.exists(part)) { // it was not renamed
        Files.delete(part);
      }
    }
  }

  /**
   * Writes bytes as {@link #write(Path, Content)} does.
   *
   * @throws IOException if they could not be, as when the disk is full; what was there stays
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(
        file,
        channel -> {
          ByteBuffer left = ByteBuffer.wrap(bytes);
          while (left.hasRemaining()) {
            channel.write(left);
          }
        });
  }

  /**
   * Writes text as UTF-8, as {@link #write(Path, Content)} does.
   *
   * @throws IOException if it could not be, as when the disk is full; what was there stays
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The hidden file; two processes that write the same file do so apart. */
  public static Path part(Path file) {
    return file.toAbsolutePath()
        .resolveSibling(".%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()));
  }

  /** The sentence for whoever can make room, where a file could not be written. */
  public static IOException failure(Path file, IOException cause) {
    return new IOException(
        "%s could not be written (%s). %d MiB are free on its disk; make room, or choose another folder."
            .formatted(file, reason(cause), free(file)),
        cause);
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f) {
      return f.getReason() == null ? e.getClass().getSimpleName() : f.getReason();
    }
    return e.getMessage();
  }

  private static long free(Path file) {
    return file.toAbsolutePath().getParent().toFile().getUsableSpace() >> 20;
  }
}
