package org.islet.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.store.Database;
import org.islet.store.PostgresServer;

/**
 * What one case costs a service that works on one at a time, by {@code ./islet load} on phantoms:
 * the figures of {@code docs/sizing.md} (Linux). Arguments: how many times each size (5); 0 leaves
 * all but the database out.
 */
public final class CaseCosts {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Each with how many cases go before, for Java to compile what is used most. */
  private static final Map<String, Integer> SIZES =
      new TreeMap<>(Map.of("128,128,64", 10, "256,256,120", 5, "512,512,240", 3));

  private static final String COUNTED = "256,256,120";
  private static final int COUNTED_CASES = 50;
  private static final int COUNTED_WARM = 20;
  private static final int IDLE_SECONDS = 20;
  private static final double MIB = 1 << 20;

  /** Linux tells processor time in hundredths of a second. */
  private static final double TICKS = 100;

  private final Path folder;
  private final int port;

  private CaseCosts(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Prints the two tables. */
  public static void main(String... arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    if (times > 0) {
      measureAll(times);
    }
    try (PostgresServer postgres = PostgresServer.startOrSkip()) {
      new CaseCosts(Files.createTempDirectory("islet-costs"), Trial.freePort()).count(postgres);
    }
    System.exit(0); // what waits for nothing any more
  }

  private static void measureAll(int times) throws Exception {
    System.out.println(
        "| voxels | outcome | processor, s | begun to ended, s | all, s | peak memory, MiB | peak heap, MiB | heap reckoned, MiB | read, MiB | written, MiB | to disk, MiB |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (Map.Entry<String, Integer> size : SIZES.entrySet()) {
      Path folder = Files.createTempDirectory("islet-costs");
      new CaseCosts(folder, Trial.freePort()).measure(size.getKey(), size.getValue(), times);
    }
  }

  private IsletProcess serve(String... more) throws IOException {
    List<String> options = new ArrayList<>(options());
    options.addAll(List.of("-Dislet.cases.at-once=1"));
    options.addAll(List.of(more));
    return IsletProcess.start(
        folder, options, "serve", "--home", folder.resolve("home").toString(), "--port", "0");
  }

  private List<String> options() {
    return List.of("-Xmx2g", "-XX:TieredStopAtLevel=4", "-Dislet.queue.port=" + port);
  }

  private JsonNode load(String size, int cases) throws IOException, InterruptedException {
    IsletProcess load =
        IsletProcess.start(
            folder,
            options(),
            "load",
            "--home=" + folder.resolve("home"),
            "--cases=" + cases,
            "--in-flight=1",
            "--size=" + size,
            "--json");
    if (load.exitCode() != 0) {
      throw new IllegalStateException(load.out() + load.err());
    }
    return JSON.readTree(load.out());
  }

  /** What one case took. */
  private record Cost(
      String outcome,
      double processor,
      double working,
      double total,
      double peak,
      double read,
      double written,
      double toDisk) {}

  private void measure(String size, int before, int times) throws Exception {
    try (IsletProcess islet = serve()) {
      Trial.awaitStart(islet);
      load(size, before);
      List<Cost> costs = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        costs.add(cost(islet, size));
      }
      Heap heap = Heap.during(islet, () -> load(size, 1));
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s | %.0f | %.0f | %s | %s | %s |%n",
          size.replace(',', '×'),
          costs.get(0).outcome,
          seconds(costs, Cost::processor),
          seconds(costs, Cost::working),
          seconds(costs, Cost::total),
          mebibytes(costs, Cost::peak),
          heap.used / MIB,
          heap.reckoned / MIB,
          mebibytes(costs, Cost::read),
          mebibytes(costs, Cost::written),
          mebibytes(costs, Cost::toDisk));
    }
  }

  private static String seconds(List<Cost> costs, ToDoubleFunction<Cost> what) {
    double[] sorted = costs.stream().mapToDouble(what).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f–%.2f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static String mebibytes(List<Cost> costs, ToDoubleFunction<Cost> what) {
    double[] sorted = costs.stream().mapToDouble(what).sorted().toArray();
    return String.format(Locale.ROOT, "%.1f", sorted[sorted.length / 2] / MIB);
  }

  private Cost cost(IsletProcess islet, String size) throws Exception {
    Path proc = Path.of("/proc/" + islet.pid());
    Files.writeString(proc.resolve("clear_refs"), "5"); // the peak is what is there now
    double processor = processor(proc);
    double read = field(proc.resolve("io"), "rchar");
    double written = field(proc.resolve("io"), "wchar");
    double toDisk = field(proc.resolve("io"), "write_bytes");
    JsonNode report = load(size, 1);
    return new Cost(
        report.get("outcomes").fieldNames().next(),
        processor(proc) - processor,
        report.at("/seconds/working/max").asDouble(),
        report.at("/seconds/total/max").asDouble(),
        1024 * field(proc.resolve("status"), "VmHWM"),
        field(proc.resolve("io"), "rchar") - read,
        field(proc.resolve("io"), "wchar") - written,
        field(proc.resolve("io"), "write_bytes") - toDisk);
  }

  private static double field(Path file, String name) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** The seconds that all cores worked for a process. */
  private static double processor(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("stat"));
    String[] after = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Double.parseDouble(after[11]) + Double.parseDouble(after[12])) / TICKS;
  }

  /** The heap of a service by its metrics, garbage included; to look costs processor time too. */
  private static final class Heap extends Thread {

    private static final int REST_MS = 100;

    private final URI metrics;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile double used;
    private volatile double reckoned;
    private volatile boolean ended;

    static Heap during(IsletProcess islet, Callable<?> work) throws Exception {
      Heap heap = new Heap(islet);
      heap.start();
      work.call();
      heap.ended = true;
      heap.join();
      return heap;
    }

    private Heap(IsletProcess islet) throws IOException {
      Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(islet.err());
      if (!address.find()) {
        throw new IllegalStateException("The service does not say where it listens.");
      }
      metrics = URI.create(address.group() + "/q/metrics");
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        while (!ended) {
          String all =
              client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
          used = Math.max(used, sum(all, "jvm_memory_used_bytes{area=\"heap\""));
          reckoned = Math.max(reckoned, sum(all, "islet_memory_admitted_bytes"));
          Thread.sleep(REST_MS);
        }
      } catch (IOException | InterruptedException e) {
        // What was seen until now stands.
      }
    }

    private static double sum(String metrics, String beginning) {
      return metrics
          .lines()
          .filter(line -> line.startsWith(beginning))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /** What a database did so far. */
  private record Work(double statements, double commits, double rows, double walBytes, long nanos) {

    Work since(Work before) {
      return new Work(
          statements - before.statements,
          commits - before.commits,
          rows - before.rows,
          walBytes - before.walBytes,
          nanos - before.nanos);
    }

    /** Without what it does in that time when nothing is asked for, for each case. */
    double[] each(Work idle, int cases) {
      double share = (double) nanos / idle.nanos;
      return new double[] {
        (statements - share * idle.statements) / cases,
        (commits - share * idle.commits) / cases,
        (rows - share * idle.rows) / cases,
        (walBytes - share * idle.walBytes) / cases
      };
    }
  }

  /** What is written into PostgreSQL, and sent, for each small case. */
  private void count(PostgresServer postgres) throws Exception {
    Database.Address address = postgres.newDatabase("islet");
    try (Connection c = connect(address);
        Statement s = c.createStatement()) {
      s.execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
    }
    postgres.crashAndRestart();
    try (Connection c = connect(address);
        Statement s = c.createStatement();
        IsletProcess islet =
            serve("-Dislet.store.url=" + address.url(), "-Dislet.store.user=" + address.user())) {
      Trial.awaitStart(islet);
      s.execute("create extension pg_stat_statements");
      load(COUNTED, COUNTED_WARM);
      Work start = work(s);
      Thread.sleep(1000 * IDLE_SECONDS);
      Work idle = work(s).since(start);
      Work before = work(s);
      JsonNode report = load(COUNTED, COUNTED_CASES);
      double[] each = work(s).since(before).each(idle, COUNTED_CASES);
      System.out.printf(
          Locale.ROOT,
          "%nEach case in PostgreSQL: %.1f statements, %.1f transactions, %.1f rows written, %.0f bytes of WAL.%n"
              + "Each second of an idle service: %.1f statements, %.1f transactions, %.1f rows written, %.0f bytes of WAL.%n"
              + "Each case in the broker: 1 request, 1 reply, %.1f events.%n",
          each[0],
          each[1],
          each[2],
          each[3],
          idle.statements / IDLE_SECONDS,
          idle.commits / IDLE_SECONDS,
          idle.rows / IDLE_SECONDS,
          idle.walBytes / IDLE_SECONDS,
          report.get("events").asDouble() / COUNTED_CASES);
    }
  }

  private static Connection connect(Database.Address address) throws SQLException {
    return DriverManager.getConnection(address.url(), address.user(), address.password());
  }

  /** PostgreSQL tells of transactions a little later, unless they are of the session that asks. */
  private static Work work(Statement s) throws SQLException, InterruptedException {
    Thread.sleep(2000);
    double[] all = new double[4];
    String[] queries = {
      "select sum(calls) from pg_stat_statements where query not like '%pg_stat%'",
      "select xact_commit from pg_stat_database where datname = current_database()",
      "select tup_inserted + tup_updated + tup_deleted from pg_stat_database where datname = current_database()",
      "select pg_current_wal_lsn() - '0/0'"
    };
    for (int i = 0; i < queries.length; i++) {
      try (ResultSet row = s.executeQuery(queries[i])) {
        row.next();
        all[i] = row.getDouble(1);
      }
    }
    return new Work(all[0], all[1], all[2], all[3], System.nanoTime());
  }
}
