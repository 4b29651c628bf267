package org.islet.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The scores of several cases. A score without a value is not in the statistics, whose n says how
 * many cases they are over.
 *
 * @param cases the cases that were scored
 * @param problems the cases that could not be
 */
public record Report(Subject subject, List<CaseScores> cases, List<Problem> problems) {

  /** The key of {@link #byFold} for all cases together. */
  static final String ALL = "all";

  /** What a report tells of one slot. */
  record Row(Metric metric, String slot) {}

  /** The masks of the stages, and those that were found in at least one case, by slot. */
  Set<String> masks() {
    Set<String> masks = slots(c -> c.masks().keySet());
    masks.addAll(subject.stages().titled().values());
    return masks;
  }

  /** The boxes that the method may find, or found, by slot. */
  Set<String> boxes() {
    Set<String> boxes = slots(c -> c.boxes().keySet());
    boxes.addAll(subject.boxes());
    return boxes;
  }

  private Set<String> slots(Function<CaseScores, Collection<String>> of) {
    Set<String> slots = new TreeSet<>();
    cases.forEach(c -> slots.addAll(of.apply(c)));
    return slots;
  }

  /**
   * All that is told: each metric of each mask; those of boxes of each box, or of the masks' own
   * boxes where there are no others.
   */
  List<Row> rows() {
    Set<String> masks = masks();
    Set<String> boxes = boxes().isEmpty() ? masks : boxes();
    List<Row> rows = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      (metric.isOfBoxes() ? boxes : masks).forEach(slot -> rows.add(new Row(metric, slot)));
    }
    return rows;
  }

  /** The statistics of a metric of a slot over all cases. */
  public Statistics statistics(Metric metric, String slot) {
    return statistics(cases, metric, slot);
  }

  static Statistics statistics(List<CaseScores> cases, Metric metric, String slot) {
    return Statistics.of(values(cases, metric, slot));
  }

  /** A metric of a slot in each case. */
  static double[] values(List<CaseScores> cases, Metric metric, String slot) {
    return cases.stream().mapToDouble(c -> c.value(metric, slot)).toArray();
  }

  /** The cases of each fold by its number, and all of them together as {@link #ALL}. */
  Map<String, List<CaseScores>> byFold() {
    Map<Integer, List<CaseScores>> folds = new TreeMap<>();
    for (CaseScores c : cases) {
      subject
          .foldOf(c.name())
          .ifPresent(fold -> folds.computeIfAbsent(fold, f -> new ArrayList<>()).add(c));
    }
    Map<String, List<CaseScores>> titled = new LinkedHashMap<>();
    folds.forEach((fold, members) -> titled.put(fold.toString(), members));
    titled.put(ALL, cases);
    return titled;
  }

  /** What the cards of the models that had a part warn of, by the model's id. */
  public Map<String, String> warnings() {
    Map<String, String> warnings = new TreeMap<>();
    cases.forEach(c -> warnings.putAll(c.warnings()));
    return warnings;
  }
}
