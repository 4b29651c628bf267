package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Report REPORT =
      new Report(
          List.of(
              new CaseScores("phantom-0001", new Scores(0.9, 1, 0.8, 2.5, -1.25)),
              new CaseScores("b", new Scores(0.7, 0.5, 0.4, 12, 3))),
          List.of(new Problem("c", "there is no prediction for it.")));
  private static final Report WITHOUT_HD95 =
      new Report(List.of(new CaseScores("a", new Scores(0, 0, 0, Double.NaN, -80))), List.of());

  @Test
  void the_table_has_a_row_for_each_case_and_the_statistics_below() {
    assertEquals(
        """
case                      DSC       box recall          box IoU    HD95 (mm)  volume diff. (ml)
phantom-0001           0.9000           1.0000           0.8000         2.50              -1.25
b                      0.7000           0.5000           0.4000        12.00               3.00
mean ± sd     0.8000 ± 0.1414  0.7500 ± 0.3536  0.6000 ± 0.2828  7.25 ± 6.72        0.88 ± 3.01
max                    0.9000           1.0000           0.8000        12.00               3.00
min                    0.7000           0.5000           0.4000         2.50              -1.25
n                           2                2                2            2                  2""",
        REPORT.toTable());
  }

  @Test
  void the_table_has_decimal_points_in_every_language() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertTrue(REPORT.toTable().contains("0.9000"), REPORT.toTable());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void the_json_has_cases_problems_and_statistics() throws IOException {
    JsonNode json = new ObjectMapper().readTree(REPORT.toJson());
    JsonNode first = json.at("/cases/0");
    assertEquals("phantom-0001", first.get("case").asText());
    assertEquals(0.9, first.get("dsc").asDouble());
    assertEquals(1, first.get("boxRecall").asDouble());
    assertEquals(0.8, first.get("boxIou").asDouble());
    assertEquals(2.5, first.get("hd95Mm").asDouble());
    assertEquals(-1.25, first.get("volumeDifferenceMl").asDouble());
    assertEquals("c", json.at("/problems/0/case").asText());
    assertEquals(0.8, json.at("/summary/dsc/mean").asDouble(), 1e-12);
    assertEquals(Math.sqrt(0.02), json.at("/summary/dsc/sd").asDouble(), 1e-12);
    assertEquals(0.9, json.at("/summary/dsc/max").asDouble());
    assertEquals(0.7, json.at("/summary/dsc/min").asDouble());
    assertEquals(2, json.at("/summary/dsc/n").asInt());
  }

  @Test
  void what_has_no_value_is_null_in_json_and_a_dash_in_the_table() throws IOException {
    JsonNode json = new ObjectMapper().readTree(WITHOUT_HD95.toJson());
    assertTrue(json.at("/cases/0/hd95Mm").isNull());
    assertTrue(json.at("/summary/hd95Mm/mean").isNull());
    assertEquals(0, json.at("/summary/hd95Mm/n").asInt());
    assertTrue(json.at("/summary/dsc/sd").isNull());
    assertEquals(1, json.at("/summary/dsc/n").asInt());
    List<String> lines = WITHOUT_HD95.toTable().lines().toList();
    assertTrue(lines.get(1).matches("a +0\\.0000 +0\\.0000 +0\\.0000 +– +-80\\.00"), lines.get(1));
    assertTrue(lines.get(2).contains("0.0000 ± –"), lines.get(2));
  }
}
