package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A worker's sign of life in a folder that it shares with others: a file that it locks and touches.
 * The system lets the lock go when the process ends, however it does; so who looks on the same
 * machine knows at once. On another machine, where locks may not reach, a worker counts as gone
 * when its file was not touched for a lease, by the looker's own clock.
 */
public final class Presence implements AutoCloseable {

  private static final String ENDING = ".worker";
  private static final String HOST = host();

  private final Path folder;
  private final String id;
  private final Duration lease;
  private final FileChannel channel;
  private final Map<String, Sighting> seen = new HashMap<>();

  /** When a worker's file was last touched by its own clock, and since when we know. */
  private record Sighting(FileTime touched, long sinceNanos) {}

  private Presence(Path folder, String id, Duration lease, FileChannel channel) {
    this.folder = folder;
    this.id = id;
    this.lease = lease;
    this.channel = channel;
  }

  /** A name for this worker that no other has: its machine, its process and a random part. */
  public static String newWorker() {
    return "%s.%d.%s"
        .formatted(
            HOST, ProcessHandle.current().pid(), UUID.randomUUID().toString().substring(0, 8));
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /**
   * Shows that a worker is there, as long as this is open and its process lives.
   *
   * @param folder must be there
   */
  public static Presence announce(Path folder, String worker, Duration lease) throws IOException {
    FileChannel channel =
        FileChannel.open(
            fileOf(folder, worker), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (IOException e) {
      // A file system without locks: touching has to do.
    }
    return new Presence(folder, worker, lease, channel);
  }

  private static Path fileOf(Path folder, String worker) {
    return folder.resolve("." + worker + ENDING);
  }

  /** Shows once more that the worker is there. */
  public void touch() {
    try {
      Files.setLastModifiedTime(fileOf(folder, id), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // The folder is away; so are those who look.
    }
  }

  /** Whether a worker showed itself in this folder, and is known to have ended since. */
  public synchronized boolean isGone(String worker) {
    Path file = fileOf(folder, worker);
    if (worker.equals(id) || !Files.exists(file)) {
      return false;
    }
    return isOfThisHost(worker) ? isUnlocked(file) : isUntouched(worker, file);
  }

  /** Whether a worker took its sign of life away, or never showed itself in this folder. */
  public boolean isAbsent(String worker) {
    return Files.isDirectory(folder) && !Files.exists(fileOf(folder, worker));
  }

  private static boolean isOfThisHost(String worker) {
    return worker.startsWith(HOST + ".");
  }

  private static boolean isUnlocked(Path file) {
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = other.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean isUntouched(String worker, Path file) {
    try {
      FileTime touched = Files.getLastModifiedTime(file);
      Sighting before = seen.get(worker);
      if (before == null || !before.touched().equals(touched)) {
        seen.put(worker, new Sighting(touched, System.nanoTime()));
        return false;
      }
      return System.nanoTime() - before.sinceNanos() > lease.toNanos();
    } catch (IOException e) {
      return false;
    }
  }

  /** Takes away the files of workers that are gone. */
  public void tidy() {
    try (var files = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String worker = name.substring(1, name.length() - ENDING.length());
        if (isGone(worker)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(fileOf(folder, id));
    channel.close();
  }
}
