package org.islet.it;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.islet.disk.Disk;
import org.islet.store.Attempt;
import org.islet.store.Database;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.PostgresServer;

/**
 * What it costs to hand a case from one process to another on the same machine: the time from begin
 * to end of a case by the route {@code two-pools}, less that by the same route in one piece. Wants
 * PostgreSQL (Debian: postgresql). Arguments: how often (5), the phantom's size (512,512,240).
 */
public final class HandOver {

  private final Path home;
  private final Path ct;
  private final Path log;
  private final Database.Address address;

  private HandOver(Path folder, String size, Database.Address address) throws Exception {
    this.address = address;
    home = Files.createDirectories(folder.resolve("home"));
    log = folder.resolve("log");
    Path routes = Files.createDirectories(folder.resolve("routes"));
    for (String recipe : List.of("two-pools.yaml", "two-stage.yaml")) {
      Files.copy(Path.of("routes/examples", recipe), routes.resolve(recipe));
    }
    Files.createDirectories(routes.resolve("intake"));
    Files.copy(Path.of("routes/intake/folder.yaml"), routes.resolve("intake/folder.yaml"));
    replace(routes.resolve("intake/folder.yaml"), "pancreas-two-stage", "two-stage");
    Path phantoms = folder.resolve("phantoms");
    Launched.islet(
            log, Map.of(), "phantom", "--out", phantoms.toString(), "--count", "1", "--size", size)
        .waitFor();
    try (var images = Files.list(phantoms.resolve("images"))) {
      ct = images.findFirst().orElseThrow();
    }
  }

  private static void replace(Path file, String old, String other) throws IOException {
    Files.writeString(file, Files.readString(file).replace(old, other));
  }

  /** Runs it, and prints each pair of times and the medians. */
  public static void main(String... arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    String size = arguments.length > 1 ? arguments[1] : "512,512,240";
    Path folder = Files.createTempDirectory("islet-hand-over");
    try (PostgresServer server = PostgresServer.startOrSkip()) {
      new HandOver(folder, size, server.newDatabase("handover")).run(times);
    } finally {
      Disk.delete(folder);
    }
  }

  private void run(int times) throws Exception {
    Process first = serve("all", "start");
    Process second = serve("worker", "fine");
    try (Database database = Database.postgres(address)) {
      JobStore store = new JobStore(database);
      List<double[]> all = new ArrayList<>();
      System.out.println("     whole    handed      cost   waiting  (s)");
      for (int i = -1; i < times; i++) { // the first pair warms both
        double whole = seconds(attempts(store, i, "two-stage"));
        List<Attempt> handed = attempts(store, i, "two-pools");
        double waiting = seconds(handed.get(0).endedAt(), handed.get(1).beganAt());
        double[] row = {whole, seconds(handed), seconds(handed) - whole, waiting};
        print(row);
        if (i >= 0) {
          all.add(row);
        }
      }
      System.out.println("medians");
      double[] medians = new double[4];
      for (int k = 0; k < medians.length; k++) {
        int column = k;
        medians[k] = all.stream().mapToDouble(row -> row[column]).sorted().toArray()[times / 2];
      }
      print(medians);
    } finally {
      first.destroy();
      second.destroy();
      first.waitFor(1, MINUTES);
      second.waitFor(1, MINUTES);
    }
  }

  private static void print(double[] row) {
    System.out.printf(Locale.ROOT, "%10.2f%10.2f%10.2f%10.2f%n", row[0], row[1], row[2], row[3]);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }

  private static double seconds(List<Attempt> attempts) {
    return seconds(attempts.get(0).beganAt(), attempts.get(attempts.size() - 1).endedAt());
  }

  private List<Attempt> attempts(JobStore store, int number, String route) throws Exception {
    String name = "ct%d-%s".formatted(number, route);
    Path in = home.resolve("intake/in");
    Files.writeString(
        in.resolve(name + ".json"), "{\"route\": \"%s\", \"force\": true}".formatted(route));
    Path part = Files.copy(ct, home.resolve(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, in.resolve(name + ".nii.gz"));
    Path done = home.resolve("intake/done").resolve(name + ".nii.gz");
    while (Files.notExists(done)) {
      Thread.sleep(50);
    }
    Job latest = store.listing().list(1, 1).get(0);
    return store.attempts(latest.id());
  }

  private Process serve(String role, String pool) throws Exception {
    Map<String, String> settings =
        Map.of(
            "ISLET_ROLE",
            role,
            "ISLET_CASES_POOLS",
            pool,
            "ISLET_QUEUE_ENABLED",
            "false",
            "ISLET_STORE_URL",
            address.url(),
            "ISLET_STORE_USER",
            address.user(),
            "ISLET_ROUTES",
            home.resolveSibling("routes").toString());
    Process service =
        Launched.islet(log, settings, "serve", "--home", home.toString(), "--port", "0");
    while (!Files.readString(log).contains("all".equals(role) ? "Watching" : "Working on")) {
      Thread.sleep(50);
    }
    return service;
  }
}
