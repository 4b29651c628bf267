package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.intake.InboxFolders.Claim;
import org.islet.intake.Sightings.Complete;
import org.islet.intake.Sightings.Look;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InboxFoldersTest {

  private static final FailureReason REASON =
      new FailureReason("c1", "truncated", "It is cut short.", "infer", 1, "Send it again.");

  @TempDir Path root;
  private InboxFolders folders;
  private Path elsewhere;

  @BeforeEach
  void make() throws IOException {
    folders = new InboxFolders(root, "w1");
    folders.make();
  }

  @AfterEach
  void clear() throws IOException {
    if (elsewhere != null) {
      Files.deleteIfExists(elsewhere);
    }
  }

  private Path put(String name, String content) throws IOException {
    Path file = root.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static Complete complete(Path ct) throws IOException {
    return new Complete(
        ct,
        Look.of(Files.readAttributes(ct, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
  }

  private Claim claim(Path ct) throws IOException {
    Claim claim = folders.claim(complete(ct)).orElseThrow();
    assertTrue(folders.completed(claim));
    return claim;
  }

  private Claim claim(String name) throws IOException {
    return claim(put(name, "content of " + name));
  }

  /** All files below a folder, hidden ones too. */
  private List<String> files(String below) throws IOException {
    Path folder = root.resolve(below);
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> !Files.isDirectory(f))
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> foldersIn(String below) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(below))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private String content(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  // ------------------------------------------------------------------ taking

  @Test
  void a_claim_holds_all_that_goes_with_a_ct_and_nothing_is_left_in_in() throws Exception {
    put("sub/p.img", "image");
    put("sub/p.json", "{}");
    put("sub/p.hdr.done", "");
    Claim claim = claim("sub/p.hdr");
    assertEquals(Path.of("sub/p.hdr"), claim.arrival());
    assertEquals(List.of(), files("in"));
    try (Stream<Path> files = Files.list(claim.ct().getParent())) {
      assertEquals(3, files.count());
    }
    assertEquals(claim, folders.claim(claim.key()).orElseThrow());
  }

  @Test
  void a_ct_that_somebody_else_took_is_not_taken_and_leaves_no_claim() throws Exception {
    Complete seen = complete(put("a.nii", "one"));
    InboxFolders other = new InboxFolders(root, "w2");
    assertTrue(other.claim(seen).isPresent());
    assertEquals(Optional.empty(), folders.claim(seen));
    assertEquals(1, foldersIn("in-progress").size());
  }

  @Test
  void a_ct_that_changed_since_the_last_look_is_left_where_it_is() throws Exception {
    Path ct = put("a.nii", "one");
    Complete seen = complete(ct);
    Files.writeString(ct, "still being written");
    assertEquals(Optional.empty(), folders.claim(seen));
    assertEquals("still being written", content("in/a.nii"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_ct_that_was_replaced_by_a_link_is_left_where_it_is() throws Exception {
    Path ct = put("a.nii", "one");
    Complete seen = complete(ct);
    Path outside = Files.writeString(root.resolve("outside"), "one");
    Files.delete(ct);
    Files.createSymbolicLink(ct, outside);
    assertEquals(Optional.empty(), folders.claim(seen));
    assertTrue(Files.isSymbolicLink(ct));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_claim_of_another_worker_is_taken_over_once_with_the_same_key_or_a_new_one()
      throws Exception {
    Claim claim = claim("a.nii");
    String name = claim.folder().getFileName().toString();
    InboxFolders other = new InboxFolders(root, "w2");
    String taken = other.takeOver(name, true).orElseThrow();
    assertEquals("w2", InboxFolders.workerOf(taken));
    assertEquals(claim.key(), InboxFolders.keyOf(taken));
    assertEquals(Optional.empty(), folders.takeOver(name, true));
    assertTrue(folders.claim(claim.key()).isPresent(), "whose it is does not matter to a record");
    String renamed = folders.takeOver(taken, false).orElseThrow();
    assertEquals(Optional.empty(), other.claim(claim.key()));
    assertTrue(folders.claimIn(renamed).isPresent());
  }

  @Test
  void a_claim_of_an_islet_before_keys_has_no_worker() {
    String name = "0e7d1f2a-1111-2222-3333-444455556666";
    assertEquals("", InboxFolders.workerOf(name));
    assertEquals(name, InboxFolders.keyOf(name));
  }

  // ------------------------------------------------------------------ ending

  @Test
  void what_is_done_keeps_its_subfolder_and_its_options() throws Exception {
    put("sub/a.json", "{}");
    folders.finish(claim("sub/a.nii"));
    assertEquals(List.of("sub/a.json", "sub/a.nii"), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void what_failed_has_a_folder_of_its_own_with_the_reason() throws Exception {
    put("sub/a.json", "{}");
    folders.fail(claim("sub/a.nii"), REASON);
    assertEquals(
        List.of("sub/a.nii/a.json", "sub/a.nii/a.nii", "sub/a.nii/reason.json"), files("failed"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_name_that_comes_again_overwrites_nothing() throws Exception {
    for (int i = 1; i <= 3; i++) {
      put("p.hdr", "header " + i);
      put("p.img", "image " + i);
      folders.finish(claim(root.resolve("in/p.hdr")));
      folders.fail(claim("b.nii"), REASON);
    }
    assertEquals(
        List.of("p.hdr", "p.img", "p~2.hdr", "p~2.img", "p~3.hdr", "p~3.img"), files("done"));
    assertEquals("header 2", content("done/p~2.hdr"));
    assertEquals("image 3", content("done/p~3.img"));
    assertEquals(
        List.of("b.nii", "b~2.nii", "b~3.nii"), foldersIn("failed").stream().sorted().toList());
  }

  @Test
  void a_number_is_one_that_is_free_for_all_files_of_a_ct() throws Exception {
    Files.writeString(root.resolve("done/p.img"), "another's");
    put("p.img", "image");
    folders.finish(claim("p.hdr"));
    assertEquals(List.of("p.img", "p~2.hdr", "p~2.img"), files("done"));
    assertEquals("another's", content("done/p.img"));
  }

  @ParameterizedTest
  @MethodSource("longNames")
  void names_of_255_bytes_that_come_twice_are_kept_apart(String name) throws Exception {
    for (int i = 0; i < 2; i++) {
      Path in = root.resolve("in");
      folders.finish(claim(Files.createFile(NameBytes.in(in, name))));
      folders.fail(claim(Files.createFile(NameBytes.in(in, name))), REASON);
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
    folders.finish(claim("sub/a.nii"));
    folders.fail(claim("sub/b.nii"), REASON);
    assertTrue(Files.exists(root.resolve("done/sub~2/a.nii")));
    assertTrue(Files.exists(root.resolve("failed/sub~2/b.nii/b.nii")));
    assertEquals(List.of(), foldersIn("outside"));
  }

  @Test
  void a_reason_is_taken_away_that_was_left_when_its_ct_was_moved_back() throws Exception {
    folders.fail(claim("a.nii"), REASON);
    Files.move(root.resolve("failed/a.nii/a.nii"), root.resolve("in/a.nii"));
    folders.failures().forgetReasons(Path.of("a.nii"), r -> !"c1".equals(r.caseId()));
    assertEquals(1, foldersIn("failed").size());
    folders.failures().forgetReasons(Path.of("a.nii"), r -> "c1".equals(r.caseId()));
    assertEquals(List.of(), foldersIn("failed"));
  }

  // ------------------------------------------------------------- trying again

  @Test
  void a_folder_of_failed_that_was_moved_back_is_the_ct_that_it_was() throws Exception {
    put("sub/a.json", "{}");
    folders.fail(claim("sub/a.nii"), REASON);
    put("sub/a.json", "{}");
    folders.fail(claim("sub/a.nii"), REASON);
    Files.move(root.resolve("failed/sub/a~2.nii"), root.resolve("in/sub/a~2.nii"));
    Claim claim = claim(root.resolve("in/sub/a~2.nii/a.nii"));
    assertEquals(Path.of("sub/a.nii"), claim.arrival());
    assertEquals(List.of(), files("in"));
    assertFalse(Files.exists(root.resolve("in/sub/a~2.nii")));
    folders.finish(claim);
    assertEquals(List.of("sub/a.json", "sub/a.nii"), files("done"));
  }

  @Test
  void a_reason_in_a_subfolder_of_another_name_is_nobodys_business() throws Exception {
    put("sub/reason.json", "{}");
    Claim claim = claim("sub/a.nii");
    assertEquals(Path.of("sub/a.nii"), claim.arrival());
    assertEquals(List.of("sub/reason.json"), files("in"));
  }

  // ------------------------------------------------- a process that ended early

  /** A CT as it may come: its files, the CT first, and where it is to end. */
  record Group(List<String> files, String marker, String folder) {
    String ct() {
      return files.get(0);
    }
  }

  static List<Group> groups() {
    return List.of(
        new Group(List.of("a.nii"), null, ""),
        new Group(List.of("a.nii", "a.json"), null, ""),
        new Group(List.of("p.hdr", "p.img", "p.json"), "p.hdr.done", ""),
        new Group(List.of("p.hdr", "p.img"), "p.img.done", "sub/"));
  }

  /** Every group, and how many of its files had been moved when the process ended. */
  static List<Arguments> moments() {
    return groups().stream()
        .flatMap(
            group ->
                IntStream.rangeClosed(0, group.files().size() + 1)
                    .mapToObj(moved -> Arguments.of(group, moved)))
        .toList();
  }

  /** The files as they lie when a process ends after so many steps of taking a CT. */
  private void endWhileTaking(Group group, int moved) throws IOException {
    List<Path> put = new ArrayList<>();
    for (String file : group.files()) {
      put.add(put(group.folder() + file, "content of " + file));
    }
    if (group.marker() != null) {
      put(group.folder() + group.marker(), "");
    }
    Path claim = Files.createDirectory(root.resolve("in-progress/w0~key"));
    Files.createFile(claim.resolve(".taking"));
    Path to = Files.createDirectories(claim.resolve(group.folder()));
    for (Path file : put.subList(0, Math.min(moved, put.size()))) {
      Files.move(file, to.resolve(file.getFileName()));
    }
    if (moved > put.size()) {
      if (group.marker() != null) {
        Files.delete(root.resolve("in").resolve(group.folder() + group.marker()));
      }
      Files.delete(claim.resolve(".taking"));
    }
  }

  /** What the next process does with what it finds. */
  private Optional<Claim> takeUp() throws IOException {
    for (String name : folders.claims()) {
      Optional<Claim> claim = folders.claimIn(folders.takeOver(name, false).orElseThrow());
      if (claim.isPresent()) {
        assertTrue(folders.completed(claim.get()));
        return claim;
      }
    }
    return Optional.empty();
  }

  private static List<String> expected(Group group, String below) {
    return group.files().stream().map(file -> group.folder() + below + file).sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("moments")
  void a_ct_that_was_being_taken_when_the_process_ended_is_taken_whole_by_the_next(
      Group group, int moved) throws Exception {
    endWhileTaking(group, moved);
    Optional<Claim> claim = takeUp();
    if (moved == 0) {
      assertEquals(Optional.empty(), claim);
      assertEquals(List.of(), foldersIn("in-progress"));
      claim = Optional.of(claim(root.resolve("in").resolve(group.folder() + group.ct())));
    }
    assertEquals(List.of(), files("in"));
    folders.finish(claim.orElseThrow());
    assertEquals(expected(group, ""), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

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
    Optional<Claim> left = folders.claimIn(claim.folder().getFileName().toString());
    assertEquals(moved < files.size(), left.isPresent());
    if (left.isPresent()) {
      folders.finish(left.get());
    }
    assertEquals(expected(group, ""), files("done"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void a_ct_that_was_being_moved_to_failed_when_the_process_ended_is_moved_by_the_next(Group group)
      throws Exception {
    endWhileTaking(group, group.files().size() + 1);
    Claim claim = takeUp().orElseThrow();
    Files.writeString(claim.ct().resolveSibling("reason.json"), "{\"code\":"); // cut short
    Claim found = folders.claim(claim.key()).orElseThrow();
    folders.fail(found, REASON);
    List<String> expected = new ArrayList<>(expected(group, group.ct() + "/"));
    expected.add(group.folder() + group.ct() + "/reason.json");
    assertEquals(expected.stream().sorted().toList(), files("failed"));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void an_empty_claim_whose_ct_was_moved_on_is_taken_away() throws Exception {
    Files.createDirectories(root.resolve("in-progress/w0~key/sub"));
    assertEquals(Optional.empty(), takeUp());
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void what_lies_beside_a_new_ct_of_the_same_name_is_not_taken_for_the_old_ones() throws Exception {
    endWhileTaking(groups().get(1), 1);
    put("a.nii", "a new CT");
    Claim claim = folders.claimIn("w0~key").orElseThrow();
    assertFalse(folders.completed(claim));
    assertEquals(List.of("a.json", "a.nii"), files("in"));
    folders.fail(claim, REASON);
    assertEquals(List.of("a.nii/a.nii", "a.nii/reason.json"), files("failed"));
  }

  @Test
  void a_folder_of_failed_that_was_being_taken_back_when_the_process_ended_is_taken_whole()
      throws Exception {
    put("a~2.nii/a.json", "{}");
    put("a~2.nii/reason.json", "{}");
    Path claim = Files.createDirectory(root.resolve("in-progress/w0~key"));
    Files.writeString(claim.resolve(".taking"), "a~2.nii");
    Files.writeString(claim.resolve("a.nii"), "one");
    folders.finish(takeUp().orElseThrow());
    assertEquals(List.of("a.json", "a.nii"), files("done"));
    assertEquals(List.of(), foldersIn("in"));
  }

  // ---------------------------------------------------------- where they are

  @Test
  void folders_that_are_not_there_are_named() throws Exception {
    assertEquals(Optional.empty(), folders.missing());
    Files.delete(root.resolve("done"));
    assertEquals(Optional.of("'done' is"), folders.missing());
    Files.delete(root.resolve("in"));
    assertEquals(Optional.of("'in', 'done' are"), folders.missing());
  }

  @Test
  void folders_on_another_file_system_are_named() throws Exception {
    Path shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(root)),
        "there is no other file system here");
    assertEquals(Optional.empty(), folders.apart());
    Path place = root.resolve("done");
    Files.delete(place);
    elsewhere = Files.createTempDirectory(shm, "islet");
    Files.createSymbolicLink(place, elsewhere);
    assertEquals(Optional.of("'done' is"), folders.apart());
  }
}
