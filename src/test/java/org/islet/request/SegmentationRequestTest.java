package org.islet.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.store.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentationRequestTest {

  private static final String DIGEST = "0123456789ABCDEF".repeat(4);
  private static final String PLAIN = "{\"version\":1,\"id\":\"a\",\"input\":\"/in/ct.nii.gz\"}";

  private static SegmentationRequest parse(String body) throws RequestRefusedException {
    return SegmentationRequest.parse(body, Map.of());
  }

  private static RequestRefusedException refusal(String body) {
    RequestRefusedException e =
        assertThrows(RequestRefusedException.class, () -> parse(body), body);
    assertEquals("bad-request", e.code());
    return e;
  }

  /** The plain request with one more field, or another value of one. */
  private static String with(String field, String value) {
    String others = PLAIN.replaceFirst(",?\"%s\":[^,}]+".formatted(field), "").substring(1);
    return "{\"%s\":%s%s%s".formatted(field, value, others.startsWith(",") ? "" : ",", others);
  }

  @Test
  void the_least_request_is_an_id_and_an_input() throws RequestRefusedException {
    assertEquals(
        new SegmentationRequest("a", "/in/ct.nii.gz", Optional.empty(), CaseOptions.NONE, false),
        parse(PLAIN));
  }

  @Test
  void all_fields_are_read() throws RequestRefusedException {
    SegmentationRequest request =
        parse(
            """
            {"version": 1, "id": "order 7 / é", "input": "https://pacs.example/ct.nii.gz?n=1",
             "sha256": "%s", "route": "pancreas-two-stage", "priority": "off-peak",
             "deadline": "2026-03-01T08:30:00+01:00", "reply": "queue:my.replies", "force": true}
            """
                .formatted(DIGEST));
    assertEquals(
        new SegmentationRequest(
            "order 7 / é",
            "https://pacs.example/ct.nii.gz?n=1",
            Optional.of("queue:my.replies"),
            new CaseOptions(
                Optional.of(DIGEST.toLowerCase(java.util.Locale.ROOT)),
                Optional.of("pancreas-two-stage"),
                Optional.of(Priority.OFF_PEAK),
                Optional.of(Instant.parse("2026-03-01T07:30:00Z")),
                true),
            false),
        request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "version  | 2",
        "version  | \"1\"",
        "version  | true",
        "id       | \"\"",
        "id       | 7",
        "id       | \"a\\n\"",
        "id       | \"a\\u0000\"",
        "input    | \"ct.nii.gz\"",
        "input    | \"file:///etc/passwd\"",
        "input    | \"ftp://host/ct.nii\"",
        "input    | \"/in/a\\nb\"",
        "sha256   | \"0123\"",
        "route    | \"a?b=c\"",
        "route    | \"../a\"",
        "route    | \"a\\n\"",
        "priority | \"now\"",
        "priority | 1",
        "deadline | \"tomorrow\"",
        "deadline | \"2026-03-01T08:30:00\"",
        "deadline | \"2026-02-30T08:30:00Z\"",
        "deadline | \"2016-12-31T23:59:60Z\"",
        "reply    | \"jms:queue:a\"",
        "reply    | \"a?timeToLive=1\"",
        "reply    | \"queue:queue:a\"",
        "reply    | \"activemq/..\"",
        "reply    | \"\"",
        "force    | \"yes\"",
        "force    | null",
      })
  void a_field_that_does_not_fit_is_named(String field, String value) {
    String sentence = refusal(with(field, value)).getMessage();
    assertTrue(sentence.startsWith("'%s' ".formatted(field)), sentence);
  }

  @Test
  void an_input_may_be_an_object() throws RequestRefusedException {
    assertEquals("s3://cts/a b.nii", parse(with("input", "\"s3://cts/a b.nii\"")).input());
    assertEquals(
        RequestRefusedException.BAD_REQUEST, refusal(with("input", "\"gs://cts/a.nii\"")).code());
  }

  @Test
  void a_sentence_says_what_was_expected() {
    assertEquals(
        "'priority' does not fit: how soon the case is wanted: urgent, routine or off-peak.",
        refusal(with("priority", "\"now\"")).getMessage());
    assertEquals(
        "'input' is missing: where the CT is: an absolute path of a file that Islet may read, an"
            + " http or https address, or an object as s3://BUCKET/KEY, of up to 4096 characters.",
        refusal("{\"version\":1,\"id\":\"a\"}").getMessage());
    assertEquals(
        "'prority' is no field that is known; did you mean 'priority'? There are: version, id,"
            + " input, reply, sha256, route, priority, deadline, force.",
        refusal(with("prority", "\"urgent\"")).getMessage());
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    String sentences = refusal("{\"id\":\"a\",\"force\":1}").getMessage();
    assertTrue(sentences.contains("'version' is missing"), sentences);
    assertTrue(sentences.contains("'input' is missing"), sentences);
    assertTrue(sentences.contains("'force' does not fit"), sentences);
  }

  @Test
  void what_is_long_or_not_for_eyes_does_not_get_into_a_sentence() {
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i < 500; i++) {
      many.append("\"\\u001b[31m\\n").append("x".repeat(90)).append(i).append("\":1,");
    }
    String sentences = refusal(many.append("\"id\":\"a\"}").toString()).getMessage();
    assertTrue(sentences.length() < 3000, () -> sentences.length() + " characters");
    assertFalse(sentences.chars().anyMatch(Character::isISOControl), sentences);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{} {}",
        "{}x",
        "{\"version\":1,\"version\":1}",
        "{\"version\":NaN}",
        "{'version':1}",
        "{\"version\":1,}",
        "{\"version\":1/**/}",
        "\uFEFF{}",
        "<request/>",
      })
  void what_is_no_strict_json_object_is_refused(String body) {
    assertTrue(refusal(body).getMessage().startsWith("The request is not "), body);
  }

  @Test
  void a_bomb_is_refused_before_it_goes_off() {
    String digits = "9".repeat(1_000);
    assertTrue(refusal(with("version", digits)).getMessage().contains("not JSON as it must be"));
    refusal(with("version", "1e999999999"));
    refusal(with("x", "[".repeat(30_000) + "]".repeat(30_000)));
    assertEquals(
        "The request has 70002 characters; at most 65536 are taken.",
        refusal("{" + " ".repeat(70_000) + "}").getMessage());
  }

  @Test
  void a_refusal_knows_the_id_and_the_reply_address_where_those_fit() {
    RequestRefusedException known =
        refusal("{\"version\":9,\"id\":\"a\",\"input\":\"/x\",\"reply\":\"r\"}");
    assertEquals(Optional.of("a"), known.requestId());
    assertEquals(Optional.of("r"), known.reply());
    RequestRefusedException unknown =
        refusal("{\"version\":1,\"id\":\"a\\n\",\"input\":\"/x\",\"reply\":\"r?a=b\"}");
    assertEquals(Optional.empty(), unknown.requestId());
    assertEquals(Optional.empty(), unknown.reply());
    assertEquals(Optional.empty(), refusal("{").requestId());
  }

  @Test
  void a_cloud_event_may_be_around_the_request() throws RequestRefusedException {
    String event =
        """
        {"specversion": "1.0", "type": "org.islet.segmentation.request.v1", "source": "/ris",
         "id": "event-1", "time": "2026-03-01T08:30:00Z", "extension": 3,
         "datacontenttype": "application/json; charset=utf-8",
         "data": {"version": 1, %s "input": "/in/ct.nii.gz"}}
        """;
    SegmentationRequest request = parse(event.formatted(""));
    assertEquals("event-1", request.id());
    assertTrue(request.cloudEvent());
    assertEquals("own", parse(event.formatted("\"id\": \"own\",")).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloudEvents:", "cloudEvents_"})
  void a_cloud_event_may_be_in_the_headers(String prefix) throws RequestRefusedException {
    Map<String, Object> headers =
        Map.of(
            prefix + "specversion",
            "1.0",
            prefix + "type",
            "org.islet.segmentation.request.v1",
            prefix + "source",
            "/ris",
            prefix + "id",
            "event-2",
            "other",
            5);
    SegmentationRequest request =
        SegmentationRequest.parse("{\"version\":1,\"input\":\"/in/ct.nii\"}", headers);
    assertEquals("event-2", request.id());
    assertTrue(request.cloudEvent());
  }

  @Test
  void a_cloud_event_of_another_kind_is_refused() {
    String sentences =
        refusal(
                """
                {"specversion": "0.3", "type": "com.example.other", "id": "e",
                 "data": {"version": 1, "input": "/in/ct.nii"}}
                """)
            .getMessage();
    assertEquals(
        "The CloudEvent's 'specversion' is '0.3'; '1.0' is expected."
            + " The CloudEvent's 'type' is 'com.example.other';"
            + " 'org.islet.segmentation.request.v1' is expected."
            + " The CloudEvent's 'source' is missing or empty.",
        sentences);
    RequestRefusedException empty =
        refusal(
            """
            {"specversion": "1.0", "type": "org.islet.segmentation.request.v1", "source": "/ris",
             "id": "e", "data_base64": "e30="}
            """);
    assertTrue(empty.getMessage().contains("'data' is no JSON object"), empty.getMessage());
    assertEquals(Optional.of("e"), empty.requestId());
  }

  @Property(tries = 300)
  void any_text_is_read_or_refused_with_a_sentence(@ForAll String text) {
    for (String body :
        new String[] {text, with("id", quoted(text)), with("deadline", quoted(text))}) {
      try {
        assertFalse(parse(body).id().isEmpty());
      } catch (RequestRefusedException e) {
        assertTrue(e.getMessage().matches("(?s).+[.?]"), e.getMessage());
      }
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
    return quoted.append('"').toString();
  }
}
