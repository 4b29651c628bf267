package org.islet.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lock of a part: a file that is locked as long as its process works on the part. The system
 * lets it go when the process ends, however it ends.
 */
final class PartLock implements AutoCloseable {

  /**
   * The locks that this process has or tries to take. It must not so much as open such a file a
   * second time: closing it again would let the lock go (POSIX).
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private FileChannel channel;

  private PartLock(Path file) {
    this.file = file;
  }

  /** Makes the lock of a new part; nothing if somebody takes the part for an abandoned one. */
  static Optional<PartLock> make(Path file) throws IOException {
    return take(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Takes the lock of an abandoned part; nothing if somebody has it. */
  static Optional<PartLock> take(Path file) throws IOException {
    return take(file, StandardOpenOption.WRITE);
  }

  private static Optional<PartLock> take(Path file, OpenOption... how) throws IOException {
    if (!OWN.add(file.getFileName())) {
      return Optional.empty();
    }
    PartLock lock = new PartLock(file);
    boolean taken = false;
    try {
      taken = lock.isTaken(how);
      return taken ? Optional.of(lock) : Optional.empty();
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  /** Whoever had the lock before may have deleted its file meanwhile: then it guards nothing. */
  private boolean isTaken(OpenOption... how) throws IOException {
    channel = FileChannel.open(file, how);
    try {
      return channel.tryLock() != null && Files.exists(file);
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Lets the lock go. */
  @Override
  public void close() throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      OWN.remove(file.getFileName());
    }
  }
}
