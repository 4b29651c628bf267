package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.intake.FailedCts.FailedCt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailedCtsTest {

  private static final String REASON = "{\"case\": \"abc\", \"code\": \"storage\"}";

  @TempDir Path home;

  @BeforeEach
  void makeFolders() throws IOException {
    InboxFolders.below(home.resolve("intake")).make();
  }

  private Path write(String path, String text) throws IOException {
    Path file = home.resolve("intake").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<FailedCt> all() throws IOException {
    return new FailedCts(home, Set.of("folder", "folder:ward", "queue")).all((f, e) -> fail(e));
  }

  private List<String> filesBelow(String folder) throws IOException {
    Path below = home.resolve("intake").resolve(folder);
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> below.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void a_ct_goes_back_below_the_same_subfolders_with_what_goes_with_it_but_the_reason()
      throws IOException {
    write("failed/ward/a.hdr/a.hdr", "header");
    write("failed/ward/a.hdr/a.img", "voxels");
    write("failed/ward/a.hdr/a.json", "{}");
    write("failed/ward/a.hdr/reason.json", REASON);
    FailedCt failed = all().get(0);
    assertEquals(Optional.of("abc"), failed.caseId());
    assertEquals(
        home.resolve("intake/in/ward/a.hdr"), failed.moveBack().orElseThrow(), "where it is");
    assertEquals(
        List.of("ward/a.hdr", "ward/a.hdr.done", "ward/a.img", "ward/a.img.done", "ward/a.json"),
        filesBelow("in"));
    assertFalse(Files.exists(home.resolve("intake/failed/ward/a.hdr")));
    assertEquals(List.of(), all());
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    write("in/a.nii.gz", "another");
    write("failed/a.nii.gz/a.nii.gz", "first");
    write("failed/a.nii.gz/reason.json", REASON);
    write("failed/a~2.nii.gz/a.nii.gz", "second");
    write("failed/a~2.nii.gz/reason.json", REASON);
    for (FailedCt failed : all()) {
      failed.moveBack();
    }
    assertEquals("another", Files.readString(home.resolve("intake/in/a.nii.gz")));
    assertEquals("first", Files.readString(home.resolve("intake/in/a~2.nii.gz")));
    assertEquals("second", Files.readString(home.resolve("intake/in/a~3.nii.gz")));
  }

  @Test
  void a_ct_that_was_refused_has_no_case_and_neither_has_one_whose_reason_cannot_be_read()
      throws IOException {
    write("failed/a.nii/a.nii", "ct");
    write("failed/a.nii/reason.json", "{\"code\": \"bad-request\"}");
    write("failed/b.nii/b.nii", "ct");
    write("failed/b.nii/reason.json", "{");
    assertEquals(
        List.of(Optional.empty(), Optional.empty()), all().stream().map(FailedCt::caseId).toList());
  }

  @Test
  void a_reason_that_is_endless_is_not_read() throws IOException {
    write("failed/b.nii/b.nii", "ct");
    write("failed/b.nii/reason.json", " ".repeat(100_000) + REASON);
    assertEquals(List.of(Optional.empty()), all().stream().map(FailedCt::caseId).toList());
  }

  @Test
  void a_reason_that_is_a_link_is_none() throws IOException {
    Path outside = Files.writeString(home.resolve("outside.json"), REASON);
    write("failed/a.nii/a.nii", "ct");
    Files.createSymbolicLink(home.resolve("intake/failed/a.nii/reason.json"), outside);
    assertEquals(List.of(), all());
  }

  @Test
  void a_reason_that_lies_in_the_folder_of_failures_itself_is_none() throws IOException {
    write("failed/reason.json", REASON);
    assertEquals(List.of(), all());
  }

  @Test
  void a_folder_of_the_name_of_a_reason_is_a_folder_like_others() throws IOException {
    write("failed/reason.json/q.nii/q.nii", "ct");
    write("failed/reason.json/q.nii/reason.json", REASON);
    assertEquals(
        List.of(home.resolve("intake/failed/reason.json/q.nii")),
        all().stream().map(FailedCt::folder).toList());
    assertEquals(
        home.resolve("intake/in/reason.json/q.nii"), all().get(0).moveBack().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "outside.json", "intake/in/a.json"})
  void options_that_are_a_link_go_back_as_a_link_wherever_that_leads(String target)
      throws IOException {
    Path outside = Files.writeString(home.resolve("outside.json"), "{}");
    write("failed/a.nii/a.nii", "ct");
    write("failed/a.nii/reason.json", REASON);
    Path to = home.resolve(target);
    Files.createSymbolicLink(home.resolve("intake/failed/a.nii/a.json"), to);
    assertEquals(home.resolve("intake/in/a.nii"), all().get(0).moveBack().orElseThrow());
    assertEquals(to, Files.readSymbolicLink(home.resolve("intake/in/a.json")));
    assertEquals("{}", Files.readString(outside));
    assertFalse(Files.exists(home.resolve("intake/failed/a.nii")));
  }

  @Test
  void where_a_ct_was_moved_out_the_reason_is_forgotten_and_all_else_stays() throws IOException {
    write("failed/a.nii/reason.json", REASON);
    write("failed/a.nii/sub/x.nii", "something else");
    write("failed/b.nii/reason.json", REASON);
    write("failed/b.nii/b.json", "{}");
    write("failed/ward/c.nii/reason.json", REASON);
    for (FailedCt failed : all()) {
      assertEquals(Optional.empty(), failed.moveBack());
      assertTrue(failed.forget());
    }
    assertEquals(List.of("a.nii/sub/x.nii", "b.nii/b.json"), filesBelow("failed"));
    assertFalse(Files.exists(home.resolve("intake/failed/ward/c.nii")));
  }

  @Test
  void a_reason_that_is_not_ours_is_not_forgotten() throws IOException {
    write("failed/c.nii/reason.json", "{\"because\": \"I say so\"}");
    assertFalse(all().get(0).forget());
    assertEquals(List.of("c.nii/reason.json"), filesBelow("failed"));
  }

  @Test
  void a_folder_that_cannot_be_looked_into_is_told_and_the_rest_is_found() throws IOException {
    write("failed/z.nii/reason.json", REASON);
    Path failed = home.resolve("intake/failed");
    List<Path> unreadable = new ArrayList<>();
    TooDeepFolder deep = new TooDeepFolder(failed, home.resolve("aside"));
    try {
      List<FailedCt> found =
          new FailedCts(home, Set.of("folder")).all((folder, e) -> unreadable.add(folder));
      assertEquals(List.of(failed.resolve("z.nii")), found.stream().map(FailedCt::folder).toList());
      assertEquals(1, unreadable.size());
      assertTrue(unreadable.get(0).startsWith(failed.resolve("n".repeat(255))));
    } finally {
      deep.bringUp();
    }
  }

  @Test
  void every_folder_that_is_a_door_is_looked_at() throws IOException {
    InboxFolders.below(home.resolve("ward")).make();
    Path failed = Files.createDirectories(home.resolve("ward/failed/a.nii"));
    Files.writeString(failed.resolve("a.nii"), "ct");
    Files.writeString(failed.resolve("reason.json"), REASON);
    assertTrue(all().get(0).moveBack().orElseThrow().startsWith(home.resolve("ward/in")));
    assertTrue(FailedCts.isFolder("folder:ward"));
    assertFalse(FailedCts.isFolder("queue"));
  }
}
