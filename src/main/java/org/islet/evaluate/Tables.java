package org.islet.evaluate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report as Markdown: the tables of Zhao et al. (2019, tables 1 to 3), and every metric of every
 * mask and box. Shares are in percent.
 */
public final class Tables {

  private static final String NONE = "–";

  private final Report report;
  private final Map<String, String> stages;

  public Tables(Report report) {
    this.report = report;
    this.stages = report.subject().stages().titled();
  }

  /** The whole document; what the models' cards warn of stands at its top. */
  public String document() {
    StringBuilder text = new StringBuilder("# " + report.subject().method() + "\n\n" + warnings());
    text.append(
        "On %s: %d case(s) scored, %d not. %s Shares are in percent; the SD divides by n − 1.\n\n"
            .formatted(
                report.subject().data(),
                report.cases().size(),
                report.problems().size(),
                stagesInWords()));
    text.append("## Table 1: DSC%s\n\n".formatted(report.byFold().size() > 1 ? " by fold" : ""));
    text.append(stagesByFold());
    if (!report.boxes().isEmpty()) {
      text.append("\n## Table 2: the boxes\n\n").append(boxes());
    }
    text.append("\n## Table 3: beside the paper\n\n").append(besideThePaper());
    text.append("\n## Every mask and box\n\n").append(everySlot());
    if (!report.problems().isEmpty()) {
      text.append("\n## Not scored\n\n");
      report.problems().forEach(p -> text.append("- ").append(p).append('\n'));
    }
    return text.toString();
  }

  private String stagesInWords() {
    Stages own = report.subject().stages();
    return own.first()
        .map(slot -> "Stage 1 is the mask `%s`, stage 2 `%s`.".formatted(slot, own.second()))
        .orElse("The result is the mask `%s`.".formatted(own.second()));
  }

  /** What the models' cards warn of, as quotes; nothing if they warn of nothing. */
  public String warnings() {
    return report.warnings().entrySet().stream()
        .map(w -> "> **%s**: %s\n".formatted(w.getKey(), w.getValue()))
        .collect(Collectors.joining(">\n", "", report.warnings().isEmpty() ? "" : "\n"));
  }

  /** A row for each metric of each mask and box. */
  public String everySlot() {
    StringBuilder table =
        new StringBuilder("| | mean ± SD | max | min | n |\n|---|---|---|---|---|\n");
    for (Report.Row row : report.rows()) {
      Metric metric = row.metric();
      String unit = metric.unit().equals("%") ? "" : " (" + metric.unit() + ")";
      Statistics s = report.statistics(metric, row.slot());
      table.append(
          "| %s of %s%s | %s | %d |\n"
              .formatted(metric.title(), row.slot(), unit, cells(metric, s), s.n()));
    }
    return table.toString();
  }

  private String stagesByFold() {
    StringBuilder table = new StringBuilder("| fold | n |");
    stages.keySet().forEach(t -> table.append(" %s: mean ± SD | max | min |".formatted(t)));
    table.append("\n|---|---|").append("---|---|---|".repeat(stages.size())).append('\n');
    for (Map.Entry<String, List<CaseScores>> fold : report.byFold().entrySet()) {
      table.append("| %s | %d |".formatted(fold.getKey(), fold.getValue().size()));
      for (String slot : stages.values()) {
        Statistics s = Report.statistics(fold.getValue(), Metric.DSC, slot);
        table.append(" %s |".formatted(cells(Metric.DSC, s)));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private String boxes() {
    StringBuilder table =
        new StringBuilder("| box | recall: mean ± SD | max | min | IoU: mean ± SD | max | min |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (String box : report.boxes()) {
      table.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  box,
                  cells(Metric.BOX_RECALL, report.statistics(Metric.BOX_RECALL, box)),
                  cells(Metric.BOX_IOU, report.statistics(Metric.BOX_IOU, box))));
    }
    return table.toString();
  }

  private String besideThePaper() {
    StringBuilder table =
        new StringBuilder("| method | data | DSC of stage 1 | DSC of stage 2 |\n");
    table.append("|---|---|---|---|\n");
    Stages own = report.subject().stages();
    table.append(
        "| %s | %s | %s | %s |\n"
            .formatted(
                report.subject().method(),
                report.subject().data(),
                own.first().map(this::meanAndSdOfDsc).orElse(NONE),
                meanAndSdOfDsc(own.second())));
    for (PaperFigures paper : PaperFigures.ALL) {
      table.append(
          "| %s, **quoted** | %s | %s | %s |\n"
              .formatted(
                  paper.method(),
                  paper.data(),
                  Metric.DSC.text(paper.stage1Dsc()),
                  Metric.DSC.text(paper.stage2Dsc())));
    }
    return table
        + "\nQuoted figures are the paper's own, on its own data; nothing here measured them.\n";
  }

  private String meanAndSdOfDsc(String slot) {
    return meanAndSd(Metric.DSC, report.statistics(Metric.DSC, slot));
  }

  private static String cells(Metric metric, Statistics s) {
    return "%s | %s | %s"
        .formatted(meanAndSd(metric, s), metric.text(s.max()), metric.text(s.min()));
  }

  private static String meanAndSd(Metric metric, Statistics s) {
    return metric.text(s.mean()) + " ± " + metric.text(s.sd());
  }
}
