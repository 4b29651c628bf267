package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.islet.job.CaseReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportJsonTest {

  private static final String WRITTEN = ReportJson.write(Published.report("abc", 216));

  private static CaseReport read(String json) throws IOException {
    return ReportJson.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String changed(Consumer<ObjectNode> change) throws IOException {
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(WRITTEN);
    change.accept(json);
    return json.toString();
  }

  @Test
  void what_was_written_is_read_back() throws IOException {
    CaseReport report = read(WRITTEN);
    assertEquals(WRITTEN, ReportJson.write(report));
    assertEquals(CaseReport.Outcome.DONE, report.outcome());
    assertEquals(Published.GRID, report.input().geometry());
  }

  @Test
  void what_a_later_version_adds_is_passed_over() throws IOException {
    String later =
        changed(
            json -> {
              json.put("new", 1);
              ((ObjectNode) json.get("input")).put("new", 1);
              ((ObjectNode) json.at("/stages/0")).put("new", 1);
              ((ObjectNode) json.at("/jars/0")).put("new", 1);
            });
    assertEquals(WRITTEN, ReportJson.write(read(later)));
  }

  @Test
  void what_is_left_out_where_there_is_none_is_empty() throws IOException {
    assertEquals(List.of(), read(changed(json -> json.remove("jars"))).jars());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema",
        "case",
        "outcome",
        "input",
        "route",
        "models",
        "stages",
        "seconds",
        "mask",
        "boxes",
        "warnings",
        "versions"
      })
  void what_every_report_has_may_not_be_missing(String field) throws IOException {
    String without = changed(json -> json.remove(field));
    assertThrows(IOException.class, () -> read(without));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "7", "{\"case\": \"abc\"", "not json"})
  void what_is_no_report_is_refused(String json) {
    assertThrows(IOException.class, () -> read(json));
  }

  @Test
  void a_report_of_another_schema_or_with_more_behind_it_is_refused() throws IOException {
    String other = changed(json -> json.put("schema", 2));
    assertThrows(IOException.class, () -> read(other));
    assertThrows(IOException.class, () -> read(WRITTEN + "{}"));
  }
}
