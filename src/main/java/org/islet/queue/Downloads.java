package org.islet.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.format.InputUnreachableException;
import org.islet.request.RequestRefusedException;

/** Inputs that were fetched: each is whole, and none is larger than it may be. */
final class Downloads {

  private static final Pattern ENDING = Pattern.compile("(?i)\\.(nii\\.gz|nii)$");

  private final Path folder;
  private final long maxBytes;

  Downloads(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  void requireAtMost(long bytes) throws RequestRefusedException {
    if (bytes > maxBytes) {
      throw new RequestRefusedException(
          "too-large",
          "'input' has more than %d bytes, which is the most that is downloaded."
              .formatted(maxBytes));
    }
  }

  /**
   * Saves what is sent.
   *
   * @param ending of the new file's name
   * @param end of the patience with the sender, by {@link System#nanoTime}
   */
  Path save(InputStream body, String ending, long end) throws RequestRefusedException, IOException {
    CompletableFuture.delayedExecutor(end - System.nanoTime(), TimeUnit.NANOSECONDS)
        .execute(() -> close(body));
    Files.createDirectories(folder);
    String name = UUID.randomUUID().toString();
    Path part = folder.resolve(name + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        copy(body, out);
      }
      return Files.move(part, folder.resolve(name + ending), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void copy(InputStream body, OutputStream out)
      throws RequestRefusedException, IOException {
    byte[] buffer = new byte[64 << 10];
    long total = 0;
    for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
      total += n;
      requireAtMost(total);
      out.write(buffer, 0, n);
    }
  }

  private static int read(InputStream body, byte[] buffer) throws InputUnreachableException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // nobody reads it any more
    }
  }

  /** The ending that NIfTI files have, of a path that has one; else the plain one. */
  static String ending(String path) {
    Matcher ending = ENDING.matcher(path);
    return ending.find() ? ending.group().toLowerCase(Locale.ROOT) : ".nii";
  }

  static InputUnreachableException unreachable(Exception e) {
    return new InputUnreachableException(
        "'input' cannot be got from its server now (%s).".formatted(e.getClass().getSimpleName()),
        e);
  }
}
