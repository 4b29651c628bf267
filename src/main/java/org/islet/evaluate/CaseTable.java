package org.islet.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A report as an aligned table for a terminal: the result's row for each case, then mean ± sd,
 * maximum, minimum and n.
 */
public final class CaseTable {

  private CaseTable() {}

  /** The table of the report's result, that is, of its last stage. */
  public static String of(Report report) {
    String slot = report.subject().stages().second();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("case", Metric::plainHeading));
    for (CaseScores c : report.cases()) {
      rows.add(row(c.name(), metric -> metric.plainText(c.value(metric, slot))));
    }
    Function<Metric, Statistics> summary = metric -> report.statistics(metric, slot);
    rows.add(row("mean ± sd", metric -> meanAndSd(metric, summary.apply(metric))));
    rows.add(row("max", metric -> metric.plainText(summary.apply(metric).max())));
    rows.add(row("min", metric -> metric.plainText(summary.apply(metric).min())));
    rows.add(row("n", metric -> Integer.toString(summary.apply(metric).n())));
    return aligned(rows);
  }

  private static List<String> row(String name, Function<Metric, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Metric metric : Metric.values()) {
      row.add(cell.apply(metric));
    }
    return row;
  }

  private static String meanAndSd(Metric metric, Statistics s) {
    return metric.plainText(s.mean()) + " ± " + metric.plainText(s.sd());
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> aligned(row, widths)).collect(Collectors.joining("\n"));
  }

  private static String aligned(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(row.get(0));
    line.append(" ".repeat(widths[0] - line.length()));
    for (int column = 1; column < widths.length; column++) {
      String cell = row.get(column);
      line.append("  ").append(" ".repeat(widths[column] - cell.length())).append(cell);
    }
    return line.toString();
  }
}
