package org.islet.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A report as one JSON object; {@code docs/evaluate.md} explains it to its readers. Shares are 0 to
 * 1; what has no value is {@code null}.
 */
public final class ScoresJson {

  /** The version of the form. */
  private static final int SCHEMA = 1;

  private final Report report;
  private final Stages stages;

  private ScoresJson(Report report) {
    this.report = report;
    this.stages = report.subject().stages();
  }

  /** The report, indented. */
  public static String of(Report report) {
    return new ScoresJson(report).document().toPrettyString();
  }

  private ObjectNode document() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", SCHEMA);
    json.put("method", report.subject().method());
    json.put("data", report.subject().data());
    ObjectNode warnings = json.putObject("warnings");
    report.warnings().forEach(warnings::put);
    json.put("stage1", stages.first().orElse(null)).put("stage2", stages.second());
    cases(json.putArray("cases"));
    ArrayNode problems = json.putArray("problems");
    report
        .problems()
        .forEach(p -> problems.addObject().put("case", p.name()).put("reason", p.reason()));
    ObjectNode summary = json.putObject("summary");
    for (Report.Row row : report.rows()) {
      Statistics s = report.statistics(row.metric(), row.slot());
      put(summary.withObjectProperty(row.slot()), row.metric().key(), s);
    }
    folds(json.putArray("folds"));
    quoted(json.putArray("quoted"));
    return json;
  }

  private void cases(ArrayNode json) {
    for (CaseScores c : report.cases()) {
      ObjectNode node = json.addObject().put("case", c.name());
      node.put("fold", report.subject().foldOf(c.name()).orElse(null));
      ObjectNode masks = node.putObject("masks");
      report.masks().forEach(slot -> scores(masks.putObject(slot), c, slot, metric -> true));
      ObjectNode boxes = node.putObject("boxes");
      report.boxes().forEach(slot -> scores(boxes.putObject(slot), c, slot, Metric::isOfBoxes));
    }
  }

  private static void scores(ObjectNode json, CaseScores c, String slot, Predicate<Metric> told) {
    Arrays.stream(Metric.values())
        .filter(told)
        .forEach(metric -> put(json, metric.key(), c.value(metric, slot)));
  }

  private void folds(ArrayNode json) {
    for (Map.Entry<String, List<CaseScores>> fold : report.byFold().entrySet()) {
      ObjectNode node = json.addObject().put("fold", fold.getKey());
      stages.first().ifPresent(slot -> put(node, "stage1", dsc(fold.getValue(), slot)));
      put(node, "stage2", dsc(fold.getValue(), stages.second()));
    }
  }

  private static Statistics dsc(List<CaseScores> cases, String slot) {
    return Report.statistics(cases, Metric.DSC, slot);
  }

  private static void quoted(ArrayNode json) {
    for (PaperFigures paper : PaperFigures.ALL) {
      json.addObject()
          .put("method", paper.method())
          .put("data", paper.data())
          .put("stage1Dsc", paper.stage1Dsc())
          .put("stage2Dsc", paper.stage2Dsc());
    }
  }

  private static void put(ObjectNode json, String key, Statistics s) {
    ObjectNode node = json.putObject(key);
    put(node, "mean", s.mean());
    put(node, "sd", s.sd());
    put(node, "max", s.max());
    put(node, "min", s.min());
    node.put("n", s.n());
  }

  private static void put(ObjectNode json, String key, double value) {
    json.put(key, Double.isNaN(value) ? null : (Double) value);
  }
}
