package org.islet.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.islet.object.FolderStore;
import org.islet.publish.ResultObjects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageWatchTest {

  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir Path folder;

  private ResultObjects results(FolderStore store) {
    return new ResultObjects(store, folder.resolve("scratch"));
  }

  @Test
  void storage_that_is_away_is_told_as_long_as_it_is() {
    class Coming extends FolderStore {
      private volatile boolean there;

      Coming() {
        super(folder.resolve("objects"));
      }

      @Override
      public void requireThere() throws IOException {
        if (!there) {
          throw new IOException("It is away.");
        }
      }

      @Override
      public boolean putNew(String key, byte[] bytes) throws IOException {
        requireThere();
        return super.putNew(key, bytes);
      }

      @Override
      public void put(String key, byte[] bytes) throws IOException {
        requireThere();
        super.put(key, bytes);
      }
    }
    Coming store = new Coming();
    try (StorageWatch watch = new StorageWatch(results(store), SOON)) {
      assertEquals(Optional.of("results cannot be put away. It is away."), watch.trouble());
      store.there = true;
      await().until(() -> watch.trouble().isEmpty());
      store.there = false;
      await().until(() -> watch.trouble().isPresent());
    }
  }

  @Test
  void storage_that_overwrites_is_refused_at_once() {
    FolderStore careless =
        new FolderStore(folder.resolve("objects")) {
          @Override
          public boolean putNew(String key, byte[] bytes) throws IOException {
            put(key, bytes);
            return true;
          }
        };
    SettingException e =
        assertThrows(SettingException.class, () -> new StorageWatch(results(careless), SOON));
    assertTrue(e.getMessage().startsWith("islet.results cannot be used. The storage overwrites"));
  }

  @Test
  void what_is_abandoned_is_cleared_away() throws IOException {
    FolderStore store = new FolderStore(folder.resolve("objects"));
    String key = "abc/0f6b1c1e-0000-4000-8000-000000000000/mask.nii.gz";
    store.put(key, new byte[1]);
    Files.setLastModifiedTime(
        folder.resolve("objects").resolve(key),
        FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    try (StorageWatch watch = new StorageWatch(results(store), SOON)) {
      await().until(() -> !store.exists(key));
      assertEquals(Optional.empty(), watch.trouble());
    }
  }
}
