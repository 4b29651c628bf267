package org.islet.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.islet.format.InputRefusedException;
import org.islet.format.NiftiReader;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.stage.Stages;
import org.islet.store.Attempt;
import org.islet.store.Database;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.KeyReusedException;
import org.islet.store.Order;
import org.islet.store.Priority;
import org.islet.store.Records;
import org.islet.store.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path home;
  private final TestDoor door = new TestDoor("test");
  private final List<Integer> begun = new CopyOnWriteArrayList<>();
  private final CountDownLatch held = new CountDownLatch(1);
  private Workbench bench;

  /** A door whose CTs are files, and which can be out of order for a while. */
  private static final class TestDoor implements Door {
    private final String name;
    private final Map<String, Path> cts = new ConcurrentHashMap<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final AtomicInteger broken = new AtomicInteger();
    private final AtomicInteger moved = new AtomicInteger();

    TestDoor(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Path ct(Request request) throws IOException {
      if (!cts.containsKey(request.key())) {
        throw new InputRefusedException("not-found", "There is no such CT.");
      }
      if (broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new NoSuchFileException("the drive is away");
      }
      if (moved.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        return Path.of("where it was a moment ago");
      }
      return cts.get(request.key());
    }

    @Override
    public void answer(Answer answer) throws IOException {
      if (broken.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IOException("nobody listens");
      }
      answers.add(answer);
    }
  }

  private void start(WorkRules rules, HeapBudget heap, Consumer<Case> work) throws IOException {
    bench =
        new Workbench(
            home,
            rules,
            heap,
            0,
            c -> {
              begun.add(Workbench.number(c));
              work.accept(c);
            });
    bench.workplace().open(door);
    bench.workplace().start();
  }

  private void start(Consumer<Case> work) throws IOException {
    start(Workbench.RULES, Workbench.HEAP, work);
  }

  private static WorkRules rules(int atOnce, Duration grace, Optional<Hours> offPeak) {
    return rules(atOnce, Duration.ofHours(1), grace, offPeak);
  }

  private static WorkRules rules(
      int atOnce, Duration stageLimit, Duration grace, Optional<Hours> offPeak) {
    return new WorkRules(
        atOnce,
        3,
        2,
        Duration.ofMillis(20),
        Duration.ofSeconds(1),
        stageLimit,
        grace,
        Set.of(),
        offPeak);
  }

  @AfterEach
  void stop() throws IOException {
    held.countDown();
    if (bench != null) {
      bench.close();
    }
  }

  private void hold(Case c) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Workbench.find(c);
  }

  private Incoming incoming(String key, int number, Order order) throws IOException {
    return incoming(door, key, number, order);
  }

  private Incoming incoming(TestDoor by, String key, int number, Order order) throws IOException {
    by.cts.put(key, Workbench.ct(home.resolve(key + ".nii"), number));
    return new Incoming(by.name(), key, order, key, "{}");
  }

  private void ask(String key, int number, Order order) throws Exception {
    bench.workplace().reception().receive(incoming(key, number, order));
  }

  private void ask(String key, int number) throws Exception {
    ask(key, number, Order.of(Workbench.ROUTE));
  }

  private static Order order(Priority priority) {
    return new Order(Workbench.ROUTE, priority, null, false, null);
  }

  private Answer answer(String key) {
    return answer(door, key);
  }

  private static Answer answer(TestDoor by, String key) {
    return await()
        .atMost(SOON)
        .until(
            () -> by.answers.stream().filter(a -> a.request().key().equals(key)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private Job caseOf(String key) {
    return answer(key).job().orElseThrow();
  }

  private String codeOf(String key) {
    return answer(key).failure().orElseThrow().code();
  }

  private void awaitBegun(Integer... numbers) {
    await().atMost(SOON).until(() -> begun.equals(List.of(numbers)));
  }

  private List<String> outcomes(Job job) {
    return bench.store().attempts(job.id()).stream().map(Attempt::outcome).toList();
  }

  /**
   * A case in the record that a worker began which is not there any more.
   *
   * @param after the stage after which the process ended, for each attempt; "" for before the first
   */
  private Job lostCase(String key, int number, String... after) throws Exception {
    Path data = Files.createDirectories(home.resolve("data"));
    Presence.announce(data, "ghost", MINUTE).close();
    try (Database database = Database.serve(data)) {
      JobStore store = new JobStore(database);
      Segmenter segmenter = new Segmenter(new NiftiReader(1 << 20), Workbench.HEAP);
      Incoming incoming = incoming(key, number, Order.of(Workbench.ROUTE));
      FakeRoute route = new FakeRoute(Workbench.ROUTE, List.of(), List.of(), c -> {});
      Job job =
          store.accept(
              store.requests().receive(incoming, "ghost", MINUTE, each -> true),
              segmenter.inspect(door.cts.get(key), route),
              Method.digest(route),
              id -> true);
      for (String stage : after) {
        if (job.state() == JobState.RUNNING) {
          Failure why = new Failure("worker-lost", "It went away.");
          job = store.retry(job, why, Duration.ZERO, "lost", null).orElseThrow();
        }
        job = Records.begin(store, job, "ghost", Duration.ofSeconds(-1));
        if (!stage.isEmpty()) {
          job = store.progress(job, stage, 1, 2).orElseThrow();
        }
      }
      return job;
    }
  }

  @Test
  void a_request_becomes_a_case_with_a_result_and_is_answered() throws Exception {
    start(Workbench::find);
    ask("a", 1);
    Job job = caseOf("a");
    assertEquals(JobState.DONE, job.state());
    assertTrue(Files.exists(Path.of(job.resultPlace()).resolve("mask.nii.gz")));
    await().atMost(SOON).until(() -> bench.workplace().openKeys(door.name()).isEmpty());
  }

  @Test
  void the_same_ct_joins_the_case_that_is_under_way() throws Exception {
    start(this::hold);
    ask("a", 1);
    ask("b", 1);
    awaitBegun(1);
    held.countDown();
    assertEquals(caseOf("a").id(), caseOf("b").id());
    assertEquals(List.of(1), begun);
  }

  @Test
  void the_same_ct_again_gets_the_result_that_is_there_unless_somebody_took_it_away()
      throws Exception {
    start(Workbench::find);
    ask("a", 1);
    Path place = Path.of(caseOf("a").resultPlace());
    ask("b", 1);
    assertEquals(caseOf("a").id(), caseOf("b").id());
    assertTrue(answer("b").request().repeated());
    Files.move(place, home.resolve("taken away"));
    ask("c", 1);
    assertTrue(Files.exists(Path.of(caseOf("c").resultPlace())));
    assertEquals(List.of(1, 1), begun);
  }

  @Test
  void results_that_are_away_for_a_while_are_neither_forgotten_nor_made_again() throws Exception {
    start(Workbench::find);
    ask("a", 1);
    String place = caseOf("a").resultPlace();
    Path away = Files.move(bench.results(), home.resolve("away"));
    ask("b", 1);
    assertEquals("storage", codeOf("b"));
    assertFalse(Files.exists(bench.results()));
    Files.move(away, bench.results());
    ask("c", 1);
    assertEquals(place, caseOf("c").resultPlace());
    assertTrue(answer("c").request().repeated());
    assertEquals(List.of(1), begun);
  }

  @Test
  void a_ct_that_was_changed_fails_alone_where_others_asked_with_the_same() throws Exception {
    bench = new Workbench(home, Workbench.RULES, Workbench.HEAP, 0, Workbench::find);
    bench.workplace().open(door);
    Order order = order(Priority.OFF_PEAK);
    for (String key : List.of("a", "b")) {
      ask(key, 1, order);
      await().atMost(SOON).until(() -> bench.store().listing().countUnseen() == 0);
    }
    Workbench.ct(home.resolve("a.nii"), 2);
    bench.workplace().start();
    assertEquals("input-changed", codeOf("a"));
    assertEquals(Optional.empty(), answer("a").job());
    assertEquals(JobState.DONE, caseOf("b").state());
  }

  @Test
  void a_result_that_was_changed_is_no_answer() throws Exception {
    start(Workbench::find);
    ask("a", 1);
    Files.writeString(Path.of(caseOf("a").resultPlace()).resolve("mask.nii.gz"), "changed");
    ask("b", 1);
    assertEquals(caseOf("a").id() + "-2", caseOf("b").id());
    assertEquals(JobState.DONE, caseOf("b").state());
  }

  @Test
  void a_request_that_comes_again_after_its_result_was_taken_away_is_served_again()
      throws Exception {
    start(Workbench::find);
    ask("a", 1);
    Path place = Path.of(caseOf("a").resultPlace());
    awaitNothingOpen();
    ask("a", 1);
    awaitNothingOpen();
    assertEquals(List.of(1), begun, "it is there");
    Files.move(place, home.resolve("taken away"));
    ask("a", 1);
    awaitNothingOpen();
    assertEquals(List.of(1, 1), begun);
    assertTrue(Files.exists(place.resolveSibling(place.getFileName() + "-2")));
  }

  private void awaitNothingOpen() {
    await().atMost(SOON).until(() -> bench.workplace().openKeys(door.name()).isEmpty());
  }

  @Test
  void a_result_whose_home_was_moved_is_the_answer_where_it_is_now() throws Exception {
    start(Workbench::find);
    ask("a", 1);
    awaitNothingOpen();
    bench.store().resultLies(caseOf("a").id(), "/where/it/was");
    ask("b", 1);
    assertEquals(bench.results().resolve(caseOf("a").id()).toString(), caseOf("b").resultPlace());
    assertEquals(List.of(1), begun);
  }

  @Test
  void what_cannot_become_a_case_is_refused_with_a_code() throws Exception {
    start(Workbench::find);
    ask("a", 1, Order.of("elsewhere"));
    assertEquals("unknown-route", codeOf("a"));
    ask("b", 1, new Order(Workbench.ROUTE, Priority.ROUTINE, null, false, "0".repeat(64)));
    assertEquals("digest-mismatch", codeOf("b"));
    Incoming gone = new Incoming("test", "c", Order.of(Workbench.ROUTE), "c", "{}");
    bench.workplace().reception().receive(gone);
    assertEquals("not-found", codeOf("c"));
    assertEquals(List.of(), begun);
  }

  @Test
  void a_request_that_was_refused_at_the_door_is_never_looked_at() throws Exception {
    start(Workbench::find);
    Incoming incoming = incoming("a", 1, Order.of(Workbench.ROUTE));
    bench.workplace().reception().refuse(incoming, new Failure("bad-request", "No JSON."));
    assertEquals("bad-request", codeOf("a"));
    assertEquals(List.of(), begun);
  }

  @Test
  void a_ct_that_cannot_be_read_for_a_while_is_looked_at_again() throws Exception {
    start(Workbench::find);
    door.broken.set(2);
    ask("a", 1);
    assertEquals(JobState.DONE, caseOf("a").state());
  }

  @Test
  void a_door_whose_cts_do_not_come_holds_up_no_other() throws Exception {
    CountDownLatch looking = new CountDownLatch(2);
    Door slow =
        new Door() {
          @Override
          public String name() {
            return "slow";
          }

          @Override
          public Path ct(Request request) throws IOException {
            looking.countDown();
            try {
              held.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("the server is away");
          }

          @Override
          public void answer(Answer answer) {}
        };
    start(Workbench::find);
    bench.workplace().open(slow);
    for (int i = 0; i < 100; i++) {
      bench
          .workplace()
          .reception()
          .receive(new Incoming("slow", "s" + i, Order.of(Workbench.ROUTE), "s", "{}"));
    }
    looking.await();
    ask("a", 1);
    assertEquals(JobState.DONE, caseOf("a").state());
    assertEquals(100, bench.store().listing().countUnseen());
  }

  @Test
  void a_ct_that_can_never_be_read_is_refused_in_the_end_and_without_its_name() throws Exception {
    start(Workbench::find);
    door.broken.set(3);
    ask("a", 1);
    Failure failure = answer("a").failure().orElseThrow();
    assertEquals("storage", failure.code());
    assertFalse(failure.sentence().contains("drive"), failure.sentence());
  }

  @Test
  void a_lack_of_memory_is_tried_again_and_given_up_in_the_end() throws Exception {
    AtomicInteger short2 = new AtomicInteger(2);
    start(
        c -> {
          if (Workbench.number(c) == 2 || short2.getAndDecrement() > 0) {
            throw new StageFailedException("infer", new OutOfMemoryError("Java heap space"));
          }
          Workbench.find(c);
        });
    ask("a", 1);
    assertEquals(List.of("failed", "failed", "done"), outcomes(caseOf("a")));
    ask("b", 2);
    assertEquals("memory", codeOf("b"));
    assertEquals(List.of("failed", "failed", "failed"), outcomes(caseOf("b")));
  }

  @Test
  void an_answer_that_does_not_get_through_is_given_later() throws Exception {
    start(this::hold);
    ask("a", 1);
    awaitBegun(1);
    door.broken.set(1);
    held.countDown();
    assertEquals(JobState.DONE, caseOf("a").state());
    assertEquals(1, door.answers.size());
  }

  @Test
  void a_case_whose_deadline_passes_before_its_turn_is_not_begun() throws Exception {
    start(Workbench::find);
    Instant past = Instant.now().minusSeconds(1);
    ask("a", 1, new Order(Workbench.ROUTE, Priority.ROUTINE, past, false, null));
    assertEquals("deadline-passed", codeOf("a"));
    assertEquals(List.of(), begun);
  }

  @Test
  void a_case_that_is_called_off_while_it_runs_ends_without_a_result() throws Exception {
    start(
        c -> {
          hold(c);
          Stages.bind("downsample?input=ct&factor=2&output=small").run(c);
        });
    ask("a", 1);
    awaitBegun(1);
    Job job = bench.store().listing().list(99, 1).get(0);
    assertTrue(bench.store().callOff(job.id()));
    held.countDown();
    assertEquals("called-off", codeOf("a"));
    assertEquals(JobState.CANCELLED, caseOf("a").state());
    String stages = bench.store().attempts(job.id()).get(0).stages();
    assertEquals(
        List.of("downsample"), new ObjectMapper().readTree(stages).findValuesAsText("stage"));
    assertFalse(Files.exists(bench.results().resolve(job.id())));
  }

  @Test
  void a_case_that_ends_within_the_grace_is_answered_before_the_process_ends() throws Exception {
    start(rules(1, SOON, Optional.empty()), Workbench.HEAP, this::hold);
    ask("a", 1);
    awaitBegun(1);
    new Thread(held::countDown).start();
    assertTrue(bench.workplace().stop());
    assertEquals(JobState.DONE, caseOf("a").state());
  }

  @Test
  void a_case_that_does_not_end_within_the_grace_is_put_back_and_done_after_the_next_start()
      throws Exception {
    start(rules(1, Duration.ofMillis(50), Optional.empty()), Workbench.HEAP, this::hold);
    ask("a", 1);
    awaitBegun(1);
    assertFalse(bench.workplace().stop());
    assertEquals(List.of("put-back"), outcomes(bench.store().listing().list(99, 1).get(0)));
    held.countDown();
    bench.close();
    start(Workbench::find);
    assertEquals(List.of("put-back", "done"), outcomes(caseOf("a")));
  }

  @Test
  void a_case_whose_worker_is_gone_is_begun_again() throws Exception {
    lostCase("a", 1, "");
    start(Workbench::find);
    assertEquals(List.of("lost", "done"), outcomes(caseOf("a")));
  }

  @Test
  void a_case_that_was_called_off_before_its_worker_went_away_is_not_begun_again()
      throws Exception {
    Job lost = lostCase("a", 1, "");
    try (Database database = Database.serve(home.resolve("data"))) {
      assertTrue(new JobStore(database).callOff(lost.id()));
    }
    start(Workbench::find);
    assertEquals(JobState.CANCELLED, caseOf("a").state());
    assertEquals(List.of("cancelled"), outcomes(lost));
    assertEquals(List.of(), begun);
  }

  @Test
  void a_case_that_is_called_off_just_before_it_would_be_tried_again_ends() throws Exception {
    start(
        c -> {
          bench.store().callOff(c.id());
          throw new OutOfMemoryError("Direct buffer memory");
        });
    ask("a", 1);
    Job job = caseOf("a");
    assertEquals(JobState.CANCELLED, job.state());
    assertEquals("called-off", job.failure().code());
    assertEquals(List.of("cancelled"), outcomes(job));
  }

  @Test
  void a_request_that_was_taken_down_though_its_door_was_told_otherwise_is_looked_at()
      throws Exception {
    start(Workbench::find);
    bench
        .store()
        .requests()
        .receive(
            incoming("a", 1, Order.of(Workbench.ROUTE)),
            bench.workplace().workerId(),
            Duration.ofSeconds(1),
            job -> true);
    assertEquals(List.of("done"), outcomes(caseOf("a")));
  }

  @Test
  void a_case_that_does_not_get_on_is_begun_again_and_what_comes_of_it_late_is_dropped()
      throws Exception {
    AtomicInteger runs = new AtomicInteger();
    WorkRules rules = rules(2, Duration.ofSeconds(1), Duration.ZERO, Optional.empty());
    start(
        rules,
        Workbench.HEAP,
        c -> {
          if (runs.incrementAndGet() == 1) {
            hold(c);
          } else {
            Workbench.find(c);
          }
        });
    ask("a", 1);
    Job job = caseOf("a");
    assertEquals(List.of("lost", "done"), outcomes(job));
    assertEquals("stalled", bench.store().attempts(job.id()).get(0).failure().code());
    assertEquals(
        List.of("case " + job.id()), bench.workplace().stuck(Duration.ofMinutes(1)), "its thread");
    held.countDown();
    await().atMost(SOON).until(() -> bench.workplace().running() == 0);
    assertEquals(List.of(), bench.workplace().stuck(Duration.ofMinutes(1)));
    assertEquals(List.of("lost", "done"), outcomes(job));
    assertEquals(1, door.answers.size());
  }

  @Test
  void a_case_that_never_gets_on_is_given_up() throws Exception {
    start(
        rules(4, Duration.ofSeconds(1), Duration.ZERO, Optional.empty()),
        Workbench.HEAP,
        this::hold);
    ask("a", 1);
    assertEquals("stalled", codeOf("a"));
    assertEquals(List.of("lost", "lost", "failed"), outcomes(caseOf("a")));
    assertEquals(3, bench.workplace().running());
  }

  @Test
  void a_case_under_which_processes_end_at_one_stage_is_given_up() throws Exception {
    lostCase("a", 1, "clip", "infer", "infer", "infer");
    lostCase("b", 2, "clip", "", "", "");
    start(Workbench::find);
    assertEquals("worker-lost", codeOf("a"));
    assertEquals("worker-lost", codeOf("b"));
    assertEquals(List.of("lost", "lost", "lost", "failed"), outcomes(caseOf("a")));
    assertEquals(List.of(), begun);
  }

  @Test
  void a_case_under_which_processes_end_at_one_stage_or_another_is_not_given_up() throws Exception {
    Job job = lostCase("a", 1, "clip", "infer", "infer", "", "infer", "infer");
    start(Workbench::find);
    await().atMost(SOON).until(() -> outcomes(job).equals(Collections.nCopies(6, "lost")));
    assertEquals(JobState.ACCEPTED, bench.store().find(job.id()).orElseThrow().state());
  }

  @Test
  void a_ct_that_is_moved_before_it_is_looked_at_is_looked_for_again() throws Exception {
    door.moved.set(1);
    start(Workbench::find);
    ask("a", 1);
    assertEquals(List.of("done"), outcomes(caseOf("a")));
  }

  @Test
  void a_ct_that_is_moved_before_it_is_read_is_looked_for_again() throws Exception {
    lostCase("a", 1, "");
    door.moved.set(1);
    start(Workbench::find);
    assertEquals(List.of("lost", "done"), outcomes(caseOf("a")));
  }

  @Test
  void processes_that_end_use_up_no_retries() throws Exception {
    lostCase("a", 1, "clip", "infer");
    door.broken.set(1);
    start(Workbench::find);
    assertEquals(JobState.DONE, caseOf("a").state());
    assertEquals(List.of("lost", "lost", "failed", "done"), outcomes(caseOf("a")));
  }

  @Test
  void a_case_that_may_be_what_ends_processes_runs_alone() throws Exception {
    lostCase("a", 1, "", "");
    AtomicInteger now = new AtomicInteger();
    List<Integer> besideSuspect = new CopyOnWriteArrayList<>();
    start(
        c -> {
          besideSuspect.add(now.incrementAndGet());
          await().pollDelay(Duration.ofMillis(200)).until(() -> true);
          besideSuspect.add(now.getAndDecrement());
          Workbench.find(c);
        });
    ask("b", 2);
    ask("c", 3);
    for (String key : List.of("a", "b", "c")) {
      assertEquals(JobState.DONE, caseOf(key).state());
    }
    assertEquals(1, begun.get(0));
    assertEquals(List.of("lost", "lost", "done"), outcomes(caseOf("a")));
    assertEquals(List.of(1, 1), besideSuspect.subList(0, 2));
  }

  @Test
  void a_case_that_the_record_has_running_here_while_nobody_is_at_it_is_begun_again()
      throws Exception {
    start(rules(1, Duration.ZERO, Optional.empty()), Workbench.HEAP, this::hold);
    ask("a", 1);
    awaitBegun(1);
    ask("b", 2);
    Job waiting =
        await()
            .atMost(SOON)
            .until(
                () ->
                    bench.store().listing().list(99, 1).stream()
                        .filter(j -> j.state() == JobState.ACCEPTED)
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    Records.begin(bench.store(), waiting, bench.workplace().workerId(), MINUTE);
    held.countDown();
    Job done = caseOf("b");
    assertEquals(List.of("failed", "done"), outcomes(done), "no process was lost");
    assertEquals("storage", bench.store().attempts(done.id()).get(0).failure().code());
    assertEquals(List.of("done"), outcomes(caseOf("a")));
  }

  @Test
  void cases_that_do_not_fit_into_memory_together_run_one_after_the_other_in_their_order()
      throws Exception {
    HeapBudget oneAndABit = new HeapBudget(16, (128L << 20) + 1500);
    start(rules(3, Duration.ZERO, Optional.empty()), oneAndABit, this::hold);
    ask("a", 1);
    awaitBegun(1);
    ask("b", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 2);
    ask("c", 3);
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 3);
    assertEquals(1024, bench.workplace().heapUsed());
    assertEquals(List.of(1), begun);
    held.countDown();
    answer("c");
    assertEquals(List.of(1, 2, 3), begun);
  }

  @Test
  void off_peak_cases_wait_for_their_hours() throws Exception {
    LocalTime now = LocalTime.now(ZoneId.systemDefault());
    Hours later = new Hours(now.plusHours(2), now.plusHours(3));
    start(rules(1, Duration.ZERO, Optional.of(later)), Workbench.HEAP, Workbench::find);
    ask("a", 1, order(Priority.OFF_PEAK));
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 1);
    ask("b", 2);
    assertEquals(JobState.DONE, caseOf("b").state());
    assertEquals(List.of(2), begun);
    bench.close();
    Hours current = new Hours(now.minusHours(1), now.plusHours(1));
    start(rules(1, Duration.ZERO, Optional.of(current)), Workbench.HEAP, Workbench::find);
    assertEquals(JobState.DONE, caseOf("a").state());
  }

  private Request takenDownBySomebodyGone(TestDoor by, String key, int number) throws Exception {
    Incoming incoming = incoming(by, key, number, Order.of(Workbench.ROUTE));
    Request request = bench.store().requests().receive(incoming, "ghost", MINUTE, each -> true);
    bench.store().requests().release(request);
    return request;
  }

  @Test
  void a_request_by_a_door_that_is_not_open_here_is_left_to_a_worker_that_has_it_open()
      throws Exception {
    TestDoor other = new TestDoor("other");
    start(Workbench::find);
    Request left = takenDownBySomebodyGone(other, "b", 2);
    takenDownBySomebodyGone(door, "a", 1);
    assertEquals(JobState.DONE, caseOf("a").state());
    takenDownBySomebodyGone(door, "c", 3);
    assertEquals(JobState.DONE, caseOf("c").state());
    assertEquals(left, bench.store().requests().request(left.id()));
    Workplace second = bench.another();
    second.open(other);
    second.start();
    assertEquals(JobState.DONE, answer(other, "b").job().orElseThrow().state());
    assertEquals(0, answer(other, "b").request().looks());
  }

  @Test
  void a_case_by_a_door_that_is_not_open_here_is_left_to_a_worker_that_has_it_open()
      throws Exception {
    TestDoor other = new TestDoor("other");
    start(Workbench::find);
    Workplace second = bench.another();
    second.open(other);
    second.reception().receive(incoming(other, "b", 2, order(Priority.URGENT)));
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 1);
    ask("a", 1);
    assertEquals(JobState.DONE, caseOf("a").state());
    assertEquals(List.of(1), begun);
    second.start();
    Job job = answer(other, "b").job().orElseThrow();
    assertEquals(List.of("done"), outcomes(job));
    assertEquals(1, door.answers.size());
  }

  @Test
  void what_people_do_beside_the_service_is_told_by_it() throws Exception {
    start(rules(1, Duration.ZERO, Optional.empty()), Workbench.HEAP, this::hold);
    ask("a", 1);
    awaitBegun(1);
    ask("b", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 2);
    String waiting = bench.store().listing().list(99, 9).get(1).id();
    try (Database database = Database.visit(home.resolve("data"))) {
      JobStore beside = new JobStore(database);
      assertTrue(beside.callOff(waiting));
      assertEquals(JobState.CANCELLED, caseOf("b").state());
      await().atMost(SOON).until(() -> bench.newsOf(waiting).contains("answered"));
      door.answers.clear();
      held.countDown();
      assertTrue(beside.redrive(waiting));
    }
    assertEquals(JobState.DONE, caseOf("b").state());
    await().atMost(SOON).until(() -> bench.newsOf(waiting).size() == 7);
    assertEquals(
        List.of("accepted", "cancelled", "answered", "redriven", "began", "done", "answered"),
        bench.newsOf(waiting));
  }

  @Test
  void a_ct_that_comes_again_after_its_case_was_called_off_is_told_of() throws Exception {
    start(rules(1, Duration.ZERO, Optional.empty()), Workbench.HEAP, this::hold);
    ask("a", 1);
    awaitBegun(1);
    ask("b", 2);
    await().atMost(SOON).until(() -> bench.store().listing().list(99, 9).size() == 2);
    String waiting = bench.store().listing().list(99, 9).get(1).id();
    bench.store().callOff(waiting);
    await().atMost(SOON).until(() -> bench.newsOf(waiting).contains("answered"));
    ask("c", 2);
    held.countDown();
    assertEquals(waiting, caseOf("c").id());
    await().atMost(SOON).until(() -> bench.newsOf(waiting).size() == 7);
    assertEquals(
        List.of("accepted", "cancelled", "answered", "accepted", "began", "done", "answered"),
        bench.newsOf(waiting));
  }

  private interface Answering {
    void answer() throws Exception;
  }

  /** Opens a door that can do nothing but answer. */
  private void openStuck(Answering answering) {
    bench
        .workplace()
        .open(
            new Door() {
              @Override
              public String name() {
                return "stuck";
              }

              @Override
              public Path ct(Request request) throws IOException {
                throw new InputRefusedException("not-found", "There is no such CT.");
              }

              @Override
              public void answer(Answer answer) throws Exception {
                answering.answer();
              }
            });
  }

  private void refuseAtStuck(String key) throws KeyReusedException {
    Incoming incoming = new Incoming("stuck", key, Order.of(Workbench.ROUTE), "s", "{}");
    bench.workplace().reception().refuse(incoming, new Failure("bad-request", "No JSON."));
  }

  @Test
  void no_answer_is_begun_once_the_work_is_to_end_and_one_does_not_get_through() throws Exception {
    start(Workbench::find);
    CountDownLatch answering = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    openStuck(
        () -> {
          tries.incrementAndGet();
          answering.countDown();
          held.await();
          throw new IOException("nobody listens");
        });
    for (int i = 0; i < 5; i++) {
      refuseAtStuck("s" + i);
    }
    answering.await();
    new Thread(
            () -> {
              await().pollDelay(Duration.ofMillis(500)).until(() -> true);
              held.countDown();
            })
        .start();
    assertTrue(bench.workplace().stop());
    assertEquals(2, tries.get(), "the one under way, and the first of those at the end");
    assertEquals(5, bench.store().requests().openKeys("stuck").size());
  }

  @Test
  void an_answer_that_hangs_does_not_keep_the_work_from_ending() throws Exception {
    start(Workbench::find);
    CountDownLatch answering = new CountDownLatch(1);
    openStuck(
        () -> {
          answering.countDown();
          held.await();
        });
    refuseAtStuck("s");
    answering.await();
    long began = System.nanoTime();
    assertTrue(bench.workplace().stop());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofSeconds(8)) < 0, took::toString);
  }
}
