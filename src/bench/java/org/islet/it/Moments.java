package org.islet.it;

import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.islet.disk.Disk;

/**
 * For how long one waits for the service, started by {@code ./islet} with its defaults: until it is
 * ready, until a case runs whose CT is complete in the folder or whose request was sent, and until
 * it has ended when it was asked to. Arguments: how often (5).
 */
public final class Moments {

  private final Trial trial;
  private final Path home;
  private final int port = Trial.freePort();
  private final Path log;

  private Moments(Trial trial, Path folder) throws IOException {
    this.trial = trial;
    this.home = Files.createDirectories(folder.resolve("home"));
    this.log = folder.resolve("log");
  }

  /** Runs it, and prints the seconds of each time and their medians. */
  public static void main(String... arguments) throws Exception {
    int times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Path folder = Files.createTempDirectory("islet-moments");
    Moments moments = new Moments(new Trial(folder, 2 * times), folder);
    List<double[]> all = new ArrayList<>();
    System.out.println("   ready  file->running  message->running  ended");
    for (int i = 0; i < times; i++) {
      all.add(moments.once(2 * i));
      print(all.get(i));
    }
    double[] medians = new double[all.get(0).length];
    for (int k = 0; k < medians.length; k++) {
      int column = k;
      medians[k] = all.stream().mapToDouble(row -> row[column]).sorted().toArray()[times / 2];
    }
    print(medians);
    Disk.delete(folder);
  }

  private static void print(double[] row) {
    System.out.printf(Locale.ROOT, "%8.2f %14.2f %17.3f %6.2f%n", row[0], row[1], row[2], row[3]);
  }

  private double[] once(int ct) throws Exception {
    long start = System.nanoTime();
    Process islet = serve();
    try {
      await("Watching", 1);
      double ready = since(start);
      TimeUnit.SECONDS.sleep(1);

      Path arriving = Files.copy(file(ct), home.resolve("intake/arriving"));
      Files.move(arriving, home.resolve("intake/in").resolve("ct-" + ct + ".nii.gz"));
      start = System.nanoTime();
      await("running \\(attempt", 1);
      double byFile = since(start);
      await(" (done|empty): ", 1);

      double byMessage = asked(file(ct + 1), "request-" + ct);
      await(" (done|empty): ", 2);

      start = System.nanoTime();
      islet.destroy();
      islet.waitFor();
      return new double[] {ready, byFile, byMessage, since(start)};
    } finally {
      islet.destroyForcibly();
    }
  }

  private Process serve() throws IOException {
    ProcessBuilder islet =
        new ProcessBuilder("./islet", "serve", "--home", home.toString(), "--port", "0")
            .redirectError(log.toFile());
    islet.environment().put("ISLET_QUEUE_PORT", String.valueOf(port));
    islet.environment().put("ISLET_QUEUE_ROOTS", trial.inputs().toString());
    return islet.start();
  }

  private Path file(int ct) {
    return trial.cts().get(ct).file();
  }

  private double asked(Path ct, String id) throws Exception {
    JmsConnectionFactory broker = new JmsConnectionFactory("amqp://127.0.0.1:" + port);
    try (JMSContext context = broker.createContext()) {
      var producer = context.createProducer();
      var requests = context.createQueue("islet.requests");
      long start = System.nanoTime();
      producer.send(
          requests, "{\"version\": 1, \"id\": \"%s\", \"input\": \"%s\"}".formatted(id, ct));
      await("running \\(attempt", 2);
      return since(start);
    }
  }

  /** Waits until the log says something for so many times. */
  private void await(String what, int times) throws Exception {
    while (Files.readString(log).split(what, -1).length <= times) {
      Thread.sleep(2);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
