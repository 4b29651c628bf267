package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker's sign of life in a folder that it shares with others: a file that it locks and touches.
 * The system lets the lock go when the process ends, however it does; so who looks on the same
 * machine knows at once. On another machine, where locks may not reach, a worker counts as gone
 * when its file was not touched for a lease, by the looker's own clock; so it does where there are
 * no locks.
 */
public final class Presence implements AutoCloseable {

  private static final String ENDING = ".worker";
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final byte[] THERE = "w".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENDED = "was here".getBytes(StandardCharsets.US_ASCII);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int LONGEST_HOST = 60;
  private static final int BOOT_DIGITS = 8;
  private static final String HOST = host() + boot();

  private final Path folder;
  private final String id;
  private final Duration lease;
  private FileChannel channel;
  private final Map<String, Sighting> seen = new HashMap<>();
  private final Map<String, Long> absent = new HashMap<>();

  /** When a worker's file was last touched by its own clock, and since when we know. */
  private record Sighting(FileTime touched, long sinceNanos) {}

  private Presence(Path folder, String id, Duration lease) {
    this.folder = folder;
    this.id = id;
    this.lease = lease;
  }

  /** A name for this worker that no other has: its machine, its process and a random part. */
  public static String newWorker() {
    return "%s.%d.%s"
        .formatted(
            HOST, ProcessHandle.current().pid(), UUID.randomUUID().toString().substring(0, 8));
  }

  private static String host() {
    try {
      String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
      return name.substring(0, Math.min(name.length(), LONGEST_HOST));
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Tells machines of the same name apart, where the system numbers its starts. */
  private static String boot() {
    try {
      return "-" + Files.readString(BOOT).substring(0, BOOT_DIGITS);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Shows that a worker is there, as long as this is open and its process lives.
   *
   * @param folder must be there
   */
  public static Presence announce(Path folder, String worker, Duration lease) throws IOException {
    Presence presence = new Presence(folder, worker, lease);
    presence.show();
    return presence;
  }

  /** Makes the file and locks it; one that was taken away is let go. */
  private void show() throws IOException {
    if (channel != null) {
      channel.close();
    }
    channel =
        FileChannel.open(fileOf(folder, id), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (IOException e) {
      // A file system without locks: touching has to do.
    }
    touch(channel);
  }

  private static void touch(FileChannel channel) {
    try {
      channel.write(ByteBuffer.wrap(THERE), 0);
    } catch (IOException e) {
      // The folder is away, and so are those who look; or its disk is full.
    }
  }

  private static Path fileOf(Path folder, String worker) {
    return folder.resolve("." + worker + ENDING);
  }

  /**
   * Shows once more that the worker is there, also where its file was taken away. It is written to
   * through the channel that has the lock: whatever else opens the file, as setting its time does,
   * lets the lock go when it closes it (POSIX).
   */
  public synchronized void touch() {
    try {
      if (!channel.isOpen()) {
        return;
      }
      if (Files.notExists(fileOf(folder, id)) && Files.isDirectory(folder)) {
        show();
      }
      touch(channel);
    } catch (IOException e) {
      // The folder went away.
    }
  }

  /** Whether a worker showed itself in this folder, and is known to have ended since. */
  public synchronized boolean isGone(String worker) {
    Path file = fileOf(folder, worker);
    if (worker.equals(id) || !Files.exists(file)) {
      return false;
    }
    if (hasEnded(file)) {
      return true;
    }
    return isOfThisHost(worker)
        ? isUnlocked(file).orElseGet(() -> isUntouched(worker, file))
        : isUntouched(worker, file);
  }

  private static boolean hasEnded(Path file) {
    try {
      return Files.size(file) > THERE.length;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a worker never showed itself in this folder, or so long ago that it was forgotten. */
  public boolean isAbsent(String worker) {
    return Files.isDirectory(folder) && Files.notExists(fileOf(folder, worker));
  }

  /**
   * Whether a worker is gone, or was absent for a lease. One that is there may be absent for a
   * moment, when somebody tidies the folder.
   */
  public synchronized boolean isLost(String worker) {
    if (worker.equals(id) || !isAbsent(worker)) {
      absent.remove(worker);
      return isGone(worker);
    }
    long now = System.nanoTime();
    Long since = absent.putIfAbsent(worker, now);
    return since != null && now - since > lease.toNanos();
  }

  private static boolean isOfThisHost(String worker) {
    return worker.startsWith(HOST + ".");
  }

  /** Nothing if the file system knows of no locks. */
  private static Optional<Boolean> isUnlocked(Path file) {
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = other.tryLock()) {
      return Optional.of(lock != null);
    } catch (OverlappingFileLockException e) {
      return Optional.of(false);
    } catch (IOException e) {
      return Optional.empty();
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

  /**
   * Takes away the files of workers that are gone for long: as long as one is there, it says that
   * what its worker had begun is for others to go on with.
   */
  public void tidy() {
    Instant old = Instant.now().minus(KEPT);
    try (var files = Files.newDirectoryStream(folder, ".*" + ENDING)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String worker = name.substring(1, name.length() - ENDING.length());
        if (Files.getLastModifiedTime(file).toInstant().isBefore(old) && isGone(worker)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Somebody else tidies.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows that the worker has ended. */
  @Override
  public synchronized void close() throws IOException {
    try (FileChannel last = channel) {
      if (last.isOpen()) {
        last.write(ByteBuffer.wrap(ENDED), 0);
      }
    }
  }
}
