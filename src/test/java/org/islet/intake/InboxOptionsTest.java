package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.islet.job.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked for beside a CT. */
class InboxOptionsTest extends InboxFixture {

  @Test
  void options_beside_a_ct_are_what_is_asked_for() throws Exception {
    startWithOneAtWorkAndOneWaiting();
    arrive("c.nii.json", "{\"priority\": \"urgent\", \"route\": \"" + Workbench.ROUTE + "\"}");
    arrive("c.nii", 3);
    await().atMost(SOON).until(() -> bench.store().listing().list(10, 10).size() == 3);
    held.countDown();
    awaitIn("done", "a.nii", "b.nii", "c.nii", "c.nii.json");
    assertEquals(List.of(1, 3, 2), taken);
  }

  @Test
  void options_that_cannot_be_met_fail_the_case_with_the_reason() throws Exception {
    Map<String, String> codes =
        Map.of(
            "{\"route\": \"elsewhere\"}",
            "unknown-route",
            "{\"rout\": \"test\"}",
            "bad-request",
            "{\"route\": \"" + "x".repeat(300) + "\"}",
            "bad-request",
            "{\"priority\": \"soon\"}",
            "bad-request",
            "{",
            "bad-request",
            "",
            "bad-request",
            "x".repeat(100_000),
            "bad-request",
            "{\"sha256\": \"" + "0".repeat(64) + "\"}",
            "digest-mismatch",
            "{\"deadline\": \"2020-01-01T00:00:00Z\"}",
            "deadline-passed");
    int number = 0;
    for (String options : codes.keySet()) {
      arrive(number + ".json", options);
      arrive(number + ".nii", number++);
    }
    start();
    await().atMost(SOON).until(() -> names("failed").size() == 3 * codes.size());
    number = 0;
    for (String options : codes.keySet()) {
      String name = number++ + ".nii";
      assertEquals(codes.get(options), reason(name).at("/code").asText());
      assertTrue(reason(name).at("/reason").asText().length() > 20);
      assertTrue(names("failed").contains(name + "/" + name.replace("nii", "json")));
    }
    assertEquals(List.of(), taken);
  }

  @Test
  void options_that_are_a_link_are_not_followed_and_not_passed_over() throws Exception {
    Path outside = Files.writeString(home.resolve("outside.json"), "{}");
    Files.createSymbolicLink(in.resolve("a.json"), outside);
    arrive("a.nii", 1);
    start();
    awaitIn("failed", "a.nii/a.json", "a.nii/a.nii", "a.nii/reason.json");
    assertEquals("bad-request", reason("a.nii").at("/code").asText());
    assertTrue(Files.exists(outside));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.json", "a.nii.json"})
  void a_folder_of_the_name_of_options_is_not_passed_over(String name) throws Exception {
    Path folder = Files.createDirectory(in.resolve(name));
    arrive("a.nii", 1);
    start();
    assertEquals("bad-request", awaitReason("a.nii").at("/code").asText());
    assertEquals(
        "The file of options beside the CT is a folder, a pipe or the like, and was left in 'in'."
            + " Mend it or take it away.",
        reason("a.nii").at("/reason").asText());
    assertEquals(List.of(), taken);
    Files.delete(folder);
    Files.move(intake.resolve("failed/a.nii"), in.resolve("a.nii"));
    awaitIn("done", "a.nii");
  }

  @Test
  void a_pipe_of_the_name_of_options_is_not_passed_over() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", in.resolve("a.json").toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "there are no pipes here");
    arrive("a.nii", 1);
    start();
    assertEquals("bad-request", awaitReason("a.nii").at("/code").asText());
    assertEquals(List.of("a.json"), names("in"));
    assertEquals(List.of(), taken);
  }

  @Test
  void options_without_a_ct_stay_where_they_are() throws Exception {
    arrive("a.json", "{}");
    start();
    arrive("b.nii", 1);
    awaitIn("done", "b.nii");
    assertEquals(List.of("a.json"), names("in"));
  }

  @Test
  void options_that_come_when_their_ct_was_taken_stay_where_they_are() throws Exception {
    held = new CountDownLatch(1);
    start();
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("a.json", "{\"route\": \"elsewhere\"}");
    waitAWhile();
    held.countDown();
    awaitIn("done", "a.nii");
    assertEquals(List.of("a.json"), names("in"));
  }
}
