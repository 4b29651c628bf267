package org.islet.object;

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
import org.junit.jupiter.api.Test;

class FolderStoreTest extends ObjectStoreTest {

  @Override
  ObjectStore store(Path folder) {
    return new FolderStore(folder.resolve("root"));
  }

  @Test
  void what_a_killed_process_left_a_day_ago_goes_and_is_never_listed() throws IOException {
    FolderStore store = new FolderStore(folder.resolve("root"));
    store.clearAbandoned();
    store.put("case/one", new byte[3]);
    Path old = part("old", Duration.ofHours(25));
    Path young = part("young", Duration.ofHours(23));
    assertEquals(1, store.list("").size());
    store.clearAbandoned();
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young));
    assertEquals("case/one", store.list("").get(0).key());
  }

  private Path part(String name, Duration age) throws IOException {
    Path part = Files.write(folder.resolve("root/.part-" + name), new byte[1]);
    return Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(age)));
  }

  @Test
  void links_out_of_the_folder_are_no_objects() throws IOException {
    FolderStore store = new FolderStore(folder.resolve("root"));
    Path outside = Files.write(folder.resolve("outside"), new byte[1]);
    store.put("case/one", new byte[3]);
    Files.createSymbolicLink(folder.resolve("root/case/link"), outside);
    assertFalse(store.exists("case/link"));
    assertEquals(List.of("case/one"), store.list("").stream().map(StoredObject::key).toList());
  }
}
