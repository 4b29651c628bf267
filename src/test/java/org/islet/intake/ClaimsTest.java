package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.islet.intake.Sightings.Complete;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimsTest extends FoldersFixture {

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
    assertEquals(claim, claims.find(claim.key()).orElseThrow());
  }

  @Test
  void a_ct_that_somebody_else_took_is_not_taken_and_leaves_no_claim() throws Exception {
    Complete seen = complete(put("a.nii", "one"));
    Claims other = new Claims(folders, "w2");
    assertTrue(other.take(seen).isPresent());
    assertEquals(Optional.empty(), claims.take(seen));
    assertEquals(1, foldersIn("in-progress").size());
  }

  @Test
  void a_ct_that_changed_since_the_last_look_is_left_where_it_is() throws Exception {
    Path ct = put("a.nii", "one");
    Complete seen = complete(ct);
    Files.writeString(ct, "still being written");
    assertEquals(Optional.empty(), claims.take(seen));
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
    assertEquals(Optional.empty(), claims.take(seen));
    assertTrue(Files.isSymbolicLink(ct));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void a_claim_of_another_worker_is_taken_over_once_with_the_same_key_or_a_new_one()
      throws Exception {
    Claim claim = claim("a.nii");
    String name = claim.folder().getFileName().toString();
    Claims other = new Claims(folders, "w2");
    String taken = other.takeOver(name, true).orElseThrow();
    assertEquals("w2", Claim.workerOf(taken));
    assertEquals(claim.key(), Claim.keyOf(taken));
    assertEquals(Optional.empty(), claims.takeOver(name, true));
    assertTrue(claims.find(claim.key()).isPresent(), "whose it is does not matter to a record");
    String renamed = claims.takeOver(taken, false).orElseThrow();
    assertEquals(Optional.empty(), other.find(claim.key()));
    assertTrue(claims.in(renamed).isPresent());
  }

  @Test
  void a_claim_that_is_just_being_taken_over_is_found() throws Exception {
    Claim claim = claim("a.nii");
    String name = claim.folder().getFileName().toString();
    List<Claims> workers = List.of(new Claims(folders, "w2"), new Claims(folders, "w3"));
    for (int round = 0; round < 300; round++) {
      Claims worker = workers.get(round % 2);
      String before = name;
      var taking = CompletableFuture.supplyAsync(() -> takenOver(worker, before));
      assertTrue(worker.find(claim.key()).isPresent(), "round " + round);
      name = taking.join();
    }
  }

  private static String takenOver(Claims worker, String name) {
    try {
      return worker.takeOver(name, true).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_claim_of_an_islet_before_keys_has_no_worker() {
    String name = "0e7d1f2a-1111-2222-3333-444455556666";
    assertEquals("", Claim.workerOf(name));
    assertEquals(name, Claim.keyOf(name));
  }

  @Test
  void a_folder_of_failed_that_was_moved_back_is_the_ct_that_it_was() throws Exception {
    put("sub/a.json", "{}");
    departures.fail(claim("sub/a.nii"), REASON);
    put("sub/a.json", "{}");
    departures.fail(claim("sub/a.nii"), REASON);
    Files.move(root.resolve("failed/sub/a~2.nii"), root.resolve("in/sub/a~2.nii"));
    Claim claim = claim(root.resolve("in/sub/a~2.nii/a.nii"));
    assertEquals(Path.of("sub/a.nii"), claim.arrival());
    assertEquals(List.of(), files("in"));
    assertFalse(Files.exists(root.resolve("in/sub/a~2.nii")));
    departures.finish(claim);
    assertEquals(List.of("sub/a.json", "sub/a.nii"), files("done"));
  }

  @Test
  void a_reason_in_a_subfolder_of_another_name_is_nobodys_business() throws Exception {
    put("sub/reason.json", "{}");
    Claim claim = claim("sub/a.nii");
    assertEquals(Path.of("sub/a.nii"), claim.arrival());
    assertEquals(List.of("sub/reason.json"), files("in"));
  }

  // ------------------------------------------------------- what comes in between

  private Path linkInsteadOf(String folder) throws IOException {
    Path outside = Files.move(root.resolve("in").resolve(folder), root.resolve("outside"));
    Files.createSymbolicLink(root.resolve("in").resolve(folder), outside);
    return outside;
  }

  @Test
  void a_ct_is_not_taken_from_behind_a_link_that_came_since_the_last_look() throws Exception {
    Complete seen = complete(put("sub/a.nii", "one"));
    Path outside = linkInsteadOf("sub");
    assertEquals(Optional.empty(), claims.take(seen));
    assertTrue(Files.exists(outside.resolve("a.nii")));
    assertEquals(List.of(), foldersIn("in-progress"));
  }

  @Test
  void what_goes_with_a_ct_is_not_taken_from_behind_a_link() throws Exception {
    put("sub/a.json", "{}");
    Claim claim = claims.take(complete(put("sub/a.nii", "one"))).orElseThrow();
    Path outside = linkInsteadOf("sub");
    assertTrue(claims.completed(claim));
    assertTrue(Files.exists(outside.resolve("a.json")));
    departures.finish(claim);
    assertEquals(List.of("sub/a.nii"), files("done"));
  }

  @Test
  void another_ct_of_the_same_name_does_no_harm_to_one_that_has_nothing_beside_it()
      throws Exception {
    Claim claim = claims.take(complete(put("a.nii", "one"))).orElseThrow();
    put("a.nii", "two");
    assertTrue(claims.completed(claim));
    assertEquals("two", content("in/a.nii"));
    departures.finish(claim);
    assertEquals("one", content("done/a.nii"));
  }

  @Test
  void whose_marker_it_is_cannot_be_told_when_another_ct_of_the_same_name_has_come()
      throws Exception {
    Claim claim = claims.take(complete(put("a.nii", "one"))).orElseThrow();
    put("a.nii", "two");
    put("a.nii.done", "");
    assertFalse(claims.completed(claim));
    assertEquals(List.of("a.nii", "a.nii.done"), files("in"));
  }

  @Test
  void a_claim_whose_drive_is_away_is_not_taken_for_whole() throws Exception {
    put("a.json", "{}");
    Claim claim = claims.take(complete(put("a.nii", "one"))).orElseThrow();
    Path away = Files.move(folders.inProgress(), root.resolve("away"));
    assertThrows(NoSuchFileException.class, () -> claims.completed(claim));
    Files.move(away, folders.inProgress());
    assertTrue(claims.completed(claim));
    assertEquals(List.of(), files("in"));
  }

  // ------------------------------------------------- a process that ended early

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
    departures.finish(claim.orElseThrow());
    assertEquals(expected(group, ""), files("done"));
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
    Claim claim = claims.in("w0~key").orElseThrow();
    assertFalse(claims.completed(claim));
    assertEquals(List.of("a.json", "a.nii"), files("in"));
    departures.fail(claim, REASON);
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
    departures.finish(takeUp().orElseThrow());
    assertEquals(List.of("a.json", "a.nii"), files("done"));
    assertEquals(List.of(), foldersIn("in"));
  }
}
