package org.islet.it;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.islet.disk.Disk;
import org.islet.job.Workbench;
import org.islet.stage.StageJars;
import org.islet.store.Database;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.PostgresServer;

/**
 * How the number of cases a second grows with that of consumers, on routes whose only stage waits,
 * so that the machine's processors do not limit it: 1 to 32 of them, at most eight in one process.
 * Wants PostgreSQL (Debian: postgresql). Arguments: for how long a case waits, in seconds (2), and
 * how many cases there are for each consumer (10), when all are warm.
 */
public final class Scaling {

  private static final int IN_A_PROCESS = 8;

  /** So many cases for each consumer come before those that count, as Java compiles at first. */
  private static final int WARM = 5;

  private static final String WAIT =
      """
      package org.example;
      import org.islet.stage.*;
      import org.islet.volume.*;
      @Purpose("Waits.")
      record Wait(
          @Reads(value = "ct", doc = "any") Slot<Volume> input,
          @Writes(value = "mask", doc = "nothing") Slot<Mask> output,
          @Param(value = "2", unit = "s", min = 0, max = 60, doc = "for how long") double seconds)
          implements Stage {
        @Override
        public void run(Case c) {
          try {
            Thread.sleep((long) (1000 * seconds));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          c.put(output, Mask.empty(c.get(input).geometry()));
        }
      }
      """;

  private final Path folder;
  private final Path log;
  private final Path ct;
  private final Database.Address address;
  private final int port = Trial.freePort();

  private Scaling(Path folder, double seconds, Database.Address address) throws IOException {
    this.folder = folder;
    this.log = folder.resolve("log");
    this.address = address;
    this.ct = Workbench.ct(folder.resolve("ct.nii"), 1);
    Path routes = Files.createDirectories(folder.resolve("routes/intake")).getParent();
    Files.writeString(
        routes.resolve("waiting.yaml"),
        """
        - route:
            id: waiting
            from:
              uri: direct:waiting
              steps:
                - to: stage:wait?seconds=%s
        """
            .formatted(seconds));
    Files.writeString(
        routes.resolve("intake/queue.yaml"),
        Files.readString(Path.of("routes/intake/queue.yaml"))
            .replace("pancreas-two-stage", "waiting"));
    StageJars.write(
        Files.createDirectories(folder.resolve("stages")).resolve("wait.jar"),
        Map.of("org.example.Wait", WAIT));
  }

  /** Runs it, and prints a line for each number of consumers. */
  public static void main(String... arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    int each = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    Path folder = Files.createTempDirectory("islet-scaling");
    try (PostgresServer server = PostgresServer.startOrSkip()) {
      Scaling scaling = new Scaling(folder, seconds, server.newDatabase("scaling"));
      Process intake = scaling.serve("intake", Map.of("ISLET_QUEUE_PORT", "" + scaling.port));
      try (Database database = Database.postgres(scaling.address)) {
        System.out.println(" consumers  processes   cases/s  of linear");
        double first = 0;
        for (int consumers = 1; consumers <= 32; consumers *= 2) {
          double rate = scaling.rate(new JobStore(database), consumers, each);
          first = consumers == 1 ? rate : first;
          System.out.printf(
              Locale.ROOT,
              "%10d %10d %9.2f %10.2f%n",
              consumers,
              processes(consumers),
              rate,
              rate / (consumers * first));
        }
      } finally {
        intake.destroy();
        intake.waitFor(1, MINUTES);
      }
    } finally {
      Disk.delete(folder);
    }
  }

  private static int processes(int consumers) {
    return Math.max(1, consumers / IN_A_PROCESS);
  }

  private double rate(JobStore store, int consumers, int each) throws Exception {
    List<Process> workers = new ArrayList<>();
    try {
      int processes = processes(consumers);
      for (int i = 0; i < processes; i++) {
        workers.add(
            serve(
                "worker",
                Map.of(
                    "ISLET_QUEUE_URL",
                    url(),
                    "ISLET_CASES_AT_ONCE",
                    String.valueOf(consumers / processes))));
      }
      int cases = consumers * each;
      load(consumers * WARM);
      load(cases);
      List<Job> ended = store.listing().list(cases, cases);
      long begin = ended.stream().mapToLong(j -> j.startedAt().toEpochMilli()).min().orElseThrow();
      long end = ended.stream().mapToLong(j -> j.endedAt().toEpochMilli()).max().orElseThrow();
      return cases * 1000.0 / (end - begin);
    } finally {
      for (Process worker : workers) {
        worker.destroy();
        worker.waitFor(1, MINUTES);
      }
    }
  }

  private void load(int cases) throws Exception {
    String[] load = {
      "load", "--home", home(), "--cases", "" + cases, "--route", "waiting", ct.toString()
    };
    if (Launched.islet(log, Map.of("ISLET_QUEUE_URL", url()), load).waitFor() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  private String url() {
    return "amqp://127.0.0.1:" + port;
  }

  private String home() {
    return folder.resolve("home").toString();
  }

  private Process serve(String role, Map<String, String> more) throws Exception {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("ISLET_ROLE", role);
    settings.put("ISLET_STORE_URL", address.url());
    settings.put("ISLET_STORE_USER", address.user());
    settings.put("ISLET_ROUTES", folder.resolve("routes").toString());
    settings.put("ISLET_STAGES", folder.resolve("stages").toString());
    long before = ready();
    Process service = Launched.islet(log, settings, "serve", "--home", home(), "--port", "0");
    while (ready() == before) {
      Thread.sleep(50);
    }
    return service;
  }

  private long ready() throws IOException {
    return Files.exists(log)
        ? Files.readString(log).lines().filter(l -> l.contains("health at http")).count()
        : 0;
  }
}
