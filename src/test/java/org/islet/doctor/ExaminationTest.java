package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.islet.queue.QueueSettings;
import org.islet.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private record Fake(String part, Callable<List<Finding>> work) implements Probe {
    @Override
    public String whenSilent() {
      return "Look at " + part + ".";
    }

    @Override
    public List<Finding> look() throws Exception {
      return work.call();
    }
  }

  private static List<Finding> findings(Probe... probes) {
    return assertTimeoutPreemptively(
        SOON, () -> new Examination(List.of(probes), Optional.of(SECOND)).findings());
  }

  private static Finding silence(String part, String todo) {
    return new Finding(part, Verdict.WRONG, "no answer in 1 s", todo);
  }

  @Test
  void what_is_found_comes_in_the_order_of_the_probes() {
    Finding first = Finding.ok("a", "all is well");
    Finding second = Finding.note("b", "nearly", "Do something.");
    assertEquals(
        List.of(first, second, second),
        findings(
            new Fake("a", () -> List.of(first)), new Fake("b", () -> List.of(second, second))));
  }

  @Test
  void a_probe_that_fails_is_wrong_and_says_why_and_the_others_go_on() {
    Finding well = Finding.ok("b", "all is well");
    assertEquals(
        List.of(
            Finding.wrong(
                "a", "it cannot be looked at: The disk is away.", "Mend that, and look again."),
            well),
        findings(
            new Fake(
                "a",
                () -> {
                  throw new IOException("The disk is away.");
                }),
            new Fake("b", () -> List.of(well))));
  }

  @Test
  void what_hangs_for_ever_is_not_waited_for_and_all_is_waited_for_at_once()
      throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0,
        "There is no mkfifo.");
    Probe reads = new Fake("pipe", () -> List.of(Finding.ok("pipe", Files.readString(pipe))));
    Probe sleeps =
        new Fake(
            "sleep",
            () -> {
              while (true) {
                Thread.onSpinWait();
                Thread.sleep(1);
              }
            });
    long start = System.nanoTime();
    assertEquals(
        List.of(silence("pipe", "Look at pipe."), silence("sleep", "Look at sleep.")),
        findings(reads, sleeps));
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(15).toNanos());
  }

  @Test
  void a_broker_and_a_database_that_take_connections_and_never_answer_are_told_of()
      throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String place = "127.0.0.1:" + mute.getLocalPort();
      QueueSettings queue =
          new QueueSettings("amqp://" + place, "islet", "s3cret", "", 0, "q", "d", "e", 1);
      Database.Address address =
          new Database.Address("jdbc:postgresql://" + place + "/islet", "islet", "s3cret");
      List<Finding> found =
          findings(new BrokerProbe(queue, folder), new StoreProbe(Optional.of(address), folder));
      assertEquals(
          silence(
              "broker",
              "Somebody takes connections at amqp://%s, but does not answer as a broker; look at it, or set another islet.queue.url."
                  .formatted(place)),
          found.get(0));
      assertEquals(
          silence(
              "database",
              "The database, or the drive that it is on, does not answer; look at it, or at islet.store.url."),
          found.get(1));
    }
  }

  @Test
  void a_process_that_hangs_is_ended() throws Exception {
    Path started = folder.resolve("pid");
    Child sleeping =
        new Child(List.of("sh", "-c", "echo $$ > '%s'; exec sleep 600".formatted(started)));
    assumeTrue(Files.exists(Path.of("/bin/sh")), "There is no /bin/sh.");
    assertEquals(Verdict.WRONG, findings(new ModelsProbe(sleeping, folder)).get(0).verdict());
    long pid = Long.parseLong(Files.readString(started).strip());
    assertTimeoutPreemptively(
        SOON,
        () -> {
          while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
            Thread.sleep(20);
          }
        });
  }
}
