package org.islet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.islet.store.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CaseOptionsTest {

  @Test
  void a_file_beside_a_ct_may_say_anything_or_nothing() throws RequestRefusedException {
    assertEquals(CaseOptions.NONE, CaseOptions.parse("{}"));
    assertEquals(
        new CaseOptions(
            Optional.of("a".repeat(64)),
            Optional.of("pancreas-fast"),
            Optional.of(Priority.URGENT),
            Optional.of(Instant.parse("2026-03-01T07:30:00.5Z")),
            true),
        CaseOptions.parse(
            """
            {"sha256": "%s", "route": "pancreas-fast", "priority": "urgent",
             "deadline": "2026-03-01T07:30:00.5Z", "force": true}
            """
                .formatted("A".repeat(64))));
  }

  @Test
  void a_byte_order_mark_at_the_beginning_is_skipped_and_one_elsewhere_is_not() throws Exception {
    assertTrue(CaseOptions.parse("\ufeff{\"force\": true}").force());
    for (String json : List.of("{\"force\": \ufefftrue}", "\ufeff\ufeff{}", "\ufeff")) {
      assertThrows(RequestRefusedException.class, () -> CaseOptions.parse(json), json);
    }
  }

  @Test
  void it_is_read_as_strictly_as_a_request() {
    RequestRefusedException e =
        assertThrows(
            RequestRefusedException.class,
            () -> CaseOptions.parse("{\"input\": \"/other\", \"force\": \"no\"}"));
    assertEquals("bad-request", e.code());
    assertTrue(e.getMessage().contains("'input' is no field that is known"), e.getMessage());
    assertTrue(e.getMessage().contains("'force' does not fit"), e.getMessage());
    assertEquals(
        "The file of options is not a JSON object: it must begin with { and end with }.",
        assertThrows(RequestRefusedException.class, () -> CaseOptions.parse("[]")).getMessage());
  }

  @ParameterizedTest
  @MethodSource("notJson")
  void what_is_no_json_is_told_with_its_place_in_plain_words(String json, String told) {
    assertEquals(
        "The file of options is not JSON as it must be " + told,
        assertThrows(RequestRefusedException.class, () -> CaseOptions.parse(json)).getMessage());
  }

  static List<Arguments> notJson() {
    return List.of(
        Arguments.of(
            "{\n",
            "(line 2, column 1): Unexpected end-of-input: expected close marker for Object (start marker at"
                + " line 1, column 1)."),
        Arguments.of(
            "{\"force\": [1}",
            "(line 1, column 13): Unexpected close marker '}': expected ']' (for Array starting at line 1,"
                + " column 11)."),
        Arguments.of(
            "{\n  // soon\n  \"force\": true}",
            "(line 2, column 3): Unexpected character ('/' (code 47)): comments are not taken."),
        Arguments.of("{\"force\": NaN}", "(line 1, column 14): Non-standard token 'NaN'."),
        Arguments.of(
            "{\"force\": +1}",
            "(line 1, column 12): Unexpected character ('+' (code 43)) in numeric value: JSON spec does not"
                + " allow numbers to have plus signs."),
        Arguments.of(
            "{\"force\": true, \"force\": true}", "(line 1, column 24): Duplicate field 'force'."));
  }
}
