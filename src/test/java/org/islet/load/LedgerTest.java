package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What is said of requests, and the report of it, with values worked out by hand. */
class LedgerTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final String DONE =
      "{\"version\":1,\"type\":\"done\",\"id\":\"run-%d\",\"case\":\"aa%1$d\",\"time\":\"%s\",\"result\":{\"sha256\":\"%s\"}}";
  private static final String FAILED =
      "{\"version\":1,\"type\":\"failed\",\"id\":\"run-%d\",%s\"time\":\"%s\",\"failure\":{\"code\":\"%s\"}}";
  private static final String EVENT =
      "{\"version\":1,\"type\":\"%s\",\"id\":\"run-%d\",\"case\":\"aa%2$d\",\"time\":\"%s\"}";

  private final Ledger ledger = new Ledger("run", false);

  private static Instant at(double seconds) {
    return START.plusMillis(Math.round(1000 * seconds));
  }

  private static String done(int number, double at, String sha256) {
    return DONE.formatted(number, at(at), sha256);
  }

  private void send(int requests) {
    for (int i = 0; i < requests; i++) {
      ledger.sent(at(i), at(i + 0.25));
    }
  }

  private JsonNode report() throws Exception {
    return new JsonMapper().readTree(ledger.report(Optional.empty()).json());
  }

  @Test
  void the_way_of_a_request_is_told_in_its_parts() throws Exception {
    send(1);
    ledger.confirmed(0, at(0.75));
    assertEquals(OptionalInt.empty(), ledger.event(EVENT.formatted("accepted", 0, at(1)), at(9)));
    assertFalse(ledger.isWholeStory() && ledger.isSettled());
    assertEquals(OptionalInt.of(0), ledger.reply(done(0, 8, "x"), at(8.5)));
    assertFalse(ledger.isWholeStory(), "it was not heard when it began");
    ledger.event(EVENT.formatted("started", 0, at(3)), at(9));
    assertTrue(ledger.isSettled() && ledger.isWholeStory());
    JsonNode seconds = report().get("seconds");
    Map<String, Double> expected =
        Map.of(
            "sending", 0.25,
            "confirming", 0.5,
            "accepting", 0.25,
            "waiting", 2.0,
            "working", 5.0,
            "answering", 0.5,
            "total", 8.5);
    assertEquals(expected.size(), seconds.size());
    expected.forEach(
        (part, length) ->
            assertEquals(length, seconds.at("/" + part + "/p50").asDouble(), length / 1000, part));
    assertTrue(report().get("good").asBoolean());
    assertEquals(2, report().get("events").asInt());
  }

  @Test
  void an_answer_that_comes_again_is_counted_and_one_that_says_otherwise_is_bad() throws Exception {
    send(1);
    assertEquals(OptionalInt.of(0), ledger.reply(done(0, 1, "x"), at(2)));
    assertEquals(OptionalInt.empty(), ledger.reply(done(0, 1, "x"), at(3)));
    assertEquals(1, report().get("answeredAgain").asInt());
    assertTrue(report().get("good").asBoolean());
    assertEquals(OptionalInt.empty(), ledger.reply(done(0, 1, "y"), at(3)));
    assertEquals(1, report().get("contradicted").asInt());
    assertFalse(report().get("good").asBoolean());
    assertEquals(1, report().at("/outcomes/done").asInt());
    assertEquals(2, report().at("/seconds/total/max").asDouble(), 0.001);
  }

  @Test
  void failures_are_counted_by_cause_and_those_that_became_no_case_apart() throws Exception {
    send(4);
    ledger.reply(FAILED.formatted(0, "\"case\":\"aa\",", at(1), "memory"), at(1));
    ledger.reply(FAILED.formatted(1, "", at(1), "truncated"), at(1));
    ledger.reply(FAILED.formatted(2, "", at(1), "truncated"), at(1));
    ledger.reply(done(3, 4, "x").replace("\"done\"", "\"cancelled\""), at(4));
    assertEquals(Optional.of("memory"), ledger.code(0));
    assertEquals(Optional.empty(), ledger.code(3));
    assertEquals(
        "{\"cancelled\":1,\"failed\":1,\"refused\":2}", report().get("outcomes").toString());
    assertEquals("{\"memory\":1,\"truncated\":2}", report().get("codes").toString());
    assertFalse(report().get("good").asBoolean());
  }

  @Test
  void what_is_not_answered_or_not_confirmed_is_bad() throws Exception {
    send(2);
    ledger.reply(done(0, 1, "x"), at(2));
    assertFalse(ledger.isSettled());
    assertFalse(report().get("good").asBoolean());
    assertEquals(OptionalInt.of(1), ledger.notConfirmed(1));
    assertTrue(ledger.isSettled(), "there is nothing to wait for");
    assertEquals(1, report().get("unanswered").asInt());
    assertEquals(1, report().get("notConfirmed").asInt());
    assertEquals(
        OptionalInt.empty(), ledger.reply(done(1, 1, "x"), at(2)), "it had it all the same");
    assertEquals(0, report().get("unanswered").asInt());
  }

  @Test
  void what_is_of_others_or_no_message_at_all_changes_nothing() throws Exception {
    send(1);
    for (String other :
        new String[] {
          "",
          "x",
          "[]",
          "{}",
          done(1, 1, "x"),
          done(0, 1, "x").replace("run-0", "run-0x"),
          done(0, 1, "x").replace("run-0", "run-00000000000"),
          done(0, 1, "x").replace("run", "ran"),
          done(0, 1, "x").replace("2026", "long ago")
        }) {
      assertEquals(OptionalInt.empty(), ledger.reply(other, at(1)), other);
      assertEquals(OptionalInt.empty(), ledger.event(other, at(1)), other);
    }
    assertEquals(9, report().get("ofOthers").asInt());
    assertEquals(1, report().get("unanswered").asInt());
  }

  @Test
  void where_only_the_intake_is_measured_a_request_is_through_when_it_is_accepted()
      throws Exception {
    Ledger intake = new Ledger("run", true);
    for (int i = 0; i < 3; i++) {
      intake.sent(at(0), at(0));
    }
    assertEquals(OptionalInt.of(0), intake.event(EVENT.formatted("accepted", 0, at(1)), at(1)));
    assertEquals(OptionalInt.empty(), intake.event(done(0, 3, "x"), at(3)));
    assertEquals(OptionalInt.of(1), intake.event(done(1, 3, "x"), at(3)), "a result was there");
    assertFalse(intake.isSettled());
    JsonNode report = new JsonMapper().readTree(intake.report(Optional.empty()).json());
    assertEquals(1, report.get("unanswered").asInt());
    intake.event(EVENT.formatted("accepted", 2, at(2)), at(2));
    assertTrue(intake.isSettled());
    assertTrue(intake.report(Optional.empty()).isGood());
    assertFalse(intake.report(Optional.of("The disk is full.")).isGood());
  }

  @Test
  void the_text_names_what_is_not_nothing() {
    send(2);
    ledger.confirmed(0, at(1.25));
    ledger.reply(done(0, 2, "x"), at(2.25));
    ledger.reply(done(0, 2, "x"), at(2.25));
    assertEquals(
        """
        run run: 2 sent, 1 done, 1 unanswered, 1 answered again
        ended early: It was asked to stop.

        per second     count   overall    steady
        confirmed          1      1.00         –
        accepted           0         –         –
        answered           1      0.50         –

        seconds        count      mean       p50       p90       p95       p99       max
        sending            2     0.250     0.250     0.250     0.250     0.250     0.250
        confirming         1     1.000     1.000     1.000     1.000     1.000     1.000
        answering          1     0.250     0.250     0.250     0.250     0.250     0.250
        total              1     2.250     2.250     2.250     2.250     2.250     2.250
        """,
        ledger
            .report(Optional.of("It was asked to stop."))
            .text()
            .replace(System.lineSeparator(), "\n"));
  }
}
