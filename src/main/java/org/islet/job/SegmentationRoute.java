package org.islet.job;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Jar;
import org.islet.store.Job;
import org.islet.volume.Geometry;

/**
 * A route that takes a case from its CT to its mask, as it was when it was opened: until it is
 * closed, neither it nor its models change.
 */
public interface SegmentationRoute extends AutoCloseable {

  /** The pool that every case begins in. */
  String START = Job.START;

  String name();

  /** The SHA-256 of the files that the route is written in, in hexadecimal. */
  String digest();

  /** The slots that its stages may write. */
  List<Slot<?>> slots();

  /** The models that its stages may run, by id ({@code name/version}), each once. */
  List<String> models();

  /** What results say of one of its models. */
  CaseReport.Model describe(String model);

  /** The jars that its stages are from, beside Islet's own, each once. */
  List<Jar> jars();

  /** What the cards of some of its models warn of, by the model's id. */
  default Map<String, String> warnings(Collection<String> ids) {
    Map<String, String> warnings = new TreeMap<>();
    for (String id : ids) {
      Optional.ofNullable(describe(id).warning()).ifPresent(warning -> warnings.put(id, warning));
    }
    return warnings;
  }

  /** How many stages a case passes at the most. */
  int stages();

  /**
   * The Java heap that its slots take on a CT, beside the CT itself, in bytes; boxes are reckoned
   * as around a pancreas.
   *
   * @param ct the grid of the CT as stages see it (RAS)
   */
  long heapBytes(Geometry ct);

  /**
   * The pools whose workers take a case through the route, in order: one more than there are places
   * at which it is handed over.
   */
  default List<String> pools() {
    return List.of(START);
  }

  /**
   * The slots that go with a case to those who run a part of the route, by name.
   *
   * @param part the part's place in {@link #pools}, from 1 on
   */
  default Set<String> handedTo(int part) {
    return Set.of();
  }

  /**
   * Runs every stage of a part of the route.
   *
   * @param part the part's place in {@link #pools}
   * @throws org.islet.stage.StageFailedException if a stage could not do its work
   */
  void run(Case c, int part);

  /**
   * Runs every stage of the route, whoever's pools they are.
   *
   * @throws org.islet.stage.StageFailedException if a stage could not do its work
   */
  default void run(Case c) {
    for (int part = 0; part < pools().size(); part++) {
      run(c, part);
    }
  }

  /** Lets the route and its models go. */
  @Override
  void close();
}
