package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells CTs that are complete from those that are still being written. Without markers, a CT is
 * complete when several looks in a row, over some time by our own clock, have found the same sizes
 * and times of change; what these times are does not matter.
 */
final class Sightings {

  /**
   * When a CT counts as complete.
   *
   * @param marked only when a marker lies beside it
   * @param looks how many in a row must have found the same
   * @param age how long before the last of these the first must have been
   */
  record Rule(boolean marked, int looks, Duration age) {}

  private final Rule rule;
  private Map<Path, Sighting> seen = new HashMap<>();

  private record Sighting(List<Long> sizes, List<FileTime> times, int looks, long sinceNanos) {

    Sighting after(Sighting before) {
      boolean same = before != null && sizes.equals(before.sizes) && times.equals(before.times);
      return same ? new Sighting(sizes, times, before.looks + 1, before.sinceNanos) : this;
    }
  }

  Sightings(Rule rule) {
    this.rule = rule;
  }

  /** Those of the CTs that are there which are complete. */
  List<Path> complete(List<Path> cts) {
    if (rule.marked()) {
      return cts.stream()
          .filter(ct -> Files.isRegularFile(Arrivals.markerOf(ct), LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
    long now = System.nanoTime();
    Map<Path, Sighting> current = new HashMap<>();
    List<Path> complete = new ArrayList<>();
    for (Path ct : cts) {
      Optional<Sighting> sighting = look(ct, now).map(s -> s.after(seen.get(ct)));
      sighting.ifPresent(s -> current.put(ct, s));
      if (sighting.filter(s -> isComplete(s, now)).isPresent()) {
        complete.add(ct);
      }
    }
    seen = current;
    return complete;
  }

  private boolean isComplete(Sighting s, long now) {
    return s.looks() >= rule.looks() && now - s.sinceNanos() >= rule.age().toNanos();
  }

  private static Optional<Sighting> look(Path ct, long now) {
    List<Long> sizes = new ArrayList<>();
    List<FileTime> times = new ArrayList<>();
    try {
      for (Path file : Arrivals.groupOf(ct)) {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        sizes.add(attributes.size());
        times.add(attributes.lastModifiedTime());
      }
      return Optional.of(new Sighting(sizes, times, 1, now));
    } catch (IOException e) { // gone meanwhile, or not to be looked at
      return Optional.empty();
    }
  }
}
