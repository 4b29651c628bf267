package org.islet.publish;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path root;

  private List<String> names(String below) throws IOException {
    Path folder = root.resolve(below);
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** What a killed process leaves, with its lock or without. */
  private void abandon(String name, boolean lock) throws IOException {
    Path part = Files.createDirectories(root.resolve(".parts").resolve(name));
    Files.writeString(part.resolve("mask.nii.gz"), "half a mask");
    if (lock) {
      Files.createFile(part.resolveSibling(name + ".lock"));
    }
  }

  @Test
  void what_nobody_holds_a_lock_of_is_cleared_away() throws IOException {
    abandon("a", true);
    abandon("b", false);
    Files.createFile(root.resolve(".parts/c.lock"));
    Part.clearAbandoned(root);
    assertEquals(List.of(), names(""));
  }

  @Test
  void nothing_is_cleared_where_nothing_was_published() throws IOException {
    Part.clearAbandoned(root.resolve("nowhere"));
    assertEquals(List.of(), names(""));
  }

  @Test
  void the_first_result_that_is_published_clears_what_was_abandoned() throws IOException {
    abandon("a", true);
    new ResultFolder(root).publish(Published.segmentation("abc"), () -> true);
    assertEquals(List.of("abc"), names(""));
  }

  @Test
  void a_part_of_this_process_is_kept_and_stays_locked() throws Exception {
    try (Part part = Part.make(root)) {
      Part.clearAbandoned(root);
      assertTrue(Files.isDirectory(part.folder()));
      try (OtherProcess other = OtherProcess.thatGoesOn(root)) {
        await().atMost(PATIENCE).until(() -> names("").size() > 3 || !other.isAlive());
        assertTrue(other.isAlive());
      }
      assertTrue(Files.isDirectory(part.folder()), "another process cleared it away");
    }
  }

  @Test
  void a_part_of_another_process_is_kept_until_that_is_killed() throws Exception {
    try (OtherProcess other = OtherProcess.thatWaits(root)) {
      await()
          .atMost(PATIENCE)
          .until(() -> names(".parts").stream().anyMatch(this::isWhole) || !other.isAlive());
      Part.clearAbandoned(root);
      assertEquals(2, names(".parts").size());
    }
    Part.clearAbandoned(root);
    assertEquals(List.of(), names(""));
  }

  private boolean isWhole(String part) {
    return Files.exists(root.resolve(".parts").resolve(part).resolve("manifest.json"));
  }

  @Test
  void what_a_killed_process_published_is_whole_and_what_it_began_is_cleared_away()
      throws Exception {
    for (int kill = 1; kill <= 4; kill++) {
      int before = names("").size();
      try (OtherProcess other = OtherProcess.thatGoesOn(root)) {
        await().atMost(PATIENCE).until(() -> names("").size() > before + 5 || !other.isAlive());
        TimeUnit.MILLISECONDS.sleep(7L * kill);
        assertTrue(other.isAlive());
      }
      for (String name : names("")) {
        if (!name.startsWith(".")) {
          assertEquals(List.of(), ResultCheck.of(root.resolve(name)).problems(), name);
        }
      }
    }
    Part.clearAbandoned(root);
    assertEquals(List.of(), names(".parts"));
  }

  @Test
  void a_lock_that_this_process_took_elsewhere_is_not_taken_again() throws IOException {
    abandon("a", true);
    try (FileChannel channel =
            FileChannel.open(root.resolve(".parts/a.lock"), StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      Part.clearAbandoned(root);
      assertTrue(lock.isValid());
      assertEquals(List.of("a", "a.lock"), names(".parts"));
    }
  }

  @Test
  void many_threads_make_and_clear_parts_without_hindering_each_other() throws Exception {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      all.add(CompletableFuture.runAsync(this::makeAndClear));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
    assertEquals(List.of(), names(""));
  }

  private void makeAndClear() {
    try {
      for (int i = 0; i < 100; i++) {
        try (Part part = Part.make(root)) {
          Files.writeString(part.folder().resolve("a"), "a");
          Part.clearAbandoned(root);
          assertTrue(Files.exists(part.folder().resolve("a")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
