package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.islet.SmallDisk;
import org.islet.store.Database;
import org.islet.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

  @TempDir Path folder;
  private Database database;
  private JobStore store;

  @BeforeEach
  void open() {
    database = Database.serve(folder);
    store = new JobStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private volatile Optional<String> results = Optional.empty();

  private Gate gate(long minFree, Path... disks) {
    return new Gate(store, List.of(disks), minFree, () -> results);
  }

  @Test
  void doors_are_open_as_long_as_there_is_room_and_nobody_shut_them() {
    Gate gate = gate(1, folder);
    assertEquals(Optional.empty(), gate.shut("folder"));
    assertEquals(Map.of(), gate.shutDoors());
  }

  @Test
  void below_the_watermark_all_doors_are_shut_with_the_numbers() {
    Gate gate = gate(Long.MAX_VALUE / 2, folder);
    String why = gate.shut("folder").orElseThrow();
    assertTrue(why.contains("MiB of disk are free"), why);
    assertTrue(why.contains("islet.intake.min-free"), why);
    assertTrue(gate.shut("queue").isPresent());
    assertEquals(2, gate.shutDoors().size());
  }

  @Test
  void doors_are_shut_as_long_as_a_folder_is_away() throws Exception {
    Path results = folder.resolve("results");
    Gate gate = gate(1, folder, results);
    Optional<String> away = Optional.of("the folder 'results' is not there");
    assertEquals(away, gate.shut("folder"));
    Files.createFile(results);
    assertEquals(away, gate.shut("folder"));
    Files.delete(results);
    Files.createDirectory(results);
    assertEquals(Optional.empty(), gate.shut("folder"));
  }

  @Test
  void doors_are_shut_as_long_as_results_cannot_be_put_anywhere() {
    Gate gate = gate(1, folder);
    results = Optional.of("results cannot be put away");
    assertEquals(results, gate.shut("folder"));
    assertEquals(Map.of("folder", "results cannot be put away"), gate.shutDoors());
    results = Optional.empty();
    assertEquals(Optional.empty(), gate.shut("folder"));
    assertEquals(Map.of(), gate.shutDoors());
  }

  @Test
  void doors_that_were_shut_for_want_of_disk_open_when_a_tenth_more_is_free() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    SmallDisk small = new SmallDisk(disk, "1000k");
    try {
      Gate gate = gate(600 << 10, disk);
      Path filler = disk.resolve("filler");
      Files.write(filler, new byte[500 << 10]);
      assertEquals(
          Optional.of("only 500 KiB of disk are free, and 600 must be (islet.intake.min-free)"),
          gate.shut("folder"));
      Files.write(filler, new byte[380 << 10]);
      assertTrue(gate.shut("folder").isPresent(), "620 KiB are free, and 660 must be");
      Files.write(filler, new byte[300 << 10]);
      assertEquals(Optional.empty(), gate.shut("folder"), "700 KiB are free");
      Files.write(filler, new byte[380 << 10]);
      assertEquals(Optional.empty(), gate.shut("folder"), "620 KiB are enough for an open door");
    } finally {
      small.close();
    }
  }

  @Test
  void a_door_that_is_out_of_order_is_shut_until_it_works_and_nobody_shuts_it() {
    Gate gate = gate(1, folder);
    gate.outOfOrder("folder", "'in' is not there");
    assertEquals(Map.of("folder", "'in' is not there"), gate.shutDoors());
    store.pauses().set("folder", Optional.of("maintenance"));
    gate.shut("folder");
    gate.inOrder("folder");
    assertEquals(
        Map.of("folder", "it was paused (maintenance); ./islet resume opens it"), gate.shutDoors());
    store.pauses().set("folder", Optional.empty());
    gate.shut("folder");
    assertEquals(Map.of(), gate.shutDoors());
  }

  @Test
  void an_operator_shuts_one_door_and_opens_it_again() {
    Gate gate = gate(1, folder);
    store.pauses().set("folder", Optional.of("the scanner is being serviced"));
    assertTrue(gate.shut("folder").orElseThrow().contains("(the scanner is being serviced)"));
    assertEquals(Optional.empty(), gate.shut("queue"));
    assertEquals(List.of("folder"), List.copyOf(gate.shutDoors().keySet()));
    store.pauses().set("folder", Optional.empty());
    assertEquals(Optional.empty(), gate.shut("folder"));
    assertEquals(Map.of(), gate.shutDoors());
  }
}
