package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.islet.store.JobStore;
import org.jboss.logging.Logger;

/**
 * Whether doors take requests in now: not while an operator has shut them, nor while the disk is
 * all but full, or results could not be put anywhere. What waits outside is taken in when they open
 * again.
 */
public final class Gate {

  private static final Logger LOG = Logger.getLogger(Gate.class);

  /** By how much more than it must there has to be free before doors open again, in percent. */
  private static final int MARGIN = 10;

  /** Of sizes, by their bytes: the largest first. */
  private static final SortedMap<Long, String> UNITS =
      new TreeMap<>(Map.of(1L, "bytes", 1L << 10, "KiB", 1L << 20, "MiB")).descendingMap();

  /** As many of a unit tell a size to a tenth, which is as closely as doors look. */
  private static final int ENOUGH_OF_A_UNIT = 10;

  private final JobStore store;
  private final List<Path> disks;
  private final long minFree;
  private final Supplier<Optional<String>> results;
  private final Map<String, String> said = new ConcurrentHashMap<>();
  private final Map<String, String> outOfOrder = new ConcurrentHashMap<>();
  private volatile boolean full;

  /**
   * @param disks folders that must be there, on disks that must have room
   * @param minFree in bytes, on each
   * @param results why results cannot be put where they go, as a sentence
   */
  public Gate(JobStore store, List<Path> disks, long minFree, Supplier<Optional<String>> results) {
    this.store = store;
    this.disks = List.copyOf(disks);
    this.minFree = minFree;
    this.results = results;
  }

  /** Why a door is shut, as a sentence; nothing if it is open. Changes are logged. */
  public Optional<String> shut(String door) {
    Optional<String> why =
        lackOfDisk().or(results).or(() -> store.pauses().reason(door).map(Gate::byOperator));
    String before = said.getOrDefault(door, "");
    String now = why.orElse("");
    if (now.isEmpty() && !before.isEmpty()) {
      LOG.infof("the %s takes requests in again", door);
    } else if (!now.isEmpty() && before.isEmpty()) {
      LOG.warnf("the %s takes nothing in: %s", door, now);
    }
    said.put(door, now);
    return why;
  }

  /** Takes down why a door can take nothing in of itself, as a sentence, until it is in order. */
  public void outOfOrder(String door, String why) {
    outOfOrder.put(door, why);
  }

  /** Takes down that a door works; it may be shut all the same. */
  public void inOrder(String door) {
    outOfOrder.remove(door);
  }

  /** Why doors take nothing in, as they were last asked about or told of, by door. */
  public Map<String, String> shutDoors() {
    Map<String, String> shut = new TreeMap<>(said);
    shut.values().removeIf(String::isEmpty);
    shut.putAll(outOfOrder);
    return shut;
  }

  private static String byOperator(String reason) {
    return "it was paused (%s); ./islet resume opens it".formatted(reason);
  }

  /** Why nothing can be put where it goes, as a sentence; a disk that is full is no reason. */
  Optional<String> lackOfPlaces() {
    return missing().or(results);
  }

  private Optional<String> missing() {
    return disks.stream()
        .filter(disk -> !Files.isDirectory(disk))
        .findFirst()
        .map(disk -> "the folder '%s' is not there".formatted(disk.getFileName()));
  }

  private Optional<String> lackOfDisk() {
    Optional<String> missing = missing();
    if (missing.isPresent()) {
      return missing;
    }
    try {
      long free = free();
      full = free < (full ? minFree + minFree / 100 * MARGIN : minFree);
      long unit = unit();
      return full
          ? Optional.of(
              "only %d %s of disk are free, and %d must be (islet.intake.min-free)"
                  .formatted(free / unit, UNITS.get(unit), minFree / unit))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "the disk cannot be looked at (%s)".formatted(FailureText.withoutNames(e)));
    }
  }

  /** The largest unit in which the watermark can be told well. */
  private long unit() {
    return UNITS.keySet().stream()
        .filter(unit -> minFree / unit >= ENOUGH_OF_A_UNIT)
        .findFirst()
        .orElse(1L);
  }

  /** What is free on the disk that has least. */
  private long free() throws IOException {
    long least = Long.MAX_VALUE;
    for (Path disk : disks) {
      least = Math.min(least, Files.getFileStore(disk).getUsableSpace());
    }
    return least;
  }
}
