package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.islet.queue.ReplyMessage.About;
import org.islet.store.Failure;
import org.junit.jupiter.api.Test;

class ReplyMessageTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant TIME = Instant.parse("2026-03-01T07:30:00Z");
  private static final About ABOUT =
      new About("order-7", "0123456789ab", "correlation", false, false, "occasion");

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }

  private static ReplyMessage done(String outcome, boolean cloudEvent) throws Exception {
    JsonNode report =
        json(
            """
            {"schema": 1, "case": "0123456789ab", "outcome": "%s",
             "input": {"file": "doe^john.nii"}, "route": {"name": "r", "sha256": "ee"},
             "models": [{"id": "m/1", "sha256": "ff"}], "stages": [{"stage": "clip"}],
             "seconds": {"read": 1.0, "route": 2.0, "total": 3.5},
             "mask": {"voxels": 5, "millilitres": 0.5}, "boxes": {"box": {"from": [1, 2, 3]}},
             "warnings": ["w"], "versions": {}}
            """
                .formatted(outcome));
    About about =
        new About("order-7", "0123456789ab", "correlation", cloudEvent, false, "occasion");
    return ReplyMessage.done(
        about, TIME, new ReplyMessage.Result("/home/results/0123456789ab", "aa", report));
  }

  @Test
  void it_says_of_which_request_and_case_what_happened_when() throws Exception {
    ReplyMessage accepted = ReplyMessage.of(ReplyMessage.Type.ACCEPTED, ABOUT, TIME);
    assertEquals(
        json(
            """
            {"version": 1, "type": "accepted", "id": "order-7", "case": "0123456789ab",
             "time": "2026-03-01T07:30:00Z"}
            """),
        json(accepted.json()));
    assertEquals("correlation", accepted.correlationId());
    assertEquals(Map.of("islet_type", "accepted"), accepted.properties());
  }

  @Test
  void a_result_is_its_place_its_digest_and_its_numbers_without_the_name_of_the_file()
      throws Exception {
    assertEquals(
        json(
            """
            {"version": 1, "type": "done", "id": "order-7", "case": "0123456789ab",
             "time": "2026-03-01T07:30:00Z",
             "result": {"place": "/home/results/0123456789ab", "sha256": "aa", "outcome": "done",
               "mask": {"voxels": 5, "millilitres": 0.5}, "boxes": {"box": {"from": [1, 2, 3]}},
               "warnings": ["w"], "route": {"name": "r", "sha256": "ee"},
               "models": [{"id": "m/1", "sha256": "ff"}],
               "seconds": {"read": 1.0, "route": 2.0, "total": 3.5}}}
            """),
        json(done("done", false).json()));
    assertEquals(ReplyMessage.Type.EMPTY, done("empty", false).type());
  }

  @Test
  void a_stage_and_a_failure_are_told_with_their_details() throws Exception {
    assertEquals(
        json("{\"name\": \"clip\", \"number\": 2, \"of\": 14}"),
        json(ReplyMessage.stage(ABOUT, TIME, "clip", 2, 14).json()).get("stage"));
    assertEquals(
        json("{\"code\": \"stage-failed\", \"reason\": \"It failed.\", \"stage\": \"clip\"}"),
        json(ReplyMessage.failed(ABOUT, TIME, new Failure("stage-failed", "It failed.", "clip"))
                .json())
            .get("failure"));
    About unknown = new About(null, null, null, false, false, null);
    JsonNode refused =
        json(ReplyMessage.failed(unknown, TIME, new Failure("bad-request", "No.")).json());
    assertEquals(false, refused.has("id") || refused.has("case"));
  }

  @Test
  void to_a_cloud_event_it_answers_with_one_whose_id_is_the_same_when_it_is_said_again()
      throws Exception {
    JsonNode event = json(done("done", true).json());
    assertEquals("1.0", event.path("specversion").asText());
    assertEquals("org.islet.case.done.v1", event.path("type").asText());
    assertEquals("0123456789ab", event.path("subject").asText());
    assertEquals("occasion-done", event.path("id").asText());
    assertEquals(json(done("done", false).json()), event.get("data"));
    About about = new About("order-7", "0123456789ab", "correlation", true, false, "occasion");
    assertEquals(
        "occasion-stage-2",
        json(ReplyMessage.stage(about, TIME, "clip", 2, 14).json()).path("id").asText());
  }
}
