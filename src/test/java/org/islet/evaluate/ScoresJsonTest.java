package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScoresJsonTest {

  private static JsonNode json(Report report) throws IOException {
    return new ObjectMapper().readTree(ScoresJson.of(report));
  }

  @Test
  void has_what_was_evaluated_and_what_the_models_warn_of() throws IOException {
    JsonNode json = json(Reports.ROUTE);
    assertEquals(1, json.at("/schema").asInt());
    assertEquals("Route r", json.at("/method").asText());
    assertEquals("nih", json.at("/data").asText());
    assertEquals("coarse-full", json.at("/stage1").asText());
    assertEquals("mask", json.at("/stage2").asText());
    assertEquals("Only phantoms.", json.at("/warnings/coarse~11").asText());
    assertEquals("d", json.at("/problems/0/case").asText());
    assertEquals("it failed.", json.at("/problems/0/reason").asText());
  }

  @Test
  void has_each_mask_and_box_of_each_case_and_takes_what_was_not_found_for_empty()
      throws IOException {
    JsonNode json = json(Reports.ROUTE);
    JsonNode a = json.at("/cases/0");
    assertEquals("a", a.get("case").asText());
    assertEquals(1, a.get("fold").asInt());
    assertEquals(0.9, a.at("/masks/mask/dsc").asDouble());
    assertEquals(2.5, a.at("/masks/mask/hd95Mm").asDouble());
    assertEquals(0.625, a.at("/masks/mask/asdMm").asDouble());
    assertEquals(-2, a.at("/masks/mask/volumeDifferenceMl").asDouble());
    assertEquals(1, a.at("/masks/mask/isolatedFalsePositives").asDouble());
    assertEquals(0.25, a.at("/masks/mask/isolatedFalsePositivesMl").asDouble());
    assertEquals(0.5, a.at("/boxes/box-1/boxIou").asDouble());
    assertEquals(2, a.at("/boxes/box-1").size());
    JsonNode c = json.at("/cases/2");
    assertEquals(0, c.at("/masks/mask/dsc").asDouble());
    assertTrue(c.at("/masks/mask/hd95Mm").isNull());
    assertEquals(-80, c.at("/masks/mask/volumeDifferenceMl").asDouble());
    assertEquals(0, c.at("/boxes/box-1/boxRecall").asDouble());
  }

  @Test
  void has_the_statistics_of_each_metric_of_each_slot() throws IOException {
    JsonNode json = json(Reports.PREDICTIONS);
    JsonNode dsc = json.at("/summary/prediction/dsc");
    assertEquals(0.8, dsc.get("mean").asDouble(), 1e-12);
    assertEquals(Math.sqrt(0.02), dsc.get("sd").asDouble(), 1e-12);
    assertEquals(0.9, dsc.get("max").asDouble());
    assertEquals(0.7, dsc.get("min").asDouble());
    assertEquals(2, dsc.get("n").asInt());
    assertEquals(1, json.at("/summary/prediction/asdMm/mean").asDouble());
    assertEquals(0.75, json.at("/summary/prediction/boxRecall/mean").asDouble());
    assertTrue(json.at("/cases/0/fold").isNull());
    assertTrue(json.at("/stage1").isNull());
  }

  @Test
  void what_has_no_value_is_null_and_not_counted() throws IOException {
    JsonNode json = json(Reports.NOTHING_FOUND);
    assertTrue(json.at("/cases/0/masks/prediction/hd95Mm").isNull());
    assertTrue(json.at("/summary/prediction/hd95Mm/mean").isNull());
    assertEquals(0, json.at("/summary/prediction/hd95Mm/n").asInt());
    assertTrue(json.at("/summary/prediction/dsc/sd").isNull());
    assertEquals(1, json.at("/summary/prediction/dsc/n").asInt());
  }

  @Test
  void has_both_stages_of_each_fold_and_the_quoted_figures() throws IOException {
    JsonNode json = json(Reports.ROUTE);
    assertEquals("0", json.at("/folds/0/fold").asText());
    assertEquals(0.6, json.at("/folds/0/stage1/mean").asDouble());
    assertEquals(0.45, json.at("/folds/1/stage2/mean").asDouble(), 1e-12);
    assertEquals("all", json.at("/folds/2/fold").asText());
    assertEquals(3, json.at("/folds/2/stage2/n").asInt());
    assertEquals(0.8191, json.at("/quoted/0/stage1Dsc").asDouble());
    assertEquals(0.8599, json.at("/quoted/0/stage2Dsc").asDouble());
  }
}
