package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.islet.job.BrokenResultException;
import org.islet.job.CaseResult;
import org.islet.job.Segmentation;
import org.islet.object.FolderStore;
import org.islet.object.ObjectBody;
import org.islet.object.ObjectStore;
import org.islet.object.StoredObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a folder, which does what object storage does; {@code ObjectStorageIT} has a server. */
class ResultObjectsTest {

  @TempDir Path folder;

  /** A process that ends where it stands. */
  private static final class Killed extends Error {}

  /** A store that fails, or whose process ends, after some calls that write. */
  private static final class Failing implements ObjectStore {

    private final ObjectStore store;
    private int left;
    private final boolean killed;

    /**
     * @param killed whether nothing is done any more, as when the process has ended
     */
    Failing(ObjectStore store, int left, boolean killed) {
      this.store = store;
      this.left = left;
      this.killed = killed;
    }

    private void count() throws IOException {
      if (left-- <= 0) {
        if (killed) {
          throw new Killed();
        }
        throw new IOException("It is away.");
      }
    }

    @Override
    public void put(String key, Path file) throws IOException {
      count();
      store.put(key, file);
    }

    @Override
    public void put(String key, byte[] bytes) throws IOException {
      count();
      store.put(key, bytes);
    }

    @Override
    public boolean putNew(String key, byte[] bytes) throws IOException {
      count();
      return store.putNew(key, bytes);
    }

    @Override
    public ObjectBody get(String key) throws IOException {
      return store.get(key);
    }

    @Override
    public boolean exists(String key) throws IOException {
      return store.exists(key);
    }

    @Override
    public List<StoredObject> list(String folder) throws IOException {
      return store.list(folder);
    }

    @Override
    public void delete(String key) throws IOException {
      if (!killed || left >= 0) {
        store.delete(key);
      } else {
        throw new Killed();
      }
    }

    @Override
    public void requirePutNew() {}

    @Override
    public String place(String key) {
      return store.place(key);
    }
  }

  private ObjectStore store() {
    return new FolderStore(folder.resolve("objects"));
  }

  private ResultObjects results() {
    return results(store());
  }

  private ResultObjects results(ObjectStore store) {
    return new ResultObjects(store, folder.resolve("scratch"));
  }

  private Set<String> keys() throws IOException {
    Set<String> keys = new TreeSet<>();
    store().list("").forEach(object -> keys.add(object.key()));
    return keys;
  }

  private static Segmentation other(String caseId) {
    return Published.segmentation(Published.report(caseId, 7), Published.MASK);
  }

  private ResultCheck check(String caseId) throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    assertTrue(results().fetch(caseId, copy));
    return ResultCheck.of(copy);
  }

  @Test
  void a_result_is_there_whole_and_found_as_it_was_published() throws IOException {
    assertTrue(results().isFree("abc"));
    assertEquals(Optional.empty(), results().find("abc"));
    CaseResult published =
        results().publish(Published.segmentation("abc"), () -> true).orElseThrow();
    CaseResult found = results().find("abc").orElseThrow();
    assertFalse(results().isFree("abc"));
    assertEquals(published.sha256(), found.sha256());
    assertEquals(published.place(), found.place());
    assertTrue(found.place().endsWith("/objects/abc"), found.place());
    assertEquals("abc", found.report().caseId());
    assertEquals(List.of(), check("abc").problems());
    assertEquals(4, keys().size());
    try (Stream<Path> scratch = Files.list(folder.resolve("scratch"))) {
      assertEquals(0, scratch.count());
    }
  }

  /** What is copied as it lies is a result too. */
  @Test
  void a_copy_of_the_objects_is_a_result_in_a_folder() throws IOException {
    results().publish(Published.segmentation("abc"), () -> true);
    Path copy = folder.resolve("objects/abc");
    assertEquals(List.of(), ResultCheck.of(copy).problems());
    Path below;
    try (Stream<Path> files = Files.list(copy)) {
      below = files.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    Files.writeString(below.resolve("stranger"), "");
    assertTrue(ResultCheck.of(copy).problems().toString().contains("'stranger' lies beside"));
    Files.delete(below.resolve("stranger"));
    Files.writeString(below.resolve("mask.nii.gz"), "no mask");
    assertTrue(ResultCheck.of(copy).problems().toString().contains("mask.nii.gz has 7 bytes"));
    assertThrows(BrokenResultException.class, () -> results().find("abc"));
    Files.move(below, copy.resolveSibling("elsewhere"));
    assertTrue(ResultCheck.of(copy).problems().toString().contains("of its files is missing"));
    assertThrows(BrokenResultException.class, () -> results().find("abc"));
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    String first =
        results().publish(Published.segmentation("abc"), () -> true).orElseThrow().sha256();
    assertThrows(
        FileAlreadyExistsException.class, () -> results().publish(other("abc"), () -> true));
    assertEquals(first, results().find("abc").orElseThrow().sha256());
    assertEquals(4, keys().size());
  }

  @Test
  void what_may_not_appear_does_not_and_leaves_nothing() throws IOException {
    assertEquals(Optional.empty(), results().publish(Published.segmentation("abc"), () -> false));
    assertEquals(Set.of(), keys());
    assertTrue(results().isFree("abc"));
  }

  /** A worker that lost its case goes on, while the one that took it over publishes. */
  @Test
  void of_two_that_publish_at_one_time_one_wins_and_its_result_is_whole() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        String caseId = "case-" + round;
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
          Segmentation what = n == 0 ? Published.segmentation(caseId) : other(caseId);
          tries.add(threads.submit(() -> wins(what, barrier)));
        }
        boolean first = tries.get(0).get();
        assertTrue(first ^ tries.get(1).get());
        int voxels = results().find(caseId).orElseThrow().report().mask().voxels();
        assertEquals(first ? Published.MASK.count() : 7, voxels);
        assertEquals(4, store().list(caseId).size(), "the loser has cleared its files away");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean wins(Segmentation what, CyclicBarrier barrier) throws IOException {
    try {
      results()
          .publish(
              what,
              () -> {
                try {
                  barrier.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
                return true;
              });
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Test
  void a_process_that_ends_in_the_middle_leaves_no_result_and_what_it_left_goes_after_a_day()
      throws IOException {
    for (int left = 0; left <= 3; left++) {
      ObjectStore failing = new Failing(store(), left, true);
      assertThrows(
          Killed.class, () -> results(failing).publish(Published.segmentation("abc"), () -> true));
      assertTrue(results().isFree("abc"));
      assertEquals(Optional.empty(), results().find("abc"));
    }
    assertEquals(1 + 2 + 3, keys().size());
    results().publish(Published.segmentation("abc"), () -> true);
    results().clearAbandoned();
    assertEquals(1 + 2 + 3 + 4, keys().size(), "an attempt may still be at work");
    age(Duration.ofHours(25));
    results().clearAbandoned();
    assertEquals(4, keys().size());
    assertEquals(List.of(), check("abc").problems());
  }

  private void age(Duration by) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
      }
    }
  }

  @Test
  void what_is_abandoned_goes_where_there_is_no_result_too_and_nothing_else_does()
      throws IOException {
    ObjectStore failing = new Failing(store(), 2, true);
    assertThrows(
        Killed.class, () -> results(failing).publish(Published.segmentation("abc"), () -> true));
    results().publish(Published.segmentation("def"), () -> true);
    store().put("ghi/notes/of-somebody.txt", new byte[1]);
    store().put("damaged/manifest.json", new byte[1]);
    store().put("damaged/0f6b1c1e-0000-4000-8000-000000000000/mask.nii.gz", new byte[1]);
    store().put("damaged/0f6b1c1e-0000-4000-8000-000000000001/mask.nii.gz", new byte[1]);
    age(Duration.ofHours(25));
    results().clearAbandoned();
    assertEquals(4 + 1 + 3, keys().size());
    assertEquals(0, store().list("abc").size());
  }

  @Test
  void storage_that_fails_before_the_manifest_leaves_nothing_of_the_attempt() throws IOException {
    for (int left = 0; left <= 2; left++) {
      ObjectStore failing = new Failing(store(), left, false);
      assertThrows(
          IOException.class,
          () -> results(failing).publish(Published.segmentation("abc"), () -> true));
      assertEquals(Set.of(), keys());
    }
  }

  /** It may have got through, so what it lists has to stay. */
  @Test
  void storage_that_fails_at_the_manifest_leaves_what_that_would_list() throws IOException {
    ObjectStore failing = new Failing(store(), 3, false);
    assertThrows(
        IOException.class,
        () -> results(failing).publish(Published.segmentation("abc"), () -> true));
    assertEquals(3, keys().size());
  }

  @Test
  void a_manifest_that_was_put_by_this_very_attempt_is_no_one_elses() throws IOException {
    ObjectStore deaf =
        new FolderStore(folder.resolve("objects")) {
          @Override
          public boolean putNew(String key, byte[] bytes) throws IOException {
            super.putNew(key, bytes);
            return super.putNew(key, bytes);
          }

          @Override
          public void requirePutNew() {}
        };
    String sha256 =
        results(deaf).publish(Published.segmentation("abc"), () -> true).orElseThrow().sha256();
    assertEquals(sha256, results().find("abc").orElseThrow().sha256());
  }

  @Test
  void storage_that_overwrites_gets_no_result() throws IOException {
    ObjectStore careless =
        new FolderStore(folder.resolve("objects")) {
          @Override
          public boolean putNew(String key, byte[] bytes) throws IOException {
            put(key, bytes);
            return true;
          }
        };
    IOException e =
        assertThrows(
            IOException.class,
            () -> results(careless).publish(Published.segmentation("abc"), () -> true));
    assertTrue(e.getMessage().contains("overwrites"), e.getMessage());
    assertTrue(results().isFree("abc"));
  }

  @Test
  void results_are_listed_and_deleted_as_a_whole() throws IOException {
    results().publish(Published.segmentation("abc"), () -> true);
    results().publish(Published.segmentation("def"), () -> true);
    store().put("ghi/0f6b1c1e-0000-4000-8000-000000000000/mask.nii.gz", new byte[1]);
    store().put("_of-somebody-else/x", new byte[1]);
    List<ResultObjects.Stored> all = results().results();
    assertEquals(List.of("abc", "def"), all.stream().map(ResultObjects.Stored::caseId).toList());
    long bytes = store().list("abc").stream().mapToLong(StoredObject::bytes).sum();
    assertEquals(bytes, all.get(0).bytes());
    assertTrue(Duration.between(all.get(0).since(), Instant.now()).abs().toSeconds() < 60);
    results().delete("abc");
    assertEquals(0, store().list("abc").size());
    assertEquals(List.of(), check("def").problems());
    results().delete("abc");
  }

  /** Whoever can write to storage may write what he likes. */
  @Test
  void a_manifest_of_somebody_else_leads_nowhere_and_fills_no_disk() throws IOException {
    store().put("abc/x", new byte[1000]);
    Manifest.Entry huge = new Manifest.Entry("x", 1L << 50, "0");
    Manifest.Entry outside = new Manifest.Entry("../../outside", 1, "0");
    Manifest.Entry longer = new Manifest.Entry("y", 10, "0");
    store().put("abc/y", new byte[1000]);
    put(new Manifest(1, "abc", null, List.of(outside, longer)));
    Path copy = Files.createDirectory(folder.resolve("copy"));
    assertTrue(results().fetch("abc", copy));
    assertEquals(11, Files.size(copy.resolve("y")), "one more than it may have");
    put(new Manifest(1, "abc", null, List.of(huge)));
    Path second = Files.createDirectory(folder.resolve("second"));
    assertTrue(results().fetch("abc", second));
    assertFalse(Files.exists(second.resolve("x")));
    put(new Manifest(1, "abc", "..", List.of()));
    assertTrue(results().fetch("abc", second));
    assertTrue(ResultCheck.of(second).problems().toString().contains("damaged"));
    store().put("abc/manifest.json", new byte[(1 << 20) + 1]);
    assertThrows(IOException.class, () -> results().fetch("abc", second));
  }

  private void put(Manifest manifest) throws IOException {
    store().put("abc/manifest.json", manifest.toBytes());
  }
}
