package org.islet.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.Logged;
import org.islet.job.WorkRules;
import org.islet.job.Workbench;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.store.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A folder intake that is watched, and what is put into it and seen of it. */
abstract class InboxFixture {

  static final Duration SOON = Duration.ofSeconds(20);

  /** CTs with numbers from here on fail, and then throw an error. */
  static final int BAD = 100;

  static final int WORSE = 200;

  /** How many looks of the intake fit well into this. */
  private static final Duration A_WHILE = Duration.ofMillis(500);

  @TempDir Path home;
  Path intake;
  Path in;
  DefaultCamelContext context;
  Workbench bench;
  Logged log;
  final List<Integer> taken = new CopyOnWriteArrayList<>();
  volatile CountDownLatch held = new CountDownLatch(0);
  volatile boolean mended;

  /**
   * Watches a folder.
   *
   * @param home which holds {@code intake}
   * @param options of the route, such as {@code delay=50}
   */
  static DefaultCamelContext watch(Path home, Workbench bench, String options) throws Exception {
    DefaultCamelContext context = new DefaultCamelContext();
    context.addComponent(InboxComponent.SCHEME, new InboxComponent(home, bench.workplace()));
    context.addComponent(
        SubmitComponent.SCHEME,
        new SubmitComponent(
            bench.workplace().reception(), bench.routes(), SubmitComponent.Messages.NONE));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("inbox:intake?initialDelay=0&stablePolls=2&" + options)
                .to("submit:" + Workbench.ROUTE);
          }
        });
    context.start();
    bench.workplace().start();
    return context;
  }

  @BeforeEach
  void makeFolders() throws IOException {
    intake = home.resolve("intake");
    in = Files.createDirectories(intake.resolve("in"));
    log = new Logged("org.islet");
  }

  @AfterEach
  void stop() throws IOException {
    held.countDown();
    if (bench != null) {
      context.stop();
      bench.close();
      bench = null;
    }
    log.close();
  }

  void start() throws Exception {
    start("", Workbench.RULES, 0);
  }

  void start(String options, WorkRules rules, long minFree) throws Exception {
    bench = new Workbench(home, rules, Workbench.HEAP, minFree, this::work);
    context = watch(home, bench, "delay=50&minAge=50&halfAge=300" + options);
  }

  /** Case 1, of a.nii, is at work until {@link #held} is let go; case 2, of b.nii, waits for it. */
  void startWithOneAtWorkAndOneWaiting() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("b.nii", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(10, 10).size() == 2);
  }

  private void work(Case c) {
    int number = Workbench.number(c);
    taken.add(number);
    try {
      held.await(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (number >= WORSE) {
      throw new AssertionError("this cannot be");
    } else if (number >= BAD && !mended) {
      throw new StageFailedException("infer", new IllegalStateException("It is cut short."));
    }
    Workbench.find(c);
  }

  static WorkRules oneAtOnce() {
    WorkRules usual = Workbench.RULES;
    return new WorkRules(
        1,
        usual.attempts(),
        usual.retries(),
        usual.retryPause(),
        usual.lease(),
        usual.stageLimit(),
        usual.grace(),
        usual.pools(),
        usual.offPeak());
  }

  void arrive(String name, byte[] content) throws IOException {
    Path file = in;
    for (String part : name.split("/", -1)) {
      Files.createDirectories(file);
      file = NameBytes.in(file, latin1(part));
    }
    Path hidden = Files.write(file.resolveSibling(".arriving"), content);
    Files.move(hidden, file);
  }

  void arrive(String name, int number) throws IOException {
    arrive(name, Workbench.ct(number));
  }

  void arrive(String name, String content) throws IOException {
    Files.writeString(in.resolve(name), content);
  }

  /** All that lies below a folder and is not hidden, with what it lies in. */
  List<String> names(String folder) throws IOException {
    Path below = intake.resolve(folder);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(f -> !f.equals(below) && !f.getFileName().toString().startsWith("."))
          .filter(f -> !Files.isDirectory(f) || folder.equals("in-progress"))
          .map(f -> utf8(below.relativize(f)))
          .sorted()
          .toList();
    }
  }

  /** A name in UTF-8, whatever this locale makes of it. */
  static String utf8(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(NameBytes::of)
        .map(name -> new String(name.getBytes(ISO_8859_1), UTF_8))
        .collect(Collectors.joining("/"));
  }

  static String latin1(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }

  void awaitIn(String folder, String... names) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertEquals(Stream.of(names).sorted().toList(), names(folder)));
  }

  void awaitTaken(Integer... numbers) {
    await().atMost(SOON).until(() -> taken.equals(List.of(numbers)));
  }

  void awaitNothingInProgress() {
    awaitIn("in-progress");
  }

  void awaitLogged(String words) {
    await().atMost(SOON).until(() -> !log.lines(words).isEmpty());
  }

  static void waitAWhile() {
    await().pollDelay(A_WHILE).until(() -> true);
  }

  JsonNode reason(String name) throws IOException {
    return new ObjectMapper().readTree(intake.resolve("failed/" + name + "/reason.json").toFile());
  }

  JsonNode awaitReason(String name) throws IOException {
    awaitIn("failed", name + "/" + Path.of(name).getFileName(), name + "/reason.json");
    return reason(name);
  }

  Job onlyCase() {
    List<Job> cases = bench.store().listing().list(10, 10);
    assertEquals(1, cases.size());
    return cases.get(0);
  }
}
