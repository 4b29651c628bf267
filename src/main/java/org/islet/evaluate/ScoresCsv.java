package org.islet.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A report as CSV (RFC 4180): a row for each mask and each box of each case, shares as 0 to 1, and
 * nothing where there is no value.
 */
final class ScoresCsv {

  private ScoresCsv() {}

  static String of(Report report) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("case", "fold", "slot", "kind"));
    for (Metric metric : Metric.values()) {
      head.add(metric.key());
    }
    rows.add(head);
    for (CaseScores c : report.cases()) {
      String fold = report.subject().foldOf(c.name()).map(String::valueOf).orElse("");
      report.masks().forEach(slot -> rows.add(row(c, fold, slot, "mask")));
      report.boxes().forEach(slot -> rows.add(row(c, fold, slot, "box")));
    }
    return rows.stream()
        .map(r -> r.stream().map(ScoresCsv::quoted).collect(Collectors.joining(",")))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> row(CaseScores c, String fold, String slot, String kind) {
    List<String> row = new ArrayList<>(List.of(c.name(), fold, slot, kind));
    for (Metric metric : Metric.values()) {
      boolean told = kind.equals("mask") || metric.isOfBoxes();
      double value = told ? c.value(metric, slot) : Double.NaN;
      row.add(Double.isNaN(value) ? "" : Double.toString(value));
    }
    return row;
  }

  private static String quoted(String field) {
    return field.matches("[^\",\\r\\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
