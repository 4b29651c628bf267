package org.islet.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.islet.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk under a store is filled again and again while several threads write and read. */
class FullDiskTest {

  private static final int WRITERS = 4;
  private static final int ROUNDS = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  /** Writes one number after the other, and remembers what was confirmed. */
  private static final class Writer extends Thread {

    private final JobStore store;
    private final String door;
    private volatile int confirmed;
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean ending;

    Writer(Database database, int number) {
      super("writer-" + number);
      setDaemon(true);
      store = new JobStore(database);
      door = "door-" + number;
    }

    @Override
    public void run() {
      for (int next = 1; !ending; ) {
        try {
          store.pauses().set(door, Optional.of(String.valueOf(next)));
          confirmed = next++;
          store.pauses().reason(door);
          TimeUnit.MILLISECONDS.sleep(20); // for 45 s H2 keeps what it has written over
        } catch (InterruptedException e) {
          return;
        } catch (StoreException e) {
          refused.incrementAndGet();
        }
      }
    }

    void end() throws InterruptedException {
      ending = true;
      join(PATIENCE.toMillis());
      assertTrue(!isAlive(), () -> List.of(getStackTrace()).toString());
    }
  }

  @Test
  void what_was_confirmed_is_there_and_the_work_goes_on_when_there_is_room_again()
      throws Exception {
    try (SmallDisk disk = new SmallDisk(folder, "192m")) {
      fillAgainAndAgain(disk);
    }
  }

  private void fillAgainAndAgain(SmallDisk disk) throws Exception {
    List<Writer> writers;
    try (Database database = Database.serve(folder.resolve("data"))) {
      writers = IntStream.range(0, WRITERS).mapToObj(n -> new Writer(database, n)).toList();
      writers.forEach(Thread::start);
      for (int round = 0; round < ROUNDS; round++) {
        int[] before = writers.stream().mapToInt(w -> w.confirmed).toArray();
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    IntStream.range(0, WRITERS)
                        .allMatch(n -> writers.get(n).confirmed > before[n] + 1));
        Path ballast = disk.fill("ballast");
        TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(50, 500));
        Files.delete(ballast);
      }
      for (Writer writer : writers) {
        writer.end();
      }
    }
    assertTrue(writers.stream().anyMatch(w -> w.refused.get() > 0), "the disk was never full");
    try (Database again = Database.serve(folder.resolve("data"))) {
      for (Writer writer : writers) {
        String last = new JobStore(again).pauses().reason(writer.door).orElseThrow();
        assertTrue(
            List.of(writer.confirmed, writer.confirmed + 1).contains(Integer.valueOf(last)),
            () ->
                "%s: %d was confirmed, %s is there".formatted(writer.door, writer.confirmed, last));
      }
    }
  }
}
