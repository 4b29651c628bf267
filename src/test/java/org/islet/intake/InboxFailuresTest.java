package org.islet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.islet.store.Attempt;
import org.islet.store.JobState;
import org.islet.store.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no result, and its way back. */
class InboxFailuresTest extends InboxFixture {

  @Test
  void a_failed_file_goes_to_a_folder_of_its_own_with_the_reason() throws Exception {
    start();
    arrive("sub/b.nii", BAD);
    JsonNode reason = awaitReason("sub/b.nii");
    assertEquals("stage-failed", reason.at("/code").asText());
    assertTrue(reason.at("/reason").asText().contains("It is cut short."), reason.toString());
    assertEquals("infer", reason.at("/stage").asText());
    assertEquals(1, reason.at("/attempts").asInt());
    String id = onlyCase().id();
    assertEquals(id, reason.at("/case").asText());
    assertEquals(
        "When the cause is mended, move this folder as a whole into the folder 'in', or run: ./islet redrive "
            + id,
        reason.at("/next").asText());
    awaitNothingInProgress();
  }

  @ParameterizedTest
  @ValueSource(strings = {"series/IM0001.dcm", "series.zip", "notes.txt", "no ending"})
  void whatever_is_no_nifti_fails_and_says_so(String name) throws Exception {
    start();
    arrive(name, "DICM, or PK, or anything else".getBytes(UTF_8));
    JsonNode reason = awaitReason(name);
    assertEquals("not-nifti", reason.at("/code").asText());
    assertTrue(reason.at("/next").asText().startsWith("When the cause is mended"));
  }

  @Test
  void a_ct_that_fails_again_says_how_often_it_was_tried() throws Exception {
    start();
    arrive("b.nii", BAD);
    assertEquals(1, awaitReason("b.nii").at("/attempts").asInt());
    Files.move(intake.resolve("failed/b.nii"), in.resolve("b.nii"));
    await().atMost(SOON).until(() -> names("failed").size() == 2);
    assertEquals(2, awaitReason("b.nii").at("/attempts").asInt());
    assertEquals(1, bench.store().listing().list(10, 10).size());
  }

  @Test
  void an_error_of_the_jvm_fails_its_file_and_the_next_one_is_taken() throws Exception {
    start();
    arrive("a.nii", WORSE);
    JsonNode reason = awaitReason("a.nii");
    assertEquals("internal", reason.at("/code").asText());
    assertTrue(reason.at("/reason").asText().contains("this cannot be"));
    arrive("b.nii", 1);
    awaitIn("done", "b.nii");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_failed_is_tried_again_when_it_is_moved_back_alone_or_with_its_folder(boolean whole)
      throws Exception {
    start();
    arrive("sub/b.nii", BAD);
    awaitReason("sub/b.nii");
    mended = true;
    Path failed = intake.resolve("failed/sub/b.nii");
    Files.move(whole ? failed : failed.resolve("b.nii"), in.resolve("sub/b.nii"));
    awaitIn("done", "sub/b.nii");
    assertEquals(List.of(), names("in"));
    assertFalse(Files.exists(failed));
    assertEquals(
        List.of("failed", "done"),
        bench.store().attempts(onlyCase().id()).stream().map(Attempt::outcome).toList());
    awaitNothingInProgress();
  }

  @Test
  void a_folder_that_is_moved_back_as_a_whole_keeps_what_was_asked_for() throws Exception {
    start();
    arrive("b.json", "{\"route\": \"elsewhere\"}");
    arrive("b.nii", 1);
    awaitIn("failed", "b.nii/b.json", "b.nii/b.nii", "b.nii/reason.json");
    Path failed = intake.resolve("failed/b.nii");
    Files.writeString(failed.resolve("b.json"), "{\"priority\": \"urgent\"}");
    Files.move(failed, in.resolve("b.nii"));
    awaitIn("done", "b.json", "b.nii");
    assertEquals(Priority.URGENT, onlyCase().order().priority());
  }

  @Test
  void a_case_that_is_driven_again_takes_its_files_back_and_all_that_asked_are_answered()
      throws Exception {
    held = new CountDownLatch(1);
    start();
    arrive("b.nii", BAD);
    awaitTaken(BAD);
    arrive("sub/c.nii", BAD);
    await()
        .atMost(SOON)
        .until(() -> bench.store().requests().requestsOf(onlyCase().id()).size() == 2);
    held.countDown();
    awaitIn(
        "failed", "b.nii/b.nii", "b.nii/reason.json", "sub/c.nii/c.nii", "sub/c.nii/reason.json");
    await().atMost(SOON).until(() -> bench.workplace().openKeys("folder").isEmpty());
    mended = true;
    for (FailedCts.FailedCt ct : new FailedCts(home, Set.of("folder")).all((f, e) -> fail(e))) {
      ct.moveBack();
    }
    awaitIn("done", "b.nii", "sub/c.nii");
    awaitIn("failed");
    awaitNothingInProgress();
    assertEquals(JobState.DONE, onlyCase().state());
  }

  @Test
  void a_ct_that_is_taken_out_of_in_progress_fails_its_case_and_hangs_nothing() throws Exception {
    startWithOneAtWorkAndOneWaiting();
    String claimed =
        names("in-progress").stream().filter(n -> n.endsWith("b.nii")).findFirst().orElseThrow();
    Files.move(intake.resolve("in-progress/" + claimed), home.resolve("taken out.nii"));
    held.countDown();
    awaitIn("done", "a.nii");
    await().atMost(SOON).until(() -> bench.store().listing().failed().size() == 1);
    assertEquals("not-found", bench.store().listing().failed().get(0).failure().code());
    awaitNothingInProgress();
  }

  @Test
  void the_names_of_files_are_not_logged() throws Exception {
    start();
    arrive("Doe^John.nii", 1);
    arrive("Doe^Jane.nii", BAD);
    arrive("Doe^Jim.nii", "no CT");
    Files.createDirectory(intake.resolve("done/x"));
    awaitIn("done", "Doe^John.nii");
    await().atMost(SOON).until(() -> names("failed").size() == 4);
    assertEquals(List.of(), log.lines("Doe"));
  }
}
