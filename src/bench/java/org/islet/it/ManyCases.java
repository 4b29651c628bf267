package org.islet.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Very many small cases in one run of the service: what each costs beside its stages, and whether
 * memory, file handles and the time for a case stay what they were. Arguments: how many (10000),
 * and how many of them lie in the folder at one time (200).
 */
public final class ManyCases {

  private static final String ROUTE =
      """
      - route:
          id: body
          from:
            uri: direct:body
            steps:
              - to: stage:threshold?input=ct&min=0&output=bright
              - to: stage:largest-component?input=bright&output=mask
      """;

  private static final String INTAKE =
      """
      - route:
          from:
            uri: inbox:intake?delay=100&stablePolls=1&minAge=0
            steps:
              - to: submit:body
      """;

  private static final int SIDE = 16;
  private static final int PARTS = 10;

  /** Between two looks at what is done, which cost the machine something too. */
  private static final int REST_MS = 50;

  private final Path home;
  private final int cases;
  private final int ahead;
  private int dropped;

  private ManyCases(Path home, int cases, int ahead) {
    this.home = home;
    this.cases = cases;
    this.ahead = ahead;
  }

  /** Runs it, and prints a line for each tenth of the cases. */
  public static void main(String... arguments) throws Exception {
    int cases = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int ahead = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    Path home = Files.createTempDirectory("islet-many");
    new ManyCases(home, cases, ahead).run();
  }

  private void run() throws Exception {
    Path routes = Files.createDirectories(home.resolve("routes/intake")).getParent();
    Files.writeString(routes.resolve("body.yaml"), ROUTE);
    Files.writeString(routes.resolve("intake/folder.yaml"), INTAKE);
    try (IsletProcess islet =
        IsletProcess.start(
            home,
            List.of(
                "-XX:TieredStopAtLevel=4",
                "-Xms600m",
                "-XX:+AlwaysPreTouch",
                "-Dislet.routes=" + routes,
                "-Dislet.cases.at-once=1",
                "-Dquarkus.log.category.\"org.islet\".level=WARN"),
            "serve",
            "--home",
            home.toString(),
            "--port",
            "0")) {
      while (!islet.err().contains("Watching")) {
        if (!islet.isAlive()) {
          throw new IllegalStateException(islet.err());
        }
        Thread.sleep(50);
      }
      System.out.println("    cases  ms/case  stages  beside  RSS MiB  handles");
      double stagesBefore = 0;
      long start = System.nanoTime();
      for (int part = 1; part <= PARTS; part++) {
        int goal = part * cases / PARTS;
        for (int done = done(); done < goal; done = done()) {
          feed(done);
          Thread.sleep(REST_MS);
        }
        long now = System.nanoTime();
        double stages = stageSeconds(islet);
        double each = (now - start) / 1e6 / cases * PARTS;
        double inStages = (stages - stagesBefore) * 1e3 / cases * PARTS;
        System.out.printf(
            Locale.ROOT,
            "%9d %8.1f %7.1f %7.1f %8d %8d%n",
            goal,
            each,
            inStages,
            each - inStages,
            islet.residentBytes() >> 20,
            islet.openFiles());
        start = now;
        stagesBefore = stages;
      }
    }
  }

  /** Keeps some CTs ahead of the service. */
  private void feed(int done) throws IOException {
    for (int i = dropped - done; i < ahead && dropped < cases; i++) {
      Path arriving = home.resolve("intake/arriving");
      Files.write(arriving, ct(dropped));
      Files.move(arriving, home.resolve("intake/in/ct-%06d.nii".formatted(dropped++)));
    }
  }

  private int done() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("intake/done"))) {
      return (int) files.count();
    }
  }

  /** A NIfTI-1 file of a bright cube, with a number in its first voxels. */
  private static byte[] ct(int number) {
    int voxels = SIDE * SIDE * SIDE;
    ByteBuffer file = ByteBuffer.allocate(352 + 2 * voxels).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0, 348);
    short[] dim = {3, SIDE, SIDE, SIDE, 1, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      file.putShort(40 + 2 * i, dim[i]);
    }
    file.putShort(70, (short) 4).putShort(72, (short) 16);
    float[] pixdim = {1, 2, 2, 2, 1, 1, 1, 1};
    for (int i = 0; i < pixdim.length; i++) {
      file.putFloat(76 + 4 * i, pixdim[i]);
    }
    file.putFloat(108, 352).putFloat(112, 1);
    file.putShort(254, (short) 1);
    float[] rows = {2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0};
    for (int i = 0; i < rows.length; i++) {
      file.putFloat(280 + 4 * i, rows[i]);
    }
    file.put(344, new byte[] {'n', '+', '1', 0});
    for (int i = 0; i < voxels; i++) {
      file.putShort(352 + 2 * i, (short) (i > voxels / 2 ? 100 : -500));
    }
    file.putInt(352, number % 30_000 * 0x10000 + number / 30_000);
    return file.array();
  }

  /** The seconds that stages took so far, as the metrics tell. */
  private static double stageSeconds(IsletProcess islet) throws Exception {
    Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+").matcher(islet.err());
    if (!address.find()) {
      throw new IllegalStateException("The service does not say where it listens.");
    }
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address.group() + "/q/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("islet_stage_seconds_sum"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
