package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Records;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask and change the record of cases, beside a service that has it open. */
class RecordCommandsTest {

  @TempDir Path home;
  private JobStore store;
  private Records records;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void open() {
    records = Records.in(home.resolve(Service.DATA));
    store = records.store();
  }

  @AfterEach
  void close() {
    records.close();
  }

  private int islet(String... arguments) {
    return islet(home, arguments);
  }

  private int islet(Path atHome, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", atHome.toString()));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private JobState state(String caseId) {
    return store.find(caseId).orElseThrow().state();
  }

  private Path failed(String name, String reason) throws IOException {
    Path folder = Files.createDirectories(home.resolve("intake/failed").resolve(name));
    Files.writeString(folder.resolve("reason.json"), reason);
    return Files.writeString(folder.resolve(name), "ct");
  }

  private Path in(String name) {
    return home.resolve("intake/in").resolve(name);
  }

  @Test
  void jobs_shows_all_and_one() {
    Job done = records.done('a');
    assertEquals(0, islet("jobs"), err::toString);
    assertTrue(out.toString().contains("71.2 ml in 9.4 s"), out::toString);
    assertEquals(0, islet("jobs", done.id(), "--json"), err::toString);
    assertTrue(out.toString().contains("\"state\" : \"done\""), out::toString);
    assertEquals(0, islet("jobs", done.id(), "--watch"), err::toString);
    assertEquals("case aaaaaaaaaaaa: done, 71.2 ml in 9.4 s\n", out.toString());
  }

  private int islet(Writer output, String... arguments) {
    err.getBuffer().setLength(0);
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  @Timeout(20)
  void output_that_cannot_be_written_is_told_and_ends_the_watch() {
    String done = records.done('a').id();
    assertEquals(1, islet(new WatchTest.BrokenPipe(), "jobs", "--home", home.toString()));
    assertEquals(
        "islet: The output could not be written: the disk that it goes to is full, or the program that was to"
            + " read it has ended.\n",
        err.toString());
    assertEquals(
        141, islet(new WatchTest.BrokenPipe(), "jobs", done, "--watch", "--home", home.toString()));
    assertEquals("", err.toString());
  }

  @Test
  void a_record_that_this_user_may_not_look_into_is_not_taken_for_none() throws IOException {
    assumeTrue(Files.getFileStore(home).supportsFileAttributeView("posix"), "no permissions here");
    Path others = Files.createDirectories(home.resolve("others/data"));
    Files.setPosixFilePermissions(others, Set.of());
    try {
      assumeFalse(Files.isReadable(others), "root reads every folder");
      assertEquals(1, islet(others.getParent(), "jobs"));
      assertTrue(err.toString().contains("ask as that user"), err::toString);
    } finally {
      Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void only_the_latest_that_ended_are_shown_unless_all_are_asked_for() {
    for (char digest = 'a'; digest < 'a' + 22; digest++) {
      records.failed(digest, "storage");
    }
    islet("jobs");
    assertEquals(20, out.toString().split(" failed +", -1).length - 1, out::toString);
    islet("jobs", "--all");
    assertEquals(22, out.toString().split(" failed +", -1).length - 1, out::toString);
  }

  @Test
  void a_record_that_is_not_there_and_a_case_that_is_not_in_it_are_wrong_usage() {
    assertEquals(2, islet(home.resolve("other"), "jobs"));
    assertTrue(
        err.toString()
            .startsWith(
                "There is no record of cases in %s. Give the --home"
                    .formatted(home.resolve("other/data"))),
        err::toString);
    assertFalse(Files.exists(home.resolve("other")), "nothing is made");
    assertEquals(2, islet("jobs", "abc"));
    assertTrue(err.toString().startsWith("There is no case 'abc'"), err::toString);
    assertEquals(2, islet("jobs", "--watch", "--json"));
  }

  @Test
  void a_ct_of_the_folder_is_moved_back_to_be_taken_in_anew() throws IOException {
    Job job = records.failed('a', "truncated");
    records.answer(job);
    failed("a.nii.gz", "{\"case\": \"%s\"}".formatted(job.id()));
    assertEquals(0, islet("redrive", job.id()), err::toString);
    assertEquals("case aaaaaaaaaaaa: moved back to %s\n".formatted(in("a.nii.gz")), out.toString());
    assertTrue(Files.exists(in("a.nii.gz")));
    assertEquals(JobState.FAILED, state(job.id()), "until it is taken in");
    assertEquals(1, islet("redrive", job.id()));
    assertTrue(err.toString().contains("its CT is in no folder 'failed'"), err::toString);
  }

  @Test
  void a_case_that_was_asked_for_otherwise_waits_again() {
    Job job =
        Records.begin(
            store, records.accepted("queue", 'a', Order.of("r"), 1L), "worker", Records.LEASE);
    store.fail(job, new Failure("storage", "The disk is full."), null);
    records.answer(job);
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals("case aaaaaaaaaaaa waits for its turn again.\n", out.toString());
    assertEquals(JobState.ACCEPTED, state(job.id()));
  }

  @Test
  void all_that_failed_are_tried_again_and_what_was_refused_but_nothing_that_was_called_off()
      throws IOException {
    Job job = records.failed('a', "truncated");
    records.answer(job);
    failed("a.nii.gz", "{\"case\": \"%s\"}".formatted(job.id()));
    failed("refused.nii", "{\"code\": \"bad-request\"}");
    Job off = records.accepted('b');
    store.callOff(off.id());
    records.answer(off);
    failed("b.nii.gz", "{\"case\": \"%s\"}".formatted(off.id()));
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertTrue(Files.exists(in("a.nii.gz")));
    assertTrue(Files.exists(in("refused.nii")));
    assertFalse(Files.exists(in("b.nii.gz")));
    assertEquals(0, islet("redrive", off.id()), err::toString);
    assertTrue(Files.exists(in("b.nii.gz")));
  }

  @Test
  void a_folder_out_of_which_the_ct_was_moved_by_hand_is_taken_away_where_all_are_tried_again()
      throws IOException {
    Files.delete(failed("a.nii", "{\"code\": \"bad-request\"}"));
    failed("b.nii", "{\"code\": \"bad-request\"}");
    Path folder = home.resolve("intake/failed/a.nii");
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals(
        "a refused CT: its CT is in %s no more; the folder is taken away.%na refused CT: moved back to %s%n"
            .formatted(folder, in("b.nii")),
        out.toString());
    assertFalse(Files.exists(folder));
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals("Nothing failed.\n", out.toString());
  }

  @Test
  void options_out_of_whose_folder_the_ct_was_moved_by_hand_stay_and_are_told_once()
      throws IOException {
    Path ct = failed("a.nii", "{\"code\": \"bad-request\"}");
    Path options = Files.writeString(ct.resolveSibling("a.json"), "{}");
    Files.delete(ct);
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals(
        ("a refused CT: its CT is in %s no more; the reason is taken away. What else lies there stays: move"
                + " options beside their CT, if it is still to be done with them.%n")
            .formatted(ct.getParent()),
        out.toString());
    assertTrue(Files.exists(options));
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals("Nothing failed.\n", out.toString());
  }

  @Test
  void failed_cases_whose_ct_is_gone_are_counted_where_all_are_tried_again() throws IOException {
    for (char digest : new char[] {'a', 'b', 'c'}) {
      records.answer(records.failed(digest, "truncated"));
    }
    failed("c.nii.gz", "{\"case\": \"cccccccccccc\"}");
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals(
        "case cccccccccccc: moved back to %s%n2 failed case(s) left as they are: their CTs are in no folder 'failed' of this --home.%n"
            .formatted(in("c.nii.gz")),
        out.toString());
    assertEquals(1, islet("redrive", "aaaaaaaaaaaa"));
  }

  @Test
  void a_folder_of_failures_that_is_not_there_is_told_and_the_rest_is_tried_again()
      throws IOException {
    Files.createDirectories(home.resolve("intake"));
    store.fail(
        Records.begin(
            store, records.accepted("queue", 'a', Order.of("r"), 1L), "worker", Records.LEASE),
        new Failure("storage", "The disk is full."),
        null);
    assertEquals(1, islet("redrive", "--all"));
    assertEquals(
        "There is no %s. Bring its drive back, or start the service, which makes it.%n"
            .formatted(home.resolve("intake/failed")),
        err.toString());
    assertEquals("case aaaaaaaaaaaa waits for its turn again.\n", out.toString());
  }

  @Test
  void names_of_files_command_no_terminal() throws IOException {
    failed("a\n\u001b[2Jb.nii", "{\"code\": \"bad-request\"}");
    Files.delete(failed("c\nd.nii", "{\"code\": \"bad-request\"}"));
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals(
        "a refused CT: moved back to %s%na refused CT: its CT is in %s no more; the folder is taken away.%n"
            .formatted(in("a [2Jb.nii"), home.resolve("intake/failed/c d.nii")),
        out.toString());
  }

  @Test
  void the_folder_of_failures_itself_is_never_taken_away() throws IOException {
    Path failed = Files.createDirectories(home.resolve("intake/failed"));
    Files.writeString(failed.resolve("reason.json"), "{\"code\": \"bad-request\"}");
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertEquals("Nothing failed.\n", out.toString());
    assertTrue(Files.exists(failed.resolve("reason.json")));
  }

  @Test
  void a_reason_without_its_ct_is_nothing_to_try_again() throws IOException {
    Job job = records.failed('a', "truncated");
    records.answer(job);
    Files.delete(failed("a.nii", "{\"case\": \"%s\"}".formatted(job.id())));
    assertEquals(1, islet("redrive", job.id()));
    assertEquals(
        "case %s: there is no CT in %s.%n".formatted(job.id(), home.resolve("intake/failed/a.nii")),
        err.toString());
    assertEquals(0, islet("redrive", "--all"), err::toString);
    assertFalse(Files.exists(home.resolve("intake/failed/a.nii")));
  }

  @Test
  void what_has_a_result_or_is_not_there_cannot_be_tried_again() {
    Job done = records.done('a');
    assertEquals(1, islet("redrive", done.id(), "abc"));
    assertEquals(
        "case aaaaaaaaaaaa is done; there is nothing to try again.\n"
            + "There is no case 'abc' in the record.\n",
        err.toString());
    assertEquals(2, islet("redrive"));
    assertEquals(2, islet("redrive", "--all", "abc"));
    assertEquals(0, islet("redrive", "--all"));
    assertEquals("Nothing failed.\n", out.toString());
  }

  @Test
  void cases_are_called_off() {
    Job running = records.running('b');
    Job waiting = records.accepted('a');
    assertEquals(0, islet("cancel", waiting.id(), running.id()), err::toString);
    assertEquals(
        "case aaaaaaaaaaaa is called off.\ncase bbbbbbbbbbbb ends after the stage under way.\n",
        out.toString());
    assertEquals(JobState.CANCELLED, state(waiting.id()));
    assertEquals(1, islet("cancel", waiting.id(), "abc"));
    assertEquals(
        "case aaaaaaaaaaaa has ended: cancelled.\nThere is no case 'abc' in the record.\n",
        err.toString());
  }

  @Test
  void doors_are_shut_and_opened() {
    assertEquals(0, islet("pause", "folder", "--reason", "maintenance"), err::toString);
    assertEquals(Optional.of("maintenance"), store.pauses().reason("folder"));
    islet("jobs");
    assertTrue(out.toString().contains("maintenance"), out::toString);
    assertEquals(0, islet("resume", "folder"));
    assertEquals("The folder takes requests in again.\n", out.toString());
    assertEquals(Optional.empty(), store.pauses().reason("folder"));
    assertEquals(0, islet("resume", "folder"));
    assertEquals("The folder was open.\n", out.toString());
    assertEquals(2, islet("pause", "fodler"));
    assertTrue(
        err.toString().startsWith("There is no door 'fodler'. There are: folder, queue.\n"),
        err::toString);
  }
}
