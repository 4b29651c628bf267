package org.islet.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The scores of several cases and their statistics. A score without a value is {@code null} in
 * JSON, "–" in the table, and not in the statistics, whose n says how many cases they are over.
 *
 * @param cases the cases that were scored
 * @param problems the cases that could not be
 */
public record Report(List<CaseScores> cases, List<Problem> problems) {

  /** The statistics of each metric over the cases. */
  public Map<Metric, Statistics> summary() {
    Map<Metric, Statistics> summary = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      double[] values = cases.stream().mapToDouble(c -> metric.of(c.scores())).toArray();
      summary.put(metric, Statistics.of(values));
    }
    return summary;
  }

  /** The report as one JSON object with {@code cases}, {@code problems} and {@code summary}. */
  public String toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    var casesJson = json.putArray("cases");
    for (CaseScores c : cases) {
      ObjectNode node = casesJson.addObject().put("case", c.name());
      for (Metric metric : Metric.values()) {
        put(node, metric.key(), metric.of(c.scores()));
      }
    }
    var problemsJson = json.putArray("problems");
    problems.forEach(p -> problemsJson.addObject().put("case", p.name()).put("reason", p.reason()));
    ObjectNode summaryJson = json.putObject("summary");
    summary()
        .forEach(
            (metric, s) -> {
              ObjectNode node = summaryJson.putObject(metric.key());
              put(node, "mean", s.mean());
              put(node, "sd", s.sd());
              put(node, "max", s.max());
              put(node, "min", s.min());
              node.put("n", s.n());
            });
    return json.toPrettyString();
  }

  /**
   * The report as an aligned table: a row for each case, then mean ± sd, maximum, minimum and n.
   */
  public String toTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("case", Metric::heading));
    for (CaseScores c : cases) {
      rows.add(row(c.name(), metric -> number(metric, metric.of(c.scores()))));
    }
    Map<Metric, Statistics> summary = summary();
    rows.add(row("mean ± sd", metric -> meanAndSd(metric, summary.get(metric))));
    rows.add(row("max", metric -> number(metric, summary.get(metric).max())));
    rows.add(row("min", metric -> number(metric, summary.get(metric).min())));
    rows.add(row("n", metric -> Integer.toString(summary.get(metric).n())));
    return aligned(rows);
  }

  private static void put(ObjectNode node, String key, double value) {
    node.put(key, Double.isNaN(value) ? null : (Double) value);
  }

  private static List<String> row(String name, Function<Metric, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    for (Metric metric : Metric.values()) {
      row.add(cell.apply(metric));
    }
    return row;
  }

  private static String number(Metric metric, double value) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, "%." + metric.decimals() + "f", value);
  }

  private static String meanAndSd(Metric metric, Statistics s) {
    return number(metric, s.mean()) + " ± " + number(metric, s.sd());
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
