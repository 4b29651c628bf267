package org.islet.intake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.islet.job.FailureText;
import org.islet.job.Troubles;
import org.islet.store.JobStore;
import org.jboss.logging.Logger;

/**
 * Clears away the oldest CTs that are done and the oldest results, where limits are set for them. A
 * result goes as a whole, and not before the record has forgotten where it is, so the same CT is
 * segmented again. Links are not followed, and nothing outside of these folders is touched.
 */
public final class Retention implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final String MANIFEST = "manifest.json";

  /** What a result is called while it is being deleted. */
  private static final String GONE = ".gone-";

  private final JobStore store;
  private final Supplier<Set<Path>> done;
  private final Limits doneLimits;
  private final Path results;
  private final Limits resultLimits;
  private final Troubles troubles = new Troubles();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Retention::thread);

  /**
   * How much is kept.
   *
   * @param age for how long at the most
   * @param bytes how much at the most
   */
  public record Limits(Optional<Duration> age, Optional<Long> bytes) {

    /** No limits. */
    public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());

    private boolean areSet() {
      return age.isPresent() || bytes.isPresent();
    }

    private boolean exceeds(Item oldest, long total, Instant now) {
      return age.filter(most -> oldest.since().plus(most).isBefore(now)).isPresent()
          || bytes.filter(most -> total > most).isPresent();
    }
  }

  /** What is kept or goes together. */
  private record Item(List<Path> files, Instant since, long bytes) {}

  /** Deletes something; false if it has to stay. */
  private interface Deletion {
    boolean delete(Item item) throws IOException;
  }

  /**
   * @param done the folders of CTs that are done
   * @param results the folder of results
   */
  public Retention(
      JobStore store,
      Supplier<Set<Path>> done,
      Limits doneLimits,
      Path results,
      Limits resultLimits) {
    this.store = store;
    this.done = done;
    this.doneLimits = doneLimits;
    this.results = results;
    this.resultLimits = resultLimits;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-retention");
    thread.setDaemon(true);
    return thread;
  }

  /** Sweeps now and then from now on, if there is a limit. */
  public Retention start() {
    if (doneLimits.areSet() || resultLimits.areSet()) {
      var unused =
          timer.scheduleWithFixedDelay(
              this::sweepOrTell, FIRST.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
    }
    return this;
  }

  private void sweepOrTell() {
    try {
      sweep();
    } catch (IOException | RuntimeException e) {
      tell(e);
    }
  }

  private void tell(Exception e) {
    String trouble = FailureText.withoutNames(e);
    if (troubles.isNews(trouble)) {
      LOG.warnf("something old could not be cleared away: %s", trouble);
    }
  }

  /** Clears away what exceeds the limits now. */
  void sweep() throws IOException {
    Cleared cts = new Cleared();
    for (Path folder : done.get()) {
      if (doneLimits.areSet() && Files.isDirectory(folder)) {
        clear(cts(folder), doneLimits, item -> isDeleted(item, folder), cts);
      }
    }
    Cleared cases = new Cleared();
    if (resultLimits.areSet() && Files.isDirectory(results)) {
      deleteHalfDeleted();
      clear(results(), resultLimits, this::isDeleted, cases);
    }
    if (cts.count + cases.count > 0) {
      LOG.infof(
          "cleared away by islet.retention: %d CT(s) of 'done' (%d MiB), %d result(s) (%d MiB)",
          cts.count, cts.bytes >> 20, cases.count, cases.bytes >> 20);
    }
  }

  /** What a sweep has cleared away. */
  private static final class Cleared {
    private int count;
    private long bytes;
  }

  private void clear(List<Item> items, Limits limits, Deletion deletion, Cleared cleared) {
    Instant now = Instant.now();
    long total = items.stream().mapToLong(Item::bytes).sum();
    for (Item item : items.stream().sorted(Comparator.comparing(Item::since)).toList()) {
      if (limits.exceeds(item, total, now) && isCleared(item, deletion)) {
        total -= item.bytes();
        cleared.count++;
        cleared.bytes += item.bytes();
      }
    }
  }

  private boolean isCleared(Item item, Deletion deletion) {
    try {
      return deletion.delete(item);
    } catch (IOException e) {
      tell(e);
      return false;
    }
  }

  // -------------------------------------------------------------------- CTs

  private static List<Item> cts(Path folder) throws IOException {
    Arrivals arrivals = Arrivals.in(folder);
    List<Item> items = new ArrayList<>();
    Set<Path> grouped = new HashSet<>();
    for (Path ct : arrivals.cts()) {
      List<Path> group = arrivals.groupOf(ct).stream().filter(grouped::add).toList();
      items.add(new Item(group, since(ct), bytes(group, arrivals)));
    }
    for (Path options : arrivals.loneOptions()) {
      items.add(new Item(List.of(options), since(options), bytes(List.of(options), arrivals)));
    }
    return items;
  }

  private static long bytes(List<Path> files, Arrivals arrivals) {
    return files.stream().mapToLong(file -> arrivals.attributes(file).size()).sum();
  }

  /** When a file was moved here, where the system notes it: its own time is that of the scanner. */
  private static Instant since(Path file) throws IOException {
    try {
      return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
          .toInstant();
    } catch (UnsupportedOperationException e) {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (NoSuchFileException e) { // somebody else was quicker
      return Instant.MAX.minus(Duration.ofDays(365_000));
    }
  }

  private static boolean isDeleted(Item item, Path folder) throws IOException {
    for (Path file : item.files()) {
      Files.deleteIfExists(file);
      deleteEmpty(file.getParent(), folder);
    }
    return true;
  }

  private static void deleteEmpty(Path subfolder, Path folder) throws IOException {
    try {
      for (Path each = subfolder; !each.equals(folder); each = each.getParent()) {
        Files.deleteIfExists(each);
      }
    } catch (DirectoryNotEmptyException e) {
      // It is still in use.
    }
  }

  // ---------------------------------------------------------------- results

  private List<Item> results() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path folder : foldersIn(results)) {
      Path manifest = folder.resolve(MANIFEST);
      if (!isHidden(folder) && Files.isRegularFile(manifest, LinkOption.NOFOLLOW_LINKS)) {
        Instant since = Files.getLastModifiedTime(manifest).toInstant();
        items.add(new Item(List.of(folder), since, bytes(folder)));
      }
    }
    return items;
  }

  private static List<Path> foldersIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static boolean isHidden(Path folder) {
    return folder.getFileName().toString().startsWith(".");
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          bytes += Files.size(file);
        }
      }
      return bytes;
    }
  }

  private boolean isDeleted(Item item) throws IOException {
    Path folder = item.files().get(0);
    String caseId = folder.getFileName().toString();
    if (!store.releaseResult(caseId)) {
      return false;
    }
    Path gone = folder.resolveSibling(GONE + caseId);
    Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
    delete(gone);
    return true;
  }

  /** What a sweep left that came to no end. */
  private void deleteHalfDeleted() throws IOException {
    for (Path folder : foldersIn(results)) {
      if (folder.getFileName().toString().startsWith(GONE)) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
            Files.delete(each);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
