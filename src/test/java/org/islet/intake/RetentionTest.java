package org.islet.intake;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.Logged;
import org.islet.intake.Retention.Limits;
import org.islet.object.FolderStore;
import org.islet.object.ObjectStore;
import org.islet.publish.ResultObjects;
import org.islet.store.Database;
import org.islet.store.Incoming;
import org.islet.store.Input;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Records;
import org.islet.store.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path home;
  private Path done;
  private Path results;
  private Database database;
  private JobStore store;
  private Logged log;

  @BeforeEach
  void open() throws IOException {
    done = Files.createDirectories(home.resolve("intake/done"));
    results = Files.createDirectories(home.resolve("results"));
    database = Database.serve(home.resolve("data"));
    store = new JobStore(database);
    log = new Logged("org.islet.intake");
  }

  @AfterEach
  void close() {
    log.close();
    database.close();
  }

  private void sweep(Limits ofDone, Limits ofResults) throws IOException {
    try (Retention retention =
        new Retention(() -> Set.of(done), ofDone, new ResultShelf(results, store), ofResults)) {
      retention.sweep();
    }
  }

  private static Limits age(Duration age) {
    return new Limits(Optional.of(age), Optional.empty());
  }

  private static Limits bytes(long bytes) {
    return new Limits(Optional.empty(), Optional.of(bytes));
  }

  private Path putDone(String name) throws IOException {
    Path file = done.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[100]);
    return file;
  }

  private static void rest() throws InterruptedException {
    Thread.sleep(20);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** A result of 100 bytes, of a case that was recorded and whose request was answered or not. */
  private Job result(char digit, Duration age, boolean answered) throws Exception {
    Input input = new Input(String.valueOf(digit).repeat(64), 1, null, null);
    Incoming incoming = new Incoming("folder", "" + digit, Order.of("r"), "a", "{}");
    Request request = store.requests().receive(incoming, "w", DAY, job -> true);
    Job running =
        Records.begin(
            store, store.accept(request, input, "m", id -> true), "w", Duration.ofMinutes(1));
    Path folder = resultFolder(running.id(), age);
    Job ended =
        store
            .finish(
                running,
                new JobStore.Ending(JobState.DONE, "m", folder.toString(), "f", "{}", "[]"))
            .orElseThrow();
    if (answered) {
      store.requests().answered(request);
    }
    return ended;
  }

  private Path resultFolder(String name, Duration age) throws IOException {
    Path folder = Files.createDirectory(results.resolve(name));
    Files.write(folder.resolve("mask.nii.gz"), new byte[98]);
    Path manifest = Files.writeString(folder.resolve("manifest.json"), "{}");
    Files.setLastModifiedTime(manifest, FileTime.from(Instant.now().minus(age)));
    return folder;
  }

  @Test
  void nothing_is_cleared_away_unless_it_is_asked_for() throws Exception {
    putDone("a.nii");
    result('a', Duration.ofDays(1000), true);
    sweep(Limits.NONE, Limits.NONE);
    assertEquals(List.of("a.nii"), names(done));
    assertEquals(List.of("aaaaaaaaaaaa"), names(results));
    assertEquals(List.of(), log.lines(""));
  }

  @Test
  void cts_go_by_how_long_they_are_done_and_not_by_the_time_that_they_brought_along()
      throws Exception {
    Path file = putDone("a.nii");
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    sweep(age(DAY), Limits.NONE);
    assertEquals(List.of("a.nii"), names(done));
    rest();
    sweep(age(Duration.ofMillis(10)), Limits.NONE);
    assertEquals(List.of(), names(done));
  }

  @Test
  void the_oldest_cts_go_first_with_all_that_belongs_to_them() throws Exception {
    putDone("b.hdr");
    putDone("b.img");
    putDone("b.json");
    rest();
    putDone("sub/a.nii");
    rest();
    putDone("c.nii");
    sweep(bytes(250), Limits.NONE);
    assertEquals(List.of("c.nii", "sub"), names(done));
    sweep(bytes(100), Limits.NONE);
    assertEquals(List.of("c.nii"), names(done), "the subfolder is empty, so it goes");
    assertEquals(1, log.lines("1 CT(s) of 'done'").size() - 1);
  }

  @Test
  void links_in_done_are_left_alone_and_so_is_what_they_point_at() throws Exception {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path secret = Files.write(outside.resolve("a.nii"), new byte[100]);
    Files.createSymbolicLink(done.resolve("link.nii"), secret);
    Files.createSymbolicLink(done.resolve("folder"), outside);
    rest();
    sweep(age(Duration.ZERO), Limits.NONE);
    assertEquals(2, names(done).size());
    assertTrue(Files.exists(secret));
  }

  @Test
  void old_results_go_and_the_record_forgets_them_first() throws Exception {
    Job old = result('a', Duration.ofDays(3), true);
    Job fresh = result('b', Duration.ofHours(1), true);
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(fresh.id()), names(results));
    assertEquals(null, store.find(old.id()).orElseThrow().resultPlace());
    assertFalse(store.find(fresh.id()).orElseThrow().resultPlace() == null);
    assertEquals(1, log.lines("1 result(s)").size());
  }

  @Test
  void the_oldest_results_go_until_the_others_fit() throws Exception {
    result('a', Duration.ofDays(1), true);
    result('b', Duration.ofDays(3), true);
    result('c', Duration.ofDays(2), true);
    sweep(Limits.NONE, bytes(250));
    assertEquals(List.of("aaaaaaaaaaaa", "cccccccccccc"), names(results));
  }

  @Test
  void a_result_that_somebody_waits_for_stays() throws Exception {
    Job waited = result('a', Duration.ofDays(3), false);
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(waited.id()), names(results));
    assertFalse(store.find(waited.id()).orElseThrow().resultPlace() == null);
  }

  @Test
  void what_is_no_result_stays() throws Exception {
    Files.createDirectories(results.resolve("mine/photos"));
    Files.createDirectories(results.resolve(".parts/x"));
    Files.writeString(results.resolve("notes.txt"), "mine");
    Path outside = resultFolder("outside", Duration.ofDays(3));
    Files.move(outside, home.resolve("outside"));
    Files.createSymbolicLink(results.resolve("link"), home.resolve("outside"));
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(".parts", "link", "mine", "notes.txt"), names(results));
    assertEquals(2, names(home.resolve("outside")).size());
  }

  @Test
  void a_link_in_a_result_goes_and_what_it_points_at_stays() throws Exception {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "mine");
    Path result = resultFolder("abc", Duration.ofDays(3));
    Files.createSymbolicLink(result.resolve("link"), outside);
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(), names(results));
    assertEquals(List.of("secret"), names(outside));
  }

  @Test
  void what_an_earlier_sweep_left_half_deleted_goes() throws Exception {
    Path half = Files.createDirectory(results.resolve(".gone-abc"));
    Files.writeString(half.resolve("mask.nii.gz"), "rest");
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(), names(results));
  }

  @Test
  void folders_that_are_not_there_are_no_trouble() throws Exception {
    Files.delete(done);
    Files.delete(results);
    sweep(age(DAY), age(DAY));
    assertEquals(List.of(), log.lines(""));
  }

  @Test
  void a_result_that_cannot_be_deleted_is_told_by_its_case_and_tried_again_and_others_go()
      throws Exception {
    Job stuck = result('a', Duration.ofDays(3), true);
    result('b', Duration.ofDays(2), true);
    Path inTheWay = Files.createFile(results.resolve(".gone-" + stuck.id()));
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(".gone-" + stuck.id(), stuck.id()), names(results));
    assertEquals(1, log.lines("the result of case " + stuck.id() + " cannot be").size());
    Files.delete(inTheWay);
    sweep(Limits.NONE, age(DAY));
    assertEquals(List.of(), names(results));
  }

  @Test
  void a_record_that_cannot_be_reached_is_told_and_the_cts_of_done_go_all_the_same()
      throws Exception {
    Job old = result('a', Duration.ofDays(3), true);
    putDone("a.nii");
    rest();
    database.close();
    sweep(age(Duration.ZERO), age(DAY));
    assertEquals(List.of(), names(done));
    assertEquals(List.of(old.id()), names(results));
    assertEquals(1, log.lines("the result of case " + old.id()).size());
  }

  @Test
  void an_error_does_not_end_the_sweeping() throws Exception {
    putDone("a.nii");
    AtomicInteger sweeps = new AtomicInteger();
    Supplier<Set<Path>> folders =
        () -> {
          if (sweeps.getAndIncrement() < 2) {
            throw new AssertionError("this cannot be");
          }
          return Set.of(done);
        };
    try (Retention retention =
        new Retention(folders, age(Duration.ZERO), new ResultShelf(results, store), Limits.NONE)) {
      retention.start(Duration.ZERO, Duration.ofMillis(10));
      await().atMost(DAY.dividedBy(1000)).until(() -> names(done).isEmpty());
    }
    assertEquals(1, log.lines("this cannot be").size(), "it is told once");
  }

  @Test
  void nothing_is_swept_where_no_limit_is_set() throws Exception {
    AtomicInteger sweeps = new AtomicInteger();
    Supplier<Set<Path>> folders =
        () -> {
          sweeps.incrementAndGet();
          return Set.of(done);
        };
    try (Retention retention =
        new Retention(folders, Limits.NONE, new ResultShelf(results, store), Limits.NONE)) {
      retention.start(Duration.ZERO, Duration.ofMillis(10));
      Thread.sleep(200);
    }
    assertEquals(0, sweeps.get());
  }

  @Test
  void results_in_storage_go_as_a_whole_once_the_record_has_forgotten_them() throws Exception {
    ObjectStore objects = new FolderStore(home.resolve("objects"));
    Job old = result('a', Duration.ofHours(2), true);
    Job waited = result('b', Duration.ofHours(2), false);
    Job young = result('c', Duration.ofMinutes(1), true);
    for (Job job : List.of(old, waited, young)) {
      objects.put(job.id() + "/manifest.json", new byte[1]);
      Duration age = job.equals(young) ? Duration.ofMinutes(1) : Duration.ofHours(2);
      Files.setLastModifiedTime(
          home.resolve("objects").resolve(job.id()).resolve("manifest.json"),
          FileTime.from(Instant.now().minus(age)));
    }
    ResultObjects stored = new ResultObjects(objects, home.resolve("scratch"));
    try (Retention retention =
        new Retention(
            Set::of, Limits.NONE, new StoredResultShelf(stored, store), age(Duration.ofHours(1)))) {
      retention.sweep();
    }
    assertEquals(
        Set.of(waited.id(), young.id()),
        stored.results().stream().map(ResultObjects.Stored::caseId).collect(Collectors.toSet()));
  }
}
