package org.islet.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.islet.format.WholeFile;

/**
 * A report as files: {@code tables.md}, {@code scores.csv}, {@code scores.json} and a box plot of
 * each metric ({@code dsc.svg}, …). Files of these names are overwritten.
 */
public final class ReportFolder {

  public static final String TABLES = "tables.md";
  public static final String CSV = "scores.csv";
  public static final String JSON = "scores.json";

  private static final String NOTICE = "Research software, not a medical device. ";

  private ReportFolder() {}

  /**
   * A picture that lies in the folder.
   *
   * @param file its name
   * @param caption what is to be seen
   */
  public record Picture(String file, String caption) {}

  /**
   * Writes the files.
   *
   * @param pictures of single cases, which the document shows below the tables
   */
  public static void write(Report report, List<Picture> pictures, Path folder) throws IOException {
    List<Picture> plots = writePlots(report, folder);
    WholeFile.write(folder.resolve(CSV), ScoresCsv.of(report));
    WholeFile.write(folder.resolve(JSON), ScoresJson.of(report) + "\n");
    WholeFile.write(
        folder.resolve(TABLES),
        new Tables(report).document()
            + section("Box plots", plots)
            + section("The cases with the lowest DSC", pictures));
  }

  private static List<Picture> writePlots(Report report, Path folder) throws IOException {
    Map<Metric, Map<String, double[]>> groups = new EnumMap<>(Metric.class);
    for (Report.Row row : report.rows()) {
      Metric metric = row.metric();
      double[] values = Report.values(report.cases(), metric, row.slot());
      for (int i = 0; i < values.length; i++) {
        values[i] = metric.inUnit(values[i]);
      }
      groups.computeIfAbsent(metric, m -> new LinkedHashMap<>()).put(row.slot(), values);
    }
    String warnings =
        report.warnings().values().stream().distinct().collect(Collectors.joining(" "));
    List<Picture> plots = new ArrayList<>();
    for (Map.Entry<Metric, Map<String, double[]>> plot : groups.entrySet()) {
      Metric metric = plot.getKey();
      String title = "%s (%s)".formatted(metric.title(), metric.unit());
      String file = metric.file() + ".svg";
      WholeFile.write(folder.resolve(file), BoxPlot.svg(title, plot.getValue(), NOTICE + warnings));
      plots.add(new Picture(file, title));
    }
    return plots;
  }

  private static String section(String title, List<Picture> pictures) {
    return pictures.stream()
        .map(p -> "%s:\n\n![%s](%s)\n".formatted(p.caption(), p.caption(), p.file()))
        .collect(
            Collectors.joining("\n", pictures.isEmpty() ? "" : "\n## %s\n\n".formatted(title), ""));
  }
}
