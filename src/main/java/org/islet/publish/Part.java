package org.islet.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.islet.disk.Disk;
import org.islet.disk.ProcessLock;

/**
 * A hidden folder in which a result is written before it appears: {@code .parts/NAME}, with {@code
 * .parts/NAME.lock} beside it as long as it is there. What a process that was killed leaves of them
 * is cleared away by others, who can take its lock then.
 */
final class Part implements AutoCloseable {

  /** The folder of all parts; it is there only as long as a part is. */
  private static final String PARTS = ".parts";

  private static final String LOCK = ".lock";

  private final Path folder;
  private final ProcessLock lock;

  private Part(Path folder, ProcessLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes a part of a result.
   *
   * @param root where the result will be
   */
  static Part make(Path root) throws IOException {
    Path parts = root.resolve(PARTS);
    while (true) {
      makeFolder(parts);
      Path folder = parts.resolve(UUID.randomUUID().toString());
      try {
        Optional<ProcessLock> lock = ProcessLock.make(lockOf(folder));
        if (lock.isPresent()) {
          return new Part(folder, lock.get()).filled();
        }
      } catch (NoSuchFileException e) {
        // The part that was the last one until now took the folder of all parts with it.
      }
    }
  }

  /** A file of that name, too, is left for the lock to fail in. */
  private static void makeFolder(Path parts) throws IOException {
    try {
      Files.createDirectory(parts);
    } catch (FileAlreadyExistsException e) {
      // Others are at work.
    }
  }

  private Part filled() throws IOException {
    try {
      Files.createDirectory(folder);
      return this;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static Path lockOf(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  Path folder() {
    return folder;
  }

  /** Deletes what is left of the part; what cannot be deleted now is left as abandoned. */
  @Override
  public void close() throws IOException {
    try (lock) {
      delete(folder);
    } catch (IOException | UncheckedIOException e) {
      // What is left is abandoned once the lock is let go.
    }
    deleteIfEmpty(folder.getParent());
  }

  private static void delete(Path folder) throws IOException {
    Disk.delete(folder);
    Files.deleteIfExists(lockOf(folder));
  }

  private static void deleteIfEmpty(Path parts) throws IOException {
    try {
      Files.deleteIfExists(parts);
    } catch (DirectoryNotEmptyException e) {
      // Others are at work.
    }
  }

  /**
   * Deletes the parts that nobody writes any more; those that cannot be deleted stay.
   *
   * @param root where results are; it may be missing
   */
  static void clearAbandoned(Path root) throws IOException {
    Path parts = root.resolve(PARTS);
    for (Path folder : foldersIn(parts)) {
      clear(folder);
    }
    deleteIfEmpty(parts);
  }

  private static List<Path> foldersIn(Path parts) throws IOException {
    try (Stream<Path> files = Files.list(parts)) {
      return files
          .map(f -> f.getFileName().toString())
          .map(n -> n.endsWith(LOCK) ? n.substring(0, n.length() - LOCK.length()) : n)
          .distinct()
          .map(parts::resolve)
          .toList();
    } catch (NoSuchFileException | UncheckedIOException e) { // the latter if it goes meanwhile
      return List.of();
    }
  }

  private static void clear(Path folder) {
    Path lockFile = lockOf(folder);
    try {
      if (!Files.exists(lockFile)) { // a part that is written has it from before to after
        Disk.delete(folder);
        return;
      }
      Optional<ProcessLock> lock = ProcessLock.take(lockFile);
      if (lock.isPresent()) {
        new Part(folder, lock.get()).close();
      }
    } catch (IOException | UncheckedIOException e) {
      // It ended meanwhile, or somebody else clears it away, or it cannot be deleted.
    }
  }
}
