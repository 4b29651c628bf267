package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.job.Role;
import org.islet.store.Records;
import org.islet.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeIdTest {

  @TempDir Path folder;
  private Records records;
  private HomeId first;
  private HomeId second;

  @BeforeEach
  void open() throws IOException {
    records = Records.in(folder.resolve("record"));
    first = new HomeId(Files.createDirectory(folder.resolve("first")));
    second = new HomeId(Files.createDirectory(folder.resolve("second")));
  }

  @AfterEach
  void close() {
    records.close();
  }

  private boolean belongs(HomeId home, Role role) throws IOException {
    return home.belongsTo(records.store(), role, () -> {});
  }

  @Test
  void the_home_of_the_first_that_takes_in_is_the_records() throws IOException {
    assertTrue(belongs(first, Role.INTAKE));
    assertTrue(belongs(first, Role.ALL));
    assertTrue(belongs(first, Role.WORKER));
    assertFalse(belongs(second, Role.WORKER));
    StoreException refused = assertThrows(StoreException.class, () -> belongs(second, Role.INTAKE));
    assertTrue(refused.getMessage().contains("belongs to another home"), refused.getMessage());
  }

  @Test
  void a_worker_waits_until_it_is_known_which_home_that_is() throws IOException {
    AtomicInteger looks = new AtomicInteger();
    assertFalse(
        second.belongsTo(
            records.store(),
            Role.WORKER,
            () -> {
              if (looks.incrementAndGet() == 2) {
                records.store().home("first");
              }
            }));
    assertEquals(2, looks.get());
  }

  @Test
  void a_worker_that_waits_can_be_ended() {
    assertThrows(
        CancellationException.class,
        () ->
            first.belongsTo(
                records.store(),
                Role.WORKER,
                () -> {
                  throw new CancellationException();
                }));
  }
}
