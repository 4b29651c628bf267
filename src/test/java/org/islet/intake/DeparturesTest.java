package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeparturesTest extends FoldersFixture {

  @Test
  void what_is_done_keeps_its_subfolder_and_its_options() throws Exception {
    put("sub/a.json", "{}");
    departures.finish(claim("sub/a.nii"));
    assertEquals(List.of("sub/a.json", "sub/a.nii"), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void what_failed_has_a_folder_of_its_own_with_the_reason() throws Exception {
    put("sub/a.json", "{}");
    departures.fail(claim("sub/a.nii"), REASON);
    assertEquals(
        List.of("sub/a.nii/a.json", "sub/a.nii/a.nii", "sub/a.nii/reason.json"), files("failed"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_name_that_comes_again_overwrites_nothing() throws Exception {
    for (int i = 1; i <= 3; i++) {
      put("p.hdr", "header " + i);
      put("p.img", "image " + i);
      departures.finish(claim(root.resolve("in/p.hdr")));
      departures.fail(claim("b.nii"), REASON);
    }
    assertEquals(
        List.of("p.hdr", "p.img", "p~2.hdr", "p~2.img", "p~3.hdr", "p~3.img"), files("done"));
    assertEquals("header 2", content("done/p~2.hdr"));
    assertEquals("image 3", content("done/p~3.img"));
    assertEquals(
        List.of("b.nii", "b~2.nii", "b~3.nii"), foldersIn("failed").stream().sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"p.img", "p.hdr"})
  void a_number_is_one_that_is_free_for_all_files_of_a_ct(String taken) throws Exception {
    Files.writeString(root.resolve("done").resolve(taken), "another's");
    put("p.img", "image");
    departures.finish(claim("p.hdr"));
    assertEquals(Stream.of(taken, "p~2.hdr", "p~2.img").sorted().toList(), files("done"));
    assertEquals("another's", content("done/" + taken));
  }

  @ParameterizedTest
  @MethodSource("longNames")
  void names_of_255_bytes_that_come_twice_are_kept_apart(String name) throws Exception {
    for (int i = 0; i < 2; i++) {
      Path in = root.resolve("in");
      departures.finish(claim(Files.createFile(NameBytes.in(in, name))));
      departures.fail(claim(Files.createFile(NameBytes.in(in, name))), REASON);
    }
    assertEquals(2, foldersIn("done").size());
    assertEquals(2, foldersIn("failed").size());
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  static List<String> longNames() {
    return List.of(
        "x".repeat(251) + ".nii", // no room for .done or .json
        "1." + "2".repeat(246) + ".nii.gz",
        "a." + "b".repeat(253),
        "\u00e8\u0086\u00b5".repeat(82) + "ab.nii.gz", // UTF-8
        "\u00ff".repeat(251) + ".nii"); // no characters at all
  }

  @Test
  void a_link_or_a_file_in_the_way_of_a_subfolder_is_left_alone() throws Exception {
    Path outside = Files.createDirectory(root.resolve("outside"));
    Files.createSymbolicLink(root.resolve("done/sub"), outside);
    Files.createFile(root.resolve("failed/sub"));
    departures.finish(claim("sub/a.nii"));
    departures.fail(claim("sub/b.nii"), REASON);
    assertTrue(Files.exists(root.resolve("done/sub~2/a.nii")));
    assertTrue(Files.exists(root.resolve("failed/sub~2/b.nii/b.nii")));
    assertEquals(List.of(), foldersIn("outside"));
  }

  @Test
  void a_reason_is_taken_away_that_was_left_when_its_ct_was_moved_back() throws Exception {
    departures.fail(claim("a.nii"), REASON);
    Files.move(root.resolve("failed/a.nii/a.nii"), root.resolve("in/a.nii"));
    failures.forgetReasons(Path.of("a.nii"), r -> !"c1".equals(r.caseId()));
    assertEquals(1, foldersIn("failed").size());
    failures.forgetReasons(Path.of("a.nii"), r -> "c1".equals(r.caseId()));
    assertEquals(List.of(), foldersIn("failed"));
  }

  // ------------------------------------------------- a process that ended early

  @ParameterizedTest
  @MethodSource("moments")
  void a_ct_that_was_being_moved_to_done_when_the_process_ended_is_moved_on_by_the_next(
      Group group, int moved) throws Exception {
    endWhileTaking(group, group.files().size() + 1);
    Claim claim = takeUp().orElseThrow();
    Path to = Files.createDirectories(root.resolve("done").resolve(group.folder()));
    List<String> files = new ArrayList<>(group.files());
    Collections.reverse(files); // the CT is moved last
    for (String file : files.subList(0, Math.min(moved, files.size()))) {
      Files.move(claim.ct().resolveSibling(file), to.resolve(file));
    }
    Optional<Claim> left = claims.in(claim.folder().getFileName().toString());
    assertEquals(moved < files.size(), left.isPresent());
    if (left.isPresent()) {
      departures.finish(left.get());
    }
    assertEquals(expected(group, ""), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @ParameterizedTest
  @MethodSource("moments")
  void a_ct_whose_names_in_done_were_taken_when_the_process_ended_gets_these(Group group, int moved)
      throws Exception {
    endWhileTaking(group, group.files().size() + 1);
    Claim claim = takeUp().orElseThrow();
    Path to = Files.createDirectories(root.resolve("done").resolve(group.folder()));
    List<Path> files = Arrivals.filesBeside(claim.ct());
    for (Path file : files) {
      Files.createLink(to.resolve(file.getFileName()), file);
    }
    for (Path file : files.subList(0, Math.min(moved, files.size() - 1))) {
      Files.delete(file);
    }
    departures.finish(claim);
    assertEquals(expected(group, ""), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_link_in_done_that_points_at_a_ct_is_not_taken_for_it() throws Exception {
    Claim claim = claim("a.nii");
    Files.createSymbolicLink(root.resolve("done/a.nii"), claim.ct());
    departures.finish(claim);
    assertEquals("content of a.nii", content("done/a~2.nii"));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void a_ct_that_was_being_moved_to_failed_when_the_process_ended_is_moved_by_the_next(Group group)
      throws Exception {
    endWhileTaking(group, group.files().size() + 1);
    Claim claim = takeUp().orElseThrow();
    Files.writeString(claim.ct().resolveSibling("reason.json"), "{\"code\":"); // cut short
    Claim found = claims.find(claim.key()).orElseThrow();
    departures.fail(found, REASON);
    List<String> expected = new ArrayList<>(expected(group, group.ct() + "/"));
    expected.add(group.folder() + group.ct() + "/reason.json");
    assertEquals(expected.stream().sorted().toList(), files("failed"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }
}
