package org.islet.carry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.disk.Disk;

/**
 * A folder as such a place. What is in it need not survive a power failure: a case whose slots are
 * lost begins again.
 *
 * @param root made when something is kept
 */
public record CarryFolder(Path root) implements CarryPlace {

  @Override
  public void keep(String name, int pieces, int pieceBytes, Pieces content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      inParallel(
          pieces,
          number -> {
            ByteBuffer piece = content.get(number);
            for (long at = (long) number * pieceBytes; piece.hasRemaining(); ) {
              at += channel.write(piece, at);
            }
          });
    }
  }

  @Override
  public void give(String name, long bytes, int pieceBytes, Taker taker) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
      if (channel.size() != bytes) {
        throw new CarriedLostException(
            "What was handed over has %d bytes, but had %d.".formatted(channel.size(), bytes));
      }
      inParallel(
          Math.toIntExact((bytes + pieceBytes - 1) / pieceBytes),
          number -> {
            long from = (long) number * pieceBytes;
            taker.take(number, read(channel, from, (int) Math.min(pieceBytes, bytes - from)));
          });
    } catch (NoSuchFileException e) {
      if (!Files.isDirectory(root)) {
        throw e; // away, with all that is in it
      }
      throw new CarriedLostException("What was handed over is not there any more.");
    }
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(length);
    while (piece.hasRemaining()) {
      if (channel.read(piece, from + piece.position()) < 0) {
        throw new CarriedLostException("What was handed over ends too early.");
      }
    }
    return piece.flip();
  }

  private interface Work {
    void on(int number) throws IOException;
  }

  private static void inParallel(int pieces, Work work) throws IOException {
    try {
      IntStream.range(0, pieces)
          .parallel()
          .forEach(
              number -> {
                try {
                  work.on(number);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void forget(String first) throws IOException {
    Disk.delete(root.resolve(first));
  }

  @Override
  public Map<String, Instant> kept() throws IOException {
    Map<String, Instant> kept = new HashMap<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.toList()) {
        kept.put(folder.getFileName().toString(), Files.getLastModifiedTime(folder).toInstant());
      }
    } catch (NoSuchFileException e) {
      return Map.of(); // nothing was ever kept, or it went meanwhile
    }
    return kept;
  }
}
