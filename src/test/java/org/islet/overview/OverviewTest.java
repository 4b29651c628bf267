package org.islet.overview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Priority;
import org.islet.store.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverviewTest {

  private static final WaitingRules RULES = new WaitingRules(1, Optional.empty());

  @TempDir Path folder;
  private JobStore store;
  private Records records;

  @BeforeEach
  void open() {
    records = Records.in(folder);
    store = records.store();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private Overview overview() {
    return Overview.of(store, RULES, 20, 20);
  }

  /** The lines of a text, with what times there are as T and what lies between columns as |. */
  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.strip().replaceAll(" {2,}", " | "))
        .map(line -> line.replaceAll("(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d:\\d\\d", "T"))
        .map(line -> line.replaceAll("\\(\\d+ s\\)", "(S)"))
        .toList();
  }

  @Test
  void nothing_is_said_of_what_there_is_not() {
    assertEquals(
        List.of("0 running, 0 waiting; 0 done, 0 empty, 0 failed, 0 cancelled"),
        lines(overview().text()));
  }

  @Test
  void all_work_is_shown_in_tables() {
    records.done('a');
    records.failed('b', "truncated");
    Job running = records.running('c');
    store.progress(running, "infer", 3, 12);
    records.accepted('d');
    records.accepted("queue", 'e', Records.order(Priority.URGENT), 1000L);
    records.received("folder", "x.nii.gz", Order.of("r"));
    store
        .requests()
        .refuse(
            records.received("folder", "sub/y.nii.gz", Order.of("r")),
            new Failure("bad-request", "It asks for the moon."));
    store.pauses().set("queue", Optional.of("the scanner\nis away"));
    List<String> lines = lines(overview().text());
    assertEquals(
        "1 running, 2 waiting, 1 not looked at yet; 1 done, 0 empty, 1 failed, 0 cancelled",
        lines.get(0));
    assertTrue(lines.contains("queue | T | the scanner is away"), lines::toString);
    assertTrue(
        lines.contains("case | route | priority | attempt | stage | since"), lines::toString);
    assertTrue(
        lines.contains("cccccccccccc | r | routine | 1 | 3/12 infer | T (S)"), lines::toString);
    assertTrue(lines.contains("eeeeeeeeeeee | r | urgent | start | T | 1 | next"), lines::toString);
    assertTrue(
        lines.indexOf("dddddddddddd | r | routine | start | T | 2 | next")
            == lines.indexOf("eeeeeeeeeeee | r | urgent | start | T | 1 | next") + 1,
        lines::toString);
    assertTrue(lines.contains("aaaaaaaaaaaa | r | done | T | 71.2 ml in 9.4 s"), lines::toString);
    assertTrue(lines.contains("bbbbbbbbbbbb | r | failed | T | truncated"), lines::toString);
    assertTrue(lines.contains("folder | T | bad-request | sub/y.nii.gz"), lines::toString);
  }

  @Test
  void of_very_many_that_wait_the_first_are_shown_and_the_rest_is_counted() {
    for (char digest : "abcdef".toCharArray()) {
      records.accepted(digest);
    }
    Overview seen = Overview.of(store, RULES, 4, 20);
    assertEquals(
        List.of("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd"),
        seen.waiting().stream().map(Turn::caseId).toList());
    assertTrue(lines(seen.text()).contains("… and 2 more that wait"), seen::text);
  }

  @Test
  void programs_read_it_as_json() throws Exception {
    records.done('a');
    records.accepted('b');
    JsonNode json = new ObjectMapper().readTree(overview().json());
    assertEquals(1, json.at("/cases/done").asInt());
    assertEquals("aaaaaaaaaaaa", json.at("/ended/0/case").asText());
    assertEquals(71.23, json.at("/ended/0/millilitres").asDouble());
    assertEquals("bbbbbbbbbbbb", json.at("/waiting/0/case").asText());
    assertEquals(0, json.at("/waiting/0/expectedWaitSeconds").asDouble());
    assertTrue(Pattern.matches("\\d{4}-.*T.*Z", json.at("/at").asText()), json.at("/at")::asText);
  }

  @Test
  void of_a_case_all_is_told_that_is_known() {
    Job failed = records.failed('a', "storage");
    records.answer(failed);
    store.redrive(failed.id());
    store.takeUntold(Set.of("folder"));
    records.done('a');
    records.received("queue", "https://me:secret@host/ct.nii.gz?signature=abc", Order.of("r"));
    List<String> lines = lines(CaseHistory.of(store, RULES, failed.id()).orElseThrow().text());
    assertEquals("case aaaaaaaaaaaa: done, 71.2 ml in 9.4 s", lines.get(0));
    assertTrue(lines.contains("sha256 | " + "a".repeat(64)), lines::toString);
    assertTrue(lines.contains("size | 0.0 MB, 1000 voxels"), lines::toString);
    assertTrue(lines.contains("result | /results/aaaaaaaaaaaa"), lines::toString);
    assertTrue(lines.contains("manifest | " + "f".repeat(64)), lines::toString);
    assertTrue(lines.contains("folder | T | not yet | no | a.nii.gz"), lines::toString);
    int first = lines.indexOf("Attempt 1: failed");
    assertTrue(
        lines
            .subList(first, lines.size())
            .contains("reason | storage (stage infer): It went wrong."),
        lines::toString);
    assertTrue(lines.contains("clip | clipped | 0.3 s | 0.125 s"), lines::toString);
    assertTrue(lines.indexOf("Attempt 2: done") > first, lines::toString);
  }

  @Test
  void a_case_that_is_not_there_is_not_told_of() {
    assertEquals(Optional.empty(), CaseHistory.of(store, RULES, "abc"));
  }

  @Test
  void what_may_be_secret_in_an_address_is_not_shown() {
    assertEquals("https://host/ct.nii.gz?…", Shown.input("https://me:you@host/ct.nii.gz?key=abc"));
    assertEquals("sub/a?b@c.nii.gz", Shown.input("sub/a?b@c.nii.gz"));
  }

  @Test
  void each_change_is_told_once_and_what_had_ended_before_is_not() {
    records.done('a');
    Job job = records.accepted('b');
    Changes changes = new Changes();
    assertEquals(List.of("T case bbbbbbbbbbbb: waiting"), told(changes));
    assertEquals(List.of(), told(changes));
    Job running = Records.begin(store, job, "worker", Records.LEASE);
    assertEquals(List.of("T case bbbbbbbbbbbb: running (attempt 1), begun"), told(changes));
    store.progress(running, "clip", 1, 12);
    assertEquals(List.of("T case bbbbbbbbbbbb: running (attempt 1), 1/12 clip"), told(changes));
    store.retry(running, new Failure("storage", "Full."), Duration.ofMinutes(1), "failed", null);
    assertEquals(List.of("T case bbbbbbbbbbbb: waiting, retry after storage"), told(changes));
    assertEquals(List.of(), told(changes));
    store.callOff(job.id());
    store.pauses().set("folder", Optional.of("later"));
    assertEquals(
        List.of("T door folder is shut: later", "T case bbbbbbbbbbbb: cancelled, called-off"),
        told(changes));
    store.pauses().set("folder", Optional.empty());
    assertEquals(List.of("T door folder takes requests in again"), told(changes));
  }

  private List<String> told(Changes changes) {
    return changes.in(overview()).stream().flatMap(line -> lines(line).stream()).toList();
  }

  @Test
  void spans_are_told_by_two_of_their_units() {
    assertEquals("0 s", Words.span(Duration.ofMillis(-5)));
    assertEquals("59 s", Words.span(Duration.ofMillis(59_400)));
    assertEquals("1 min 0 s", Words.span(Duration.ofMillis(59_500)));
    assertEquals("2 h 5 min", Words.span(Duration.ofMinutes(125)));
    assertEquals("3 d 1 h", Words.span(Duration.ofHours(73)));
  }

  @Test
  void who_need_not_know_names_is_shown_none() {
    Job failed = records.failed('b', "truncated");
    store
        .requests()
        .refuse(
            records.received("folder", "Doe.nii.gz", Order.of("r")),
            new Failure("unknown-route", "There is no route 'Doe'."));
    Overview seen = overview();
    assertTrue(seen.text().contains("Doe") && seen.json().contains("There is no route 'Doe'"));
    Overview nameless = seen.withoutNames();
    assertFalse((nameless.text() + nameless.json()).contains("Doe"), nameless::json);
    assertTrue(lines(nameless.text()).contains("folder | T | unknown-route | –"), nameless::text);
    CaseHistory history = CaseHistory.of(store, RULES, failed.id()).orElseThrow();
    assertTrue(history.text().contains(".nii.gz"), history::text);
    CaseHistory ofNobody = history.withoutNames();
    assertFalse((ofNobody.text() + ofNobody.json()).contains(".nii.gz"), ofNobody::json);
    assertEquals(history.attempts(), ofNobody.attempts());
  }

  @Test
  void the_turn_of_a_case_behind_very_many_is_not_reckoned() {
    records.accepted('a');
    Job behind = records.accepted('b');
    CaseHistory near = CaseHistory.of(store, RULES, behind.id(), 2).orElseThrow();
    assertEquals("case bbbbbbbbbbbb: waiting, place 2, begins unknown", near.line());
    CaseHistory far = CaseHistory.of(store, RULES, behind.id(), 1).orElseThrow();
    assertEquals("case bbbbbbbbbbbb: waiting, behind very many", far.line());
  }
}
