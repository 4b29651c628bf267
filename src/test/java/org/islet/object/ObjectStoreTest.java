package org.islet.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does. */
abstract class ObjectStoreTest {

  @TempDir Path folder;

  abstract ObjectStore store(Path folder) throws IOException;

  private static byte[] bytes(int n) {
    byte[] bytes = new byte[n];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(ObjectStore store, String key) throws IOException {
    try (ObjectBody body = store.get(key)) {
      byte[] read = body.readAllBytes();
      assertEquals(read.length, body.bytes());
      return read;
    }
  }

  private static List<String> keys(ObjectStore store, String folder) throws IOException {
    return store.list(folder).stream().map(StoredObject::key).sorted().toList();
  }

  /** All at one server, which takes seconds to start. */
  @Test
  void objects_are_put_got_listed_and_deleted() throws IOException {
    ObjectStore store = store(folder);
    store.requirePutNew();
    assertEquals(List.of(), store.list(""));
    bytes_and_files_come_back_as_they_were_put(store);
    what_is_put_again_replaces_what_was_there(store);
    what_is_new_alone_replaces_nothing(store);
    a_list_is_of_one_folder_and_has_sizes_and_times(store);
    a_list_of_more_than_a_page_is_whole(store);
    what_is_deleted_is_gone_and_nothing_else(store);
    nothing_is_read_where_nothing_is(store);
    keys_that_lead_elsewhere_are_none(store);
    store.deleteAll("");
    assertEquals(List.of(), store.list(""));
  }

  private void bytes_and_files_come_back_as_they_were_put(ObjectStore store) throws IOException {
    for (int n : List.of(0, 1, 100_000)) {
      store.put("bytes/" + n, bytes(n));
      assertArrayEquals(bytes(n), read(store, "bytes/" + n));
      Path file = Files.write(folder.resolve("file"), bytes(n));
      store.put("files/" + n, file);
      assertArrayEquals(bytes(n), read(store, "files/" + n));
    }
    Path large = Files.write(folder.resolve("large"), bytes((int) (2.5 * S3Upload.PART)));
    store.put("files/large", large);
    assertArrayEquals(Files.readAllBytes(large), read(store, "files/large"));
    store.deleteAll("bytes");
    store.deleteAll("files");
  }

  private void what_is_put_again_replaces_what_was_there(ObjectStore store) throws IOException {
    store.put("again", bytes(10));
    store.put("again", bytes(7));
    assertArrayEquals(bytes(7), read(store, "again"));
    store.delete("again");
  }

  private void what_is_new_alone_replaces_nothing(ObjectStore store) throws IOException {
    assertTrue(store.putNew("new/one", bytes(10)));
    assertFalse(store.putNew("new/one", bytes(7)));
    assertArrayEquals(bytes(10), read(store, "new/one"));
    store.delete("new/one");
    assertTrue(store.putNew("new/one", bytes(7)));
    store.delete("new/one");
  }

  private void a_list_is_of_one_folder_and_has_sizes_and_times(ObjectStore store)
      throws IOException {
    store.put("case/x/one", bytes(10));
    store.put("case/two", bytes(20));
    store.put("case2/three", bytes(30));
    assertEquals(List.of("case/two", "case/x/one"), keys(store, "case"));
    assertEquals(List.of("case/two", "case/x/one", "case2/three"), keys(store, ""));
    assertEquals(List.of(), keys(store, "cas"));
    StoredObject two = store.list("case2").get(0);
    assertEquals(30, two.bytes());
    Duration age = Duration.between(two.modified(), Instant.now());
    assertTrue(age.abs().compareTo(Duration.ofMinutes(1)) < 0, age.toString());
  }

  private void a_list_of_more_than_a_page_is_whole(ObjectStore store) throws IOException {
    IntStream.range(0, 1010)
        .parallel()
        .forEach(i -> assertDoesNotThrow(() -> store.put("many/%04d".formatted(i), new byte[0])));
    assertEquals(1010, store.list("many").size());
    store.deleteAll("many");
  }

  private void what_is_deleted_is_gone_and_nothing_else(ObjectStore store) throws IOException {
    assertTrue(store.exists("case/x/one"));
    store.deleteAll("case");
    assertFalse(store.exists("case/x/one"));
    assertEquals(List.of("case2/three"), keys(store, ""));
    store.delete("case2/none");
    assertEquals(List.of("case2/three"), keys(store, ""));
  }

  private void nothing_is_read_where_nothing_is(ObjectStore store) throws IOException {
    assertFalse(store.exists("nothing/here"));
    store.requireThere();
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> store.get("nothing/here"));
    assertFalse(String.valueOf(e.getMessage()).contains("nothing/here") && e.getFile() == null);
  }

  private void keys_that_lead_elsewhere_are_none(ObjectStore store) {
    for (String key :
        List.of("../x", "x/../y", "/x", "x/", "", "x//y", "${env:HOME}", ".x", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> store.put(key, bytes(1)), key);
      assertThrows(IllegalArgumentException.class, () -> store.get(key), key);
      assertThrows(IllegalArgumentException.class, () -> store.delete(key), key);
    }
  }

  @Test
  void of_many_that_put_what_is_new_at_one_time_one_succeeds() throws Exception {
    ObjectStore store = store(folder);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 20; round++) {
        String key = "round/" + round;
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
          byte[] own = bytes(1000 + n);
          tries.add(threads.submit(() -> store.putNew(key, own)));
        }
        int winner = -1;
        for (int n = 0; n < 8; n++) {
          if (tries.get(n).get()) {
            assertEquals(-1, winner, "two won");
            winner = n;
          }
        }
        assertArrayEquals(bytes(1000 + winner), read(store, key));
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
