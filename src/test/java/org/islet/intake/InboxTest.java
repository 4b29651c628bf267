package org.islet.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.islet.job.Workbench;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From {@code in} to {@code done}. */
class InboxTest extends InboxFixture {

  @Test
  void a_complete_file_becomes_a_result_and_goes_to_done() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    assertEquals(List.of(1), taken);
    assertEquals(List.of(), names("in"));
    awaitNothingInProgress();
    assertTrue(Files.exists(bench.results().resolve(onlyCase().id()).resolve("mask.nii.gz")));
  }

  @Test
  void a_file_that_still_grows_is_left_alone() throws Exception {
    start();
    Path growing = in.resolve("growing.nii");
    byte[] whole = Workbench.ct(1);
    try (FileChannel channel =
        FileChannel.open(growing, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < whole.length; i += 40) {
        channel.write(ByteBuffer.wrap(whole, i, Math.min(40, whole.length - i)));
        Thread.sleep(40);
        assertTrue(Files.exists(growing), "taken after " + i + " bytes");
      }
    }
    awaitIn("done", "growing.nii");
    assertEquals(List.of(1), taken);
  }

  @Test
  void hidden_and_partial_names_and_links_are_left_alone() throws Exception {
    Path outside = Workbench.ct(home.resolve("outside.nii"), 9);
    Files.createSymbolicLink(in.resolve("link.nii"), outside);
    Files.createSymbolicLink(in.resolve("folder.nii"), Files.createDirectory(home.resolve("out")));
    for (String name : List.of(".hidden.nii", "a.nii.part", "b.tmp", "c.filepart")) {
      arrive(name, "no");
    }
    start();
    arrive("last.nii", 1);
    awaitIn("done", "last.nii");
    waitAWhile();
    assertEquals(List.of(1), taken);
    try (Stream<Path> files = Files.list(in)) {
      assertEquals(6, files.count());
    }
  }

  @Test
  void the_same_bytes_again_get_the_result_that_is_there() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    arrive("b.nii", 1);
    awaitIn("done", "a.nii", "b.nii");
    assertEquals(List.of(1), taken);
    arrive("c.json", "{\"force\": true}");
    arrive("c.nii", 1);
    awaitIn("done", "a.nii", "b.nii", "c.json", "c.nii");
    assertEquals(List.of(1, 1), taken);
    assertEquals(2, bench.store().listing().list(10, 10).size());
  }

  @Test
  void a_forced_try_that_fails_hides_no_result_until_that_is_taken_away() throws Exception {
    mended = true;
    start();
    arrive("a.nii", BAD);
    awaitIn("done", "a.nii");
    String first = onlyCase().id();
    mended = false;
    arrive("b.json", "{\"force\": true}");
    arrive("b.nii", BAD);
    awaitIn("failed", "b.nii/b.json", "b.nii/b.nii", "b.nii/reason.json");
    arrive("c.nii", BAD);
    awaitIn("done", "a.nii", "c.nii");
    assertEquals(List.of(BAD, BAD), taken);
    Files.move(bench.results().resolve(first), home.resolve("taken away"));
    arrive("d.nii", BAD);
    await().atMost(SOON).until(() -> names("failed").contains("d.nii/d.nii"));
    assertEquals(List.of(BAD, BAD, BAD), taken);
  }

  @Test
  void the_same_name_with_other_bytes_is_another_case_and_overwrites_nothing() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    arrive("a.nii", 2);
    awaitIn("done", "a.nii", "a~2.nii");
    assertEquals(List.of(1, 2), taken);
    assertEquals(
        -1, Files.mismatch(intake.resolve("done/a.nii"), Workbench.ct(home.resolve("1.nii"), 1)));
    assertEquals(
        -1, Files.mismatch(intake.resolve("done/a~2.nii"), Workbench.ct(home.resolve("2.nii"), 2)));
  }

  @ParameterizedTest
  @CsvSource({"p.hdr, p.img", "P.HDR, P.IMG"})
  void a_pair_is_one_case_and_stays_together(String header, String image) throws Exception {
    arrive(image, "image");
    arrive(header, "header");
    start();
    awaitIn("failed", header + "/" + header, header + "/" + image, header + "/reason.json");
    assertEquals("not-nifti", reason(header).at("/code").asText());
    assertEquals(1, bench.store().listing().list(10, 10).size());
  }

  @Test
  void a_header_waits_for_its_image_and_fails_if_it_does_not_come() throws Exception {
    start();
    arrive("p.hdr", "header");
    await().pollDelay(Duration.ofMillis(150)).until(() -> true);
    assertEquals(List.of("p.hdr"), names("in"));
    awaitReason("p.hdr");
  }

  @Test
  void the_same_name_again_while_the_first_is_in_work_is_another_case() throws Exception {
    held = new CountDownLatch(1);
    start();
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("a.nii", 2);
    await().atMost(SOON).until(() -> taken.size() == 2);
    held.countDown();
    awaitIn("done", "a.nii", "a~2.nii");
    assertEquals(List.of(1, 2), taken);
    assertEquals(List.of(), names("in"));
    awaitNothingInProgress();
  }

  @Test
  void names_that_differ_in_case_or_in_how_a_letter_is_composed_are_different_names()
      throws Exception {
    List<String> names = List.of("a.nii", "A.nii", "\u00e9.nii", "e\u0301.nii");
    arrive("a.json", "{\"route\": \"elsewhere\"}");
    for (int i = 0; i < names.size(); i++) {
      arrive(names.get(i), i);
    }
    start();
    awaitIn("done", "A.nii", "\u00e9.nii", "e\u0301.nii");
    awaitIn("failed", "a.nii/a.json", "a.nii/a.nii", "a.nii/reason.json");
    awaitNothingInProgress();
  }

  @Test
  void unusual_names_are_names() throws Exception {
    List<String> names =
        List.of(
            "with two  spaces.nii",
            "Müller Ω 膵臓.nii",
            "-rf.nii",
            "a%41;b'c\"d.nii",
            "line\nbreak.nii",
            "reason.nii",
            "in.nii/done/a.nii");
    start();
    for (String name : names) {
      arrive("sub folder/" + name, 1);
    }
    awaitIn("done", names.stream().map(name -> "sub folder/" + name).toArray(String[]::new));
    awaitNothingInProgress();
  }

  @Test
  void a_name_that_this_locale_cannot_read_is_taken_twice_and_kept() throws Exception {
    start();
    for (int number = 1; number <= 2; number++) {
      Files.write(NameBytes.in(in, "\u00ff.json"), "{\"priority\": \"urgent\"}".getBytes(UTF_8));
      Files.write(NameBytes.in(in, "\u00ff.nii"), Workbench.ct(number));
      int files = 2 * number;
      await().atMost(SOON).until(() -> names("done").size() == files);
    }
    assertTrue(Files.exists(NameBytes.in(intake.resolve("done"), "\u00ff~2.nii")));
    assertTrue(Files.exists(NameBytes.in(intake.resolve("done"), "\u00ff~2.json")));
    Files.write(NameBytes.in(in, "\u00ff.nii"), Workbench.ct(BAD));
    await().atMost(SOON).until(() -> names("failed").size() == 2);
    awaitNothingInProgress();
  }

  @Test
  void a_name_of_255_bytes_that_comes_twice_is_kept_twice() throws Exception {
    String name = "x".repeat(251) + ".nii";
    start();
    arrive(name, 1);
    awaitIn("done", name);
    arrive(name, 2);
    awaitIn("done", name, "x".repeat(249) + "~2.nii");
  }

  @Test
  void a_file_that_may_not_be_written_is_taken_like_any_other() throws Exception {
    start();
    Path hidden = Files.write(in.resolve(".a.nii"), Workbench.ct(1));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(hidden, in.resolve("a.nii"));
    awaitIn("done", "a.nii");
  }

  @Test
  void with_markers_a_ct_waits_for_its_own_and_takes_it_away() throws Exception {
    start("&doneMarker=true", Workbench.RULES, 0);
    arrive("a.nii", 1);
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"));
    arrive("a.nii.done", "");
    awaitIn("done", "a.nii");
    arrive("a.nii", 2);
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"), "the first one's marker is no longer there");
  }
}
