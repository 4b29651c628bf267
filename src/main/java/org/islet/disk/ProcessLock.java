package org.islet.disk;

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
 * A file that one process has for itself, and in that whoever took it. The system lets it go when
 * the process ends, however it ends.
 */
public final class ProcessLock implements AutoCloseable {

  /**
   * The locks that this process has or tries to take. It must not so much as open such a file a
   * second time: closing it again would let the lock go (POSIX).
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private FileChannel channel;

  private ProcessLock(Path file) {
    this.file = file;
  }

  /**
   * Makes a file and takes it.
   *
   * @return nothing if somebody else took it in between
   * @throws java.nio.file.FileAlreadyExistsException if it is there
   * @throws IOException if the file cannot be written, or its file system has no locks
   */
  public static Optional<ProcessLock> make(Path file) throws IOException {
    return take(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Takes a file that is there.
   *
   * @return nothing if somebody has it, here or in another process
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException if the file cannot be written, or its file system has no locks
   */
  public static Optional<ProcessLock> take(Path file) throws IOException {
    return take(file, StandardOpenOption.WRITE);
  }

  /**
   * Takes a file, which is made where it is not there; otherwise as {@link #take}.
   *
   * @return nothing if somebody has it, here or in another process
   */
  public static Optional<ProcessLock> makeOrTake(Path file) throws IOException {
    return take(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static Optional<ProcessLock> take(Path file, OpenOption... how) throws IOException {
    Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    if (!OWN.add(real)) {
      return Optional.empty();
    }
    ProcessLock lock = new ProcessLock(real);
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
    } catch (OverlappingFileLockException e) { // somebody who does not use this class has it
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
      OWN.remove(file);
    }
  }
}
