package org.islet.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.Logged;
import org.islet.job.Presence;
import org.islet.job.WorkRules;
import org.islet.job.Workbench;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.store.Attempt;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** CTs with numbers from here on fail, and then throw an error. */
  private static final int BAD = 100;

  private static final int WORSE = 200;

  /** How many looks of the intake fit well into this. */
  private static final Duration A_WHILE = Duration.ofMillis(500);

  @TempDir Path home;
  private Path intake;
  private Path in;
  private DefaultCamelContext context;
  private Workbench bench;
  private Logged log;
  private final List<Integer> taken = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile boolean mended;

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
    }
    log.close();
  }

  private void start() throws Exception {
    start("", Workbench.RULES, 0);
  }

  private void start(String options, WorkRules rules, long minFree) throws Exception {
    bench = new Workbench(home, rules, Workbench.HEAP, minFree, this::work);
    context = new DefaultCamelContext();
    context.addComponent(InboxComponent.SCHEME, new InboxComponent(home, bench.workplace()));
    context.addComponent(
        SubmitComponent.SCHEME,
        new SubmitComponent(
            bench.workplace().reception(), bench.routes(), SubmitComponent.Messages.NONE));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("inbox:intake?initialDelay=0&delay=50&stablePolls=2&minAge=50&halfAge=300"
                    + options)
                .to("submit:" + Workbench.ROUTE);
          }
        });
    context.start();
    bench.workplace().start();
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

  private static WorkRules oneAtOnce() {
    WorkRules usual = Workbench.RULES;
    return new WorkRules(
        1,
        usual.attempts(),
        usual.retries(),
        usual.retryPause(),
        usual.lease(),
        usual.grace(),
        usual.offPeak());
  }

  private void arrive(String name, byte[] content) throws IOException {
    Path file = in;
    for (String part : name.split("/", -1)) {
      Files.createDirectories(file);
      file = NameBytes.in(file, latin1(part));
    }
    Path hidden = Files.write(file.resolveSibling(".arriving"), content);
    Files.move(hidden, file);
  }

  private void arrive(String name, int number) throws IOException {
    arrive(name, Workbench.ct(number));
  }

  private void arrive(String name, String content) throws IOException {
    Files.writeString(in.resolve(name), content);
  }

  /** All that lies below a folder and is not hidden, with what it lies in. */
  private List<String> names(String folder) throws IOException {
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
  private static String utf8(Path path) {
    return StreamSupport.stream(path.spliterator(), false)
        .map(NameBytes::of)
        .map(name -> new String(name.getBytes(ISO_8859_1), UTF_8))
        .collect(Collectors.joining("/"));
  }

  private static String latin1(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }

  private void awaitIn(String folder, String... names) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertEquals(Stream.of(names).sorted().toList(), names(folder)));
  }

  private void awaitTaken(Integer... numbers) {
    await().atMost(SOON).until(() -> taken.equals(List.of(numbers)));
  }

  private void awaitNothingInProgress() {
    awaitIn("in-progress");
  }

  private void awaitLogged(String words) {
    await().atMost(SOON).until(() -> !log.lines(words).isEmpty());
  }

  private static void waitAWhile() {
    await().pollDelay(A_WHILE).until(() -> true);
  }

  private JsonNode reason(String name) throws IOException {
    return new ObjectMapper().readTree(intake.resolve("failed/" + name + "/reason.json").toFile());
  }

  private JsonNode awaitReason(String name) throws IOException {
    awaitIn("failed", name + "/" + Path.of(name).getFileName(), name + "/reason.json");
    return reason(name);
  }

  private Job onlyCase() {
    List<Job> cases = bench.store().listing().list(10);
    assertEquals(1, cases.size());
    return cases.get(0);
  }

  // ------------------------------------------------------------- from in to done

  @Test
  void a_complete_file_becomes_a_result_and_goes_to_done() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    assertEquals(List.of(1), taken);
    assertEquals(List.of(), names("in"));
    awaitNothingInProgress();
    assertTrue(Files.exists(bench.results().resolve(onlyCase().id()).resolve("mask.nii.gz")));
  }

  @Test
  void a_file_that_still_grows_is_left_alone() throws Exception {
    start();
    Path growing = in.resolve("growing.nii");
    byte[] whole = Workbench.ct(1);
    try (FileChannel channel =
        FileChannel.open(growing, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int i = 0; i < whole.length; i += 40) {
        channel.write(ByteBuffer.wrap(whole, i, Math.min(40, whole.length - i)));
        Thread.sleep(40);
        assertTrue(Files.exists(growing), "taken after " + i + " bytes");
      }
    }
    awaitIn("done", "growing.nii");
    assertEquals(List.of(1), taken);
  }

  @Test
  void hidden_and_partial_names_and_links_are_left_alone() throws Exception {
    Path outside = Workbench.ct(home.resolve("outside.nii"), 9);
    Files.createSymbolicLink(in.resolve("link.nii"), outside);
    Files.createSymbolicLink(in.resolve("folder.nii"), Files.createDirectory(home.resolve("out")));
    for (String name : List.of(".hidden.nii", "a.nii.part", "b.tmp", "c.filepart")) {
      arrive(name, "no");
    }
    start();
    arrive("last.nii", 1);
    awaitIn("done", "last.nii");
    waitAWhile();
    assertEquals(List.of(1), taken);
    try (Stream<Path> files = Files.list(in)) {
      assertEquals(6, files.count());
    }
  }

  @Test
  void the_same_bytes_again_get_the_result_that_is_there() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    arrive("b.nii", 1);
    awaitIn("done", "a.nii", "b.nii");
    assertEquals(List.of(1), taken);
    arrive("c.json", "{\"force\": true}");
    arrive("c.nii", 1);
    awaitIn("done", "a.nii", "b.nii", "c.json", "c.nii");
    assertEquals(List.of(1, 1), taken);
    assertEquals(2, bench.store().listing().list(10).size());
  }

  @Test
  void the_same_name_with_other_bytes_is_another_case_and_overwrites_nothing() throws Exception {
    start();
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
    arrive("a.nii", 2);
    awaitIn("done", "a.nii", "a~2.nii");
    assertEquals(List.of(1, 2), taken);
    assertEquals(
        -1, Files.mismatch(intake.resolve("done/a.nii"), Workbench.ct(home.resolve("1.nii"), 1)));
    assertEquals(
        -1, Files.mismatch(intake.resolve("done/a~2.nii"), Workbench.ct(home.resolve("2.nii"), 2)));
  }

  @ParameterizedTest
  @CsvSource({"p.hdr, p.img", "P.HDR, P.IMG"})
  void a_pair_is_one_case_and_stays_together(String header, String image) throws Exception {
    arrive(image, "image");
    arrive(header, "header");
    start();
    awaitIn("failed", header + "/" + header, header + "/" + image, header + "/reason.json");
    assertEquals("not-nifti", reason(header).at("/code").asText());
    assertEquals(1, bench.store().listing().list(10).size());
  }

  @Test
  void a_header_waits_for_its_image_and_fails_if_it_does_not_come() throws Exception {
    start();
    arrive("p.hdr", "header");
    await().pollDelay(Duration.ofMillis(150)).until(() -> true);
    assertEquals(List.of("p.hdr"), names("in"));
    awaitReason("p.hdr");
  }

  @Test
  void unusual_names_are_names() throws Exception {
    List<String> names =
        List.of(
            "with two  spaces.nii",
            "Müller Ω 膵臓.nii",
            "-rf.nii",
            "a%41;b'c\"d.nii",
            "line\nbreak.nii",
            "reason.nii",
            "in.nii/done/a.nii");
    start();
    for (String name : names) {
      arrive("sub folder/" + name, 1);
    }
    awaitIn("done", names.stream().map(name -> "sub folder/" + name).toArray(String[]::new));
    awaitNothingInProgress();
  }

  @Test
  void a_name_that_this_locale_cannot_read_is_taken_twice_and_kept() throws Exception {
    start();
    for (int number = 1; number <= 2; number++) {
      Files.write(NameBytes.in(in, "\u00ff.json"), "{\"priority\": \"urgent\"}".getBytes(UTF_8));
      Files.write(NameBytes.in(in, "\u00ff.nii"), Workbench.ct(number));
      int files = 2 * number;
      await().atMost(SOON).until(() -> names("done").size() == files);
    }
    assertTrue(Files.exists(NameBytes.in(intake.resolve("done"), "\u00ff~2.nii")));
    assertTrue(Files.exists(NameBytes.in(intake.resolve("done"), "\u00ff~2.json")));
    Files.write(NameBytes.in(in, "\u00ff.nii"), Workbench.ct(BAD));
    await().atMost(SOON).until(() -> names("failed").size() == 2);
    awaitNothingInProgress();
  }

  @Test
  void a_name_of_255_bytes_that_comes_twice_is_kept_twice() throws Exception {
    String name = "x".repeat(251) + ".nii";
    start();
    arrive(name, 1);
    awaitIn("done", name);
    arrive(name, 2);
    awaitIn("done", name, "x".repeat(249) + "~2.nii");
  }

  @Test
  void a_file_that_may_not_be_written_is_taken_like_any_other() throws Exception {
    start();
    Path hidden = Files.write(in.resolve(".a.nii"), Workbench.ct(1));
    Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("r--r--r--"));
    Files.move(hidden, in.resolve("a.nii"));
    awaitIn("done", "a.nii");
  }

  @Test
  void with_markers_a_ct_waits_for_its_own_and_takes_it_away() throws Exception {
    start("&doneMarker=true", Workbench.RULES, 0);
    arrive("a.nii", 1);
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"));
    arrive("a.nii.done", "");
    awaitIn("done", "a.nii");
    arrive("a.nii", 2);
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"), "the first one's marker is no longer there");
  }

  // -------------------------------------------------------------------- options

  @Test
  void options_beside_a_ct_are_what_is_asked_for() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("b.nii", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(10).size() == 2);
    arrive("c.nii.json", "{\"priority\": \"urgent\", \"route\": \"" + Workbench.ROUTE + "\"}");
    arrive("c.nii", 3);
    await().atMost(SOON).until(() -> bench.store().listing().list(10).size() == 3);
    held.countDown();
    awaitIn("done", "a.nii", "b.nii", "c.nii", "c.nii.json");
    assertEquals(List.of(1, 3, 2), taken);
  }

  @Test
  void options_that_cannot_be_met_fail_the_case_with_the_reason() throws Exception {
    Map<String, String> codes =
        Map.of(
            "{\"route\": \"elsewhere\"}",
            "unknown-route",
            "{\"rout\": \"test\"}",
            "bad-request",
            "{\"route\": \"" + "x".repeat(300) + "\"}",
            "bad-request",
            "{\"priority\": \"soon\"}",
            "bad-request",
            "{",
            "bad-request",
            "",
            "bad-request",
            "x".repeat(100_000),
            "bad-request",
            "{\"sha256\": \"" + "0".repeat(64) + "\"}",
            "digest-mismatch",
            "{\"deadline\": \"2020-01-01T00:00:00Z\"}",
            "deadline-passed");
    int number = 0;
    for (String options : codes.keySet()) {
      arrive(number + ".json", options);
      arrive(number + ".nii", number++);
    }
    start();
    await().atMost(SOON).until(() -> names("failed").size() == 3 * codes.size());
    number = 0;
    for (String options : codes.keySet()) {
      String name = number++ + ".nii";
      assertEquals(codes.get(options), reason(name).at("/code").asText());
      assertTrue(reason(name).at("/reason").asText().length() > 20);
      assertTrue(names("failed").contains(name + "/" + name.replace("nii", "json")));
    }
    assertEquals(List.of(), taken);
  }

  @Test
  void options_that_are_a_link_are_not_followed_and_not_passed_over() throws Exception {
    Path outside = Files.writeString(home.resolve("outside.json"), "{}");
    Files.createSymbolicLink(in.resolve("a.json"), outside);
    arrive("a.nii", 1);
    start();
    awaitIn("failed", "a.nii/a.json", "a.nii/a.nii", "a.nii/reason.json");
    assertEquals("bad-request", reason("a.nii").at("/code").asText());
    assertTrue(Files.exists(outside));
  }

  @Test
  void options_without_a_ct_stay_where_they_are() throws Exception {
    arrive("a.json", "{}");
    start();
    arrive("b.nii", 1);
    awaitIn("done", "b.nii");
    assertEquals(List.of("a.json"), names("in"));
  }

  // ----------------------------------------------------------- what has no result

  @Test
  void a_failed_file_goes_to_a_folder_of_its_own_with_the_reason() throws Exception {
    start();
    arrive("sub/b.nii", BAD);
    JsonNode reason = awaitReason("sub/b.nii");
    assertEquals("stage-failed", reason.at("/code").asText());
    assertTrue(reason.at("/reason").asText().contains("It is cut short."), reason.toString());
    assertEquals("infer", reason.at("/stage").asText());
    assertEquals(1, reason.at("/attempts").asInt());
    String id = onlyCase().id();
    assertEquals(id, reason.at("/case").asText());
    assertTrue(reason.at("/next").asText().endsWith("./islet redrive " + id), reason.toString());
    awaitNothingInProgress();
  }

  @Test
  void an_error_of_the_jvm_fails_its_file_and_the_next_one_is_taken() throws Exception {
    start();
    arrive("a.nii", WORSE);
    JsonNode reason = awaitReason("a.nii");
    assertEquals("internal", reason.at("/code").asText());
    assertTrue(reason.at("/reason").asText().contains("this cannot be"));
    arrive("b.nii", 1);
    awaitIn("done", "b.nii");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_failed_is_tried_again_when_it_is_moved_back_alone_or_with_its_folder(boolean whole)
      throws Exception {
    start();
    arrive("sub/b.nii", BAD);
    awaitReason("sub/b.nii");
    mended = true;
    Path failed = intake.resolve("failed/sub/b.nii");
    Files.move(whole ? failed : failed.resolve("b.nii"), in.resolve("sub/b.nii"));
    awaitIn("done", "sub/b.nii");
    assertEquals(List.of(), names("in"));
    assertFalse(Files.exists(failed));
    assertEquals(
        List.of("failed", "done"),
        bench.store().attempts(onlyCase().id()).stream().map(Attempt::outcome).toList());
    awaitNothingInProgress();
  }

  @Test
  void a_case_that_is_driven_again_takes_its_files_back_and_all_that_asked_are_answered()
      throws Exception {
    held = new CountDownLatch(1);
    start();
    arrive("b.nii", BAD);
    awaitTaken(BAD);
    arrive("sub/c.nii", BAD);
    await()
        .atMost(SOON)
        .until(() -> bench.store().requests().requestsOf(onlyCase().id()).size() == 2);
    held.countDown();
    awaitIn(
        "failed", "b.nii/b.nii", "b.nii/reason.json", "sub/c.nii/c.nii", "sub/c.nii/reason.json");
    await().atMost(SOON).until(() -> bench.workplace().openKeys("folder").isEmpty());
    mended = true;
    for (FailedCts.FailedCt ct : new FailedCts(home, Set.of("folder")).all()) {
      ct.moveBack();
    }
    awaitIn("done", "b.nii", "sub/c.nii");
    awaitIn("failed");
    awaitNothingInProgress();
    assertEquals(JobState.DONE, onlyCase().state());
  }

  @Test
  void a_ct_that_is_taken_out_of_in_progress_fails_its_case_and_hangs_nothing() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("b.nii", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(10).size() == 2);
    String claimed =
        names("in-progress").stream().filter(n -> n.endsWith("b.nii")).findFirst().orElseThrow();
    Files.move(intake.resolve("in-progress/" + claimed), home.resolve("taken out.nii"));
    held.countDown();
    awaitIn("done", "a.nii");
    await().atMost(SOON).until(() -> bench.store().listing().failed().size() == 1);
    assertEquals("not-found", bench.store().listing().failed().get(0).failure().code());
    awaitNothingInProgress();
  }

  // ----------------------------------------------------------- over the restarts

  @Test
  void what_waits_when_the_service_stops_is_done_after_the_next_start() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    for (int number = 1; number <= 3; number++) {
      arrive("ct-" + number + ".nii", number);
    }
    await().atMost(SOON).until(() -> bench.store().listing().list(10).size() == 3);
    context.stop();
    bench.workplace().stop();
    held.countDown();
    bench.close();
    start();
    awaitIn("done", "ct-1.nii", "ct-2.nii", "ct-3.nii");
    awaitNothingInProgress();
  }

  @Test
  void what_a_worker_had_claimed_that_is_gone_is_taken_up_at_once() throws Exception {
    Path inProgress = Files.createDirectories(intake.resolve("in-progress"));
    Presence.announce(inProgress, "gone", SOON).close();
    Files.createDirectories(inProgress.resolve("gone~1/sub"));
    Workbench.ct(inProgress.resolve("gone~1/sub/c.nii"), 1);
    Files.createDirectories(inProgress.resolve("gone~2/sub"));
    start();
    awaitIn("done", "sub/c.nii");
    assertEquals(List.of(1), taken);
    awaitNothingInProgress();
  }

  @Test
  void what_nobody_known_had_claimed_is_taken_up_after_a_lease() throws Exception {
    Path old = Files.createDirectories(intake.resolve("in-progress/claim-of-an-older-islet"));
    Workbench.ct(old.resolve("c.nii"), 1);
    start();
    awaitIn("done", "c.nii");
    awaitNothingInProgress();
  }

  @Test
  void what_a_worker_has_claimed_that_is_there_is_left_to_it() throws Exception {
    Path inProgress = Files.createDirectories(intake.resolve("in-progress"));
    try (Presence other = Presence.announce(inProgress, Presence.newWorker(), SOON);
        Stream<Path> files = Files.list(inProgress)) {
      String worker =
          files
              .findFirst()
              .orElseThrow()
              .getFileName()
              .toString()
              .replaceAll("^\\.|\\.worker$", "");
      Path claim = Files.createDirectories(inProgress.resolve(worker + "~1"));
      Workbench.ct(claim.resolve("c.nii"), 1);
      start();
      waitAWhile();
      other.touch();
      assertTrue(Files.exists(claim.resolve("c.nii")));
      assertEquals(List.of(), taken);
    }
  }

  // ------------------------------------------------------- folders and their disk

  @Test
  void folders_that_are_not_there_yet_are_made() throws Exception {
    Files.delete(in);
    Files.delete(intake);
    start();
    await().atMost(SOON).until(() -> Files.isDirectory(intake.resolve("failed")));
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
  }

  @Test
  void a_folder_that_cannot_be_made_yet_is_told_and_does_not_keep_the_service_from_starting()
      throws Exception {
    Files.delete(in);
    Files.delete(intake);
    Files.createSymbolicLink(intake, home.resolve("not mounted"));
    start();
    awaitLogged("takes nothing in");
    Files.delete(intake);
    Files.createDirectories(in);
    arrive("a.nii", 1);
    awaitIn("done", "a.nii");
  }

  @Test
  void a_folder_that_goes_away_in_the_middle_and_comes_back_loses_nothing() throws Exception {
    held = new CountDownLatch(1);
    start("", oneAtOnce(), 0);
    arrive("a.nii", 1);
    awaitTaken(1);
    arrive("b.nii", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(10).size() == 2);
    Files.move(intake, home.resolve("away"));
    awaitLogged("it waits until they are back");
    assertFalse(Files.exists(intake), "nothing is made where the drive was");
    held.countDown();
    awaitLogged("cannot be answered now");
    Files.move(home.resolve("away"), intake);
    awaitLogged("takes CTs in again");
    arrive("c.nii", 3);
    await().atMost(SOON).until(() -> names("done").containsAll(List.of("a.nii", "c.nii")));
    await()
        .atMost(SOON)
        .until(() -> names("done").contains("b.nii") || names("failed").contains("b.nii/b.nii"));
    awaitNothingInProgress();
  }

  @Test
  void folders_on_two_file_systems_are_told_once_and_nothing_is_taken() throws Exception {
    Path shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(home)),
        "there is no other file system here");
    Path elsewhere = Files.createTempDirectory(shm, "islet");
    try {
      Path link = Files.createSymbolicLink(intake.resolve("in-progress"), elsewhere);
      start();
      arrive("a.nii", 1);
      awaitLogged("'in-progress' is on another file system");
      waitAWhile();
      assertEquals(1, log.lines("another file system").size());
      assertEquals(List.of("a.nii"), names("in"));
      Files.delete(link);
      Files.createDirectory(link);
      awaitIn("done", "a.nii");
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void below_the_watermark_of_free_disk_nothing_is_taken_and_the_log_says_so() throws Exception {
    start("", Workbench.RULES, Long.MAX_VALUE / 2);
    arrive("a.nii", 1);
    awaitLogged("islet.intake.min-free");
    waitAWhile();
    assertEquals(List.of("a.nii"), names("in"));
    assertEquals(1, log.lines("islet.intake.min-free").size());
  }

  @Test
  void on_a_full_disk_a_case_waits_for_room_and_is_not_lost() throws Exception {
    Files.delete(in);
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=128k", "islet", intake.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mount.waitFor() == 0, "a small disk can be mounted by root alone");
    try {
      Files.createDirectory(in);
      arrive("a.nii", BAD);
      Path filler = intake.resolve(".filler");
      fill(filler);
      start();
      awaitLogged("cannot be answered now");
      assertEquals(1, names("in-progress").stream().filter(n -> n.endsWith("a.nii")).count());
      Files.delete(filler);
      assertEquals("stage-failed", awaitReason("a.nii").at("/code").asText());
    } finally {
      stop();
      bench = null;
      new ProcessBuilder("umount", "-l", intake.toString()).start().waitFor();
    }
  }

  private static void fill(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (channel.write(ByteBuffer.allocate(4096)) > 0) {}
    } catch (IOException e) {
      // It is full.
    }
  }

  @Test
  void the_names_of_files_are_not_logged() throws Exception {
    start();
    arrive("Doe^John.nii", 1);
    arrive("Doe^Jane.nii", BAD);
    arrive("Doe^Jim.nii", "no CT");
    Files.createDirectory(intake.resolve("done/x"));
    awaitIn("done", "Doe^John.nii");
    await().atMost(SOON).until(() -> names("failed").size() == 4);
    assertEquals(List.of(), log.lines("Doe"));
  }
}
