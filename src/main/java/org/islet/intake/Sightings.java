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
 * and times of change; what these times are does not matter. With markers, it is complete when it
 * has its own. Half of a pair waits longer, for the other half and for the marker of that.
 */
final class Sightings {

  /**
   * When a CT counts as complete.
   *
   * @param marked only when a marker lies beside it
   * @param looks how many in a row must have found the same
   * @param age how long before the last of these the first must have been
   * @param halfAge the same for a {@code .hdr} or {@code .img} that has no other half, or where
   *     only one of them is marked
   */
  record Rule(boolean marked, int looks, Duration age, Duration halfAge) {}

  /** What a look found of a file. */
  record Look(long size, FileTime modified) {

    static Look of(BasicFileAttributes attributes) {
      return new Look(attributes.size(), attributes.lastModifiedTime());
    }
  }

  /** A complete CT, as the last look found it. */
  record Complete(Path ct, Look look) {}

  private final Rule rule;
  private Map<Path, Sighting> seen = new HashMap<>();

  /**
   * @param looks at the files of a CT
   * @param changes when the system noted their last change, whatever they say themselves
   */
  private record Sighting(
      List<Path> files, List<Look> looks, List<Object> changes, int count, long sinceNanos) {

    Sighting after(Sighting before) {
      boolean same =
          before != null
              && files.equals(before.files)
              && looks.equals(before.looks)
              && changes.equals(before.changes);
      return same ? new Sighting(files, looks, changes, before.count + 1, before.sinceNanos) : this;
    }
  }

  Sightings(Rule rule) {
    this.rule = rule;
  }

  /** Those of the CTs that are there which are complete. */
  List<Complete> complete(Arrivals arrivals) {
    long now = System.nanoTime();
    Map<Path, Sighting> current = new HashMap<>();
    List<Complete> complete = new ArrayList<>();
    List<Path> cts = arrivals.cts();
    for (Path ct : rule.marked() ? cts.stream().filter(arrivals::isMarked).toList() : cts) {
      Optional<Sighting> sighting = look(ct, arrivals, now).map(s -> s.after(seen.get(ct)));
      sighting.ifPresent(s -> current.put(ct, s));
      if (sighting.filter(s -> isComplete(s, arrivals, now)).isPresent()) {
        complete.add(new Complete(ct, sighting.get().looks().get(0)));
      }
    }
    seen = current;
    return complete;
  }

  private boolean isComplete(Sighting s, Arrivals arrivals, long now) {
    Path ct = s.files().get(0);
    boolean isHalf = arrivals.isHalf(ct);
    if (isHalf && arrivals.otherHalfIsUnderWay(ct)) {
      return false;
    }
    if (!isHalf && rule.marked() && arrivals.isMarkedAsWhole(ct)) {
      return true;
    }
    Duration age = isHalf || rule.marked() ? rule.halfAge() : rule.age();
    return s.count() >= rule.looks() && now - s.sinceNanos() >= age.toNanos();
  }

  private static Optional<Sighting> look(Path ct, Arrivals arrivals, long now) {
    List<Path> files = arrivals.groupOf(ct);
    List<Look> looks = files.stream().map(file -> Look.of(arrivals.attributes(file))).toList();
    try {
      List<Object> changes = new ArrayList<>();
      for (Path file : files) {
        changes.add(change(file));
      }
      return Optional.of(new Sighting(files, looks, changes, 1, now));
    } catch (IOException e) { // gone meanwhile, or not to be looked at
      return Optional.empty();
    }
  }

  private static Object change(Path file) throws IOException {
    try {
      return Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
    } catch (UnsupportedOperationException e) { // a system that does not note it
      return FileTime.fromMillis(0);
    }
  }
}
