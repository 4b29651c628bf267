package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStoreTest {

  static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String METHOD = "m".repeat(64);
  static final Input A = new Input("a".repeat(64), 100, 1000L, 16_000L);
  private static final Input B = new Input("b".repeat(64), 100, null, null);

  @TempDir Path folder;
  private Database database;
  JobStore store;

  @BeforeEach
  void open() throws Exception {
    database = openDatabase();
    store = new JobStore(database);
  }

  Database openDatabase() {
    return Database.serve(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  final Request receive(String key, Order order) throws KeyReusedException {
    return store
        .requests()
        .receive(
            new Incoming("folder", key, order, "in/" + key, "{}"), "worker-1", MINUTE, job -> true);
  }

  private Job accept(String key, Order order, Input input) throws KeyReusedException {
    return store.accept(receive(key, order), input, METHOD, id -> true);
  }

  final Job accept(String key, Input input) throws KeyReusedException {
    return accept(key, Order.of("r"), input);
  }

  private Optional<Job> next(boolean offPeak) {
    return next(Set.of("folder"), Set.of(), offPeak);
  }

  /** The case that a worker would begin, which it does not. */
  private Optional<Job> next(Set<String> doors, Set<String> pools, boolean offPeak) {
    AtomicReference<Job> seen = new AtomicReference<>();
    Optional<Job> begun =
        store.beginNext(
            new Wanted(doors, pools, offPeak),
            "worker-1",
            MINUTE,
            job -> {
              seen.set(job);
              return false;
            });
    assertEquals(Optional.empty(), begun);
    return Optional.ofNullable(seen.get());
  }

  final Job begin(Job job, String worker) {
    return Records.begin(store, job, worker, MINUTE);
  }

  private Job finish(Job job) {
    return store
        .finish(
            job,
            new JobStore.Ending(
                JobState.DONE, METHOD, "results/" + job.id(), "f".repeat(64), "{}", "[]"))
        .orElseThrow();
  }

  @Test
  void a_case_goes_from_accepted_to_running_to_done() throws Exception {
    Job job = accept("k", A);
    assertEquals("aaaaaaaaaaaa", job.id());
    assertEquals(JobState.ACCEPTED, job.state());
    assertEquals(job, next(true).orElseThrow());
    Job running = begin(job, "worker-1");
    assertEquals(JobState.RUNNING, running.state());
    assertEquals(1, running.attempt());
    assertEquals(Optional.empty(), next(true));
    assertEquals(3, store.progress(running, "infer", 3, 12).orElseThrow().stagesEnded());
    Job done = finish(running);
    assertEquals(JobState.DONE, done.state());
    assertEquals("results/aaaaaaaaaaaa", done.resultPlace());
    assertEquals(List.of("done"), outcomes(job.id()));
    Request waits =
        store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).get(0);
    assertEquals("k", waits.key());
    store.requests().answered(waits);
    assertEquals(
        List.of(), store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10));
  }

  private List<String> outcomes(String caseId) {
    return store.attempts(caseId).stream().map(Attempt::outcome).toList();
  }

  @Test
  void the_same_bytes_join_the_case_that_is_under_way_and_get_the_result_that_is_there()
      throws Exception {
    Job job = accept("k", A);
    assertEquals(job.id(), accept("l", A).id());
    finish(begin(job, "worker-1"));
    Job again = accept("m", A);
    assertEquals(job.id(), again.id());
    assertEquals(JobState.DONE, again.state());
    assertEquals(
        List.of(false, false, true),
        store.requests().requestsOf(job.id()).stream().map(Request::repeated).toList());
    assertEquals(
        3, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
  }

  @Test
  void other_bytes_another_route_another_method_and_force_make_another_case() throws Exception {
    Job first = finish(begin(accept("k", A), "worker-1"));
    assertEquals("bbbbbbbbbbbb", begin(accept("l", B), "worker-1").id());
    assertEquals(first.id() + "-2", accept("m", Order.of("other"), A).id());
    Order forced = new Order("r", Priority.ROUTINE, null, true, null);
    assertEquals(first.id() + "-3", accept("n", forced, A).id());
    Request request = receive("o", Order.of("other"));
    finish(begin(store.find(first.id() + "-2").orElseThrow(), "worker-1"));
    Job changed = store.accept(request, A, "n".repeat(64), id -> true);
    assertEquals(first.id() + "-4", changed.id());
  }

  @Test
  void a_forced_case_without_a_result_hides_no_result_and_is_tried_again_by_force()
      throws Exception {
    Order forced = new Order("r", Priority.ROUTINE, null, true, null);
    Job first = finish(begin(accept("k", A), "worker-1"));
    Job second = begin(accept("l", forced, A), "worker-1");
    assertEquals(second.id(), accept("m", A).id(), "it is under way");
    store.fail(second, new Failure("storage", "The disk is full."), null);
    Job again = accept("n", A);
    assertEquals(first.id(), again.id());
    assertEquals(JobState.DONE, again.state());
    Job retried = accept("o", forced, A);
    assertEquals(second.id(), retried.id());
    store.callOff(retried.id());
    assertEquals(first.id(), accept("p", A).id());
    store.resultLies(first.id(), null);
    assertEquals(second.id(), accept("q", A).id());
  }

  @Test
  void of_several_results_the_latest_by_the_same_method_is_the_answer() throws Exception {
    Order forced = new Order("r", Priority.ROUTINE, null, true, null);
    Job first = finish(begin(accept("k", A), "worker-1"));
    Job second = finish(begin(accept("l", forced, A), "worker-1"));
    assertEquals(second.id(), accept("m", A).id());
    String changed = "n".repeat(64);
    Job third = store.accept(receive("n", Order.of("r")), A, changed, id -> true);
    store.fail(begin(third, "worker-1"), new Failure("storage", "The disk is full."), null);
    assertEquals(second.id(), accept("o", A).id());
    assertEquals(
        third.id(), store.accept(receive("p", Order.of("r")), A, changed, id -> true).id());
    store.callOff(third.id());
    store.resultLies(second.id(), null);
    assertEquals(first.id(), accept("q", A).id());
  }

  @Test
  void a_case_is_given_as_its_row_is() throws Exception {
    Order order = new Order("r", Priority.URGENT, Instant.parse("2031-01-02T03:04:05Z"), true, "x");
    Job job = accept("k", order, A);
    assertEquals(job, store.find(job.id()).orElseThrow());
  }

  @Test
  void where_there_is_a_result_a_case_is_not_taken_for_new() throws Exception {
    Job first = accept("k", A);
    Request joining = receive("l", Order.of("r"));
    assertEquals(Optional.of(first), store.acceptNew(joining, A, METHOD, id -> true));
    finish(begin(first, "worker-1"));
    Request late = receive("m", Order.of("r"));
    assertEquals(Optional.empty(), store.acceptNew(late, A, METHOD, id -> true));
    assertEquals(2, store.requests().requestsOf(first.id()).size(), "the late one has no case yet");
    assertEquals(
        Optional.of("bbbbbbbbbbbb"), store.acceptNew(late, B, METHOD, id -> true).map(Job::id));
  }

  @Test
  void an_id_that_a_result_has_which_no_record_tells_of_is_not_given_again() throws Exception {
    Job job =
        store.accept(receive("k", Order.of("r")), A, METHOD, id -> !id.equals("aaaaaaaaaaaa"));
    assertEquals("aaaaaaaaaaaa-2", job.id());
  }

  @Test
  void a_case_that_failed_is_tried_again_when_its_bytes_come_again() throws Exception {
    Job running = begin(accept("k", A), "worker-1");
    store.fail(running, new Failure("truncated", "It is cut short.", "infer"), "[]");
    Job again = accept("l", A);
    assertEquals(running.id(), again.id());
    assertEquals(JobState.ACCEPTED, again.state());
    assertEquals(0, again.tries());
    assertEquals(List.of("failed"), outcomes(again.id()));
    assertEquals("truncated", store.attempts(again.id()).get(0).failure().code());
    assertEquals(2, begin(again, "worker-1").attempt());
  }

  @Test
  void urgent_cases_go_first_and_off_peak_ones_last_or_not_at_all() throws Exception {
    accept("k", new Order("r", Priority.OFF_PEAK, null, false, null), A);
    assertEquals(Optional.empty(), next(false));
    accept("l", Order.of("r"), B);
    Input c = new Input("c".repeat(64), 1, null, null);
    accept("m", new Order("r", Priority.URGENT, null, false, null), c);
    for (String id : List.of("cccccccccccc", "bbbbbbbbbbbb", "aaaaaaaaaaaa")) {
      Job next = next(true).orElseThrow();
      assertEquals(id, next.id());
      begin(next, "worker-1");
    }
  }

  @Test
  void nobody_joins_a_case_that_was_called_off_while_it_runs() throws Exception {
    Job running = begin(accept("k", A), "worker-1");
    store.callOff(running.id());
    Job another = accept("l", A);
    assertEquals(running.id() + "-2", another.id());
    assertEquals(another.id(), accept("m", A).id());
    assertFalse(another.calledOff());
  }

  @Test
  void a_more_urgent_request_hurries_the_case_that_it_joins() throws Exception {
    accept("k", B);
    accept("l", A);
    accept("m", new Order("r", Priority.URGENT, null, false, null), A);
    assertEquals("aaaaaaaaaaaa", next(true).orElseThrow().id());
  }

  @Test
  void whoever_comes_late_can_say_nothing_any_more() throws Exception {
    Job frozen = Records.begin(store, accept("k", A), "worker-1", Duration.ofSeconds(-1));
    Job orphan = store.orphans(w -> false).get(0);
    assertEquals(frozen.id(), orphan.id());
    Failure lost = new Failure("worker-lost", "The worker went away.");
    store.retry(orphan, lost, Duration.ZERO, "lost", null);
    Job taken = begin(next(true).orElseThrow(), "worker-2");
    assertFalse(store.hold(frozen, MINUTE));
    assertEquals(Optional.empty(), store.progress(frozen, "infer", 1, 2));
    assertEquals(Optional.empty(), store.fail(frozen, lost, null));
    assertEquals(Optional.empty(), store.retry(frozen, lost, MINUTE, "failed", null));
    assertFalse(store.putBack(frozen));
    assertTrue(store.hold(taken, MINUTE));
    assertEquals(List.of("lost", "running"), outcomes(taken.id()));
    assertEquals(2, finish(taken).attempt());
  }

  @Test
  void an_attempt_holds_its_case_until_another_has_it() throws Exception {
    Job job = Records.begin(store, accept("k", A), "worker-1", Duration.ofSeconds(-1));
    assertEquals(1, store.orphans(w -> false).size());
    assertTrue(store.hold(job, MINUTE));
    assertEquals(List.of(), store.orphans(w -> false), "it has a lease again");
    assertTrue(store.hold(job, MINUTE));
    store.putBack(job);
    assertFalse(store.hold(job, MINUTE));
    Job another = begin(store.find(job.id()).orElseThrow(), "worker-1");
    assertFalse(store.hold(job, MINUTE));
    assertTrue(store.hold(another, MINUTE));
  }

  @Test
  void a_running_case_is_an_orphan_when_its_lease_ran_out_or_its_worker_is_known_to_be_gone()
      throws Exception {
    begin(accept("k", A), "worker-1");
    assertEquals(List.of(), store.orphans(w -> false));
    assertEquals(1, store.orphans("worker-1"::equals).size());
    store.renew("worker-1", Duration.ofSeconds(-1));
    assertEquals(1, store.orphans(w -> false).size());
    store.renew("worker-1", MINUTE);
    assertEquals(List.of(), store.orphans(w -> false));
  }

  @Test
  void a_case_that_waits_after_a_failure_is_not_begun_before_its_time() throws Exception {
    Job running = begin(accept("k", A), "worker-1");
    store.retry(running, new Failure("storage", "The disk is full."), MINUTE, "failed", null);
    assertEquals(Optional.empty(), next(true));
    assertTrue(store.find(running.id()).orElseThrow().notBefore().isAfter(Instant.now()));
  }

  @Test
  void an_attempt_that_was_put_back_does_not_count() throws Exception {
    Job running = begin(accept("k", A), "worker-1");
    assertTrue(store.putBack(running));
    Job waiting = next(true).orElseThrow();
    assertEquals(0, waiting.tries());
    assertEquals(1, waiting.attempt());
    assertEquals(List.of("put-back"), outcomes(waiting.id()));
  }

  @Test
  void a_request_that_comes_again_is_answered_again_or_tried_again() throws Exception {
    Job job = finish(begin(accept("k", A), "worker-1"));
    store.requests().answered(store.requests().requestsOf(job.id()).get(0));
    receive("k", Order.of("r"));
    assertEquals(
        1, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
    assertThrows(KeyReusedException.class, () -> receive("k", Order.of("other")));

    Request refused = receive("l", Order.of("r"));
    store.requests().refuse(refused, new Failure("not-found", "There is no such file."));
    assertEquals(
        "not-found",
        store
            .requests()
            .unanswered("folder", "worker-1", MINUTE, w -> false, 10)
            .get(1)
            .failure()
            .code());
    Request again = receive("l", Order.of("other"));
    assertEquals(refused.id(), again.id());
    assertEquals("other", again.order().route());
    assertEquals(null, again.failure());
  }

  @Test
  void a_request_is_looked_at_by_its_worker_and_by_others_only_if_that_is_gone_or_late()
      throws Exception {
    Request request = receive("k", Order.of("r"));
    assertEquals(List.of(), store.requests().look("folder", "worker-2", MINUTE, w -> false, 10));
    assertEquals(
        1, store.requests().look("folder", "worker-2", MINUTE, "worker-1"::equals, 10).size());
    assertEquals(
        List.of(), store.requests().look("folder", "worker-3", MINUTE, "worker-1"::equals, 10));
    store.requests().lookAgain(request, Duration.ofMillis(-1));
    Request seen = store.requests().look("folder", "worker-3", MINUTE, w -> false, 10).get(0);
    assertEquals(1, seen.looks());
  }

  @Test
  void a_request_that_its_worker_keeps_looking_at_is_left_to_it_however_long_that_takes()
      throws Exception {
    Request request = receive("k", Order.of("r"));
    store.requests().keepsLooking("worker-1", Set.of(request.id()), Duration.ofMillis(-1));
    store.requests().keepsLooking("worker-2", Set.of(request.id()), MINUTE);
    assertEquals(
        1, store.requests().look("folder", "worker-2", Duration.ZERO, w -> false, 10).size());
    store.requests().keepsLooking("worker-2", Set.of(request.id()), MINUTE);
    assertEquals(List.of(), store.requests().look("folder", "worker-3", MINUTE, w -> false, 10));
    Failure gone = new Failure("not-found", "There is no such file.");
    assertTrue(store.requests().refuse(request, gone).isPresent());
    assertEquals(
        Optional.empty(), store.requests().refuse(request, new Failure("storage", "Full.")));
    assertEquals(gone, store.requests().request(request.id()).failure());
  }

  @Test
  void a_failed_case_can_be_driven_again_and_a_waiting_one_called_off() throws Exception {
    Job running = begin(accept("k", A), "worker-1");
    assertFalse(store.redrive(running.id()));
    store.fail(running, new Failure("storage", "Full."), null);
    assertEquals(List.of(running.id()), store.listing().failed().stream().map(Job::id).toList());
    assertTrue(store.redrive(running.id()));
    assertTrue(store.callOff(running.id()));
    assertEquals(JobState.CANCELLED, store.find(running.id()).orElseThrow().state());
    assertFalse(store.callOff(running.id()));
    assertTrue(store.redrive(running.id()));
    store.takeUntold(Set.of("folder"));
    Job again = begin(next(true).orElseThrow(), "worker-1");
    assertTrue(store.callOff(again.id()));
    assertTrue(store.progress(again, "clip", 1, 2).orElseThrow().calledOff());
  }

  private List<JobState> untold(String... doors) {
    return store.takeUntold(Set.of(doors)).stream().map(Job::state).toList();
  }

  @Test
  void what_somebody_changed_is_given_out_once_to_a_worker_that_has_its_door_open()
      throws Exception {
    Job job = accept("k", A);
    store.callOff(job.id());
    assertEquals(List.of(), untold("queue"));
    assertEquals(List.of(), untold());
    assertEquals(
        List.of(), store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10));
    assertEquals(List.of(JobState.CANCELLED), untold("folder", "queue"));
    assertEquals(List.of(), untold("folder"));
    assertEquals(
        1, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
    store.redrive(job.id());
    assertEquals(Optional.empty(), next(true));
    assertEquals(List.of(JobState.ACCEPTED), untold("folder"));
    assertTrue(next(true).isPresent());
  }

  @Test
  void a_case_that_was_called_off_while_it_ran_waits_for_nobody_afterwards() throws Exception {
    Failure trouble = new Failure("storage", "The disk is full.");
    Job job = begin(accept("k", A), "worker-1");
    store.callOff(job.id());
    assertEquals(Optional.empty(), store.handOn(job, "fine", "{}", "[]"));
    assertEquals(Optional.empty(), store.retry(job, trouble, Duration.ZERO, "failed", null));
    assertEquals(Optional.empty(), store.startOver(job, trouble, Duration.ZERO, "failed", null));
    assertFalse(store.putBack(job));
    assertEquals(JobState.RUNNING, store.find(job.id()).orElseThrow().state());
    Failure why = new Failure("called-off", "It was called off.");
    assertEquals(JobState.CANCELLED, store.cancel(job, why, null).orElseThrow().state());
  }

  @Test
  void what_lies_outside_of_the_record_is_looked_at_while_no_transaction_is_open()
      throws Exception {
    Request request = receive("k", Order.of("r"));
    AtomicInteger looks = new AtomicInteger();
    Predicate<String> free =
        id -> {
          looks.incrementAndGet();
          // A transaction that had the request would be in the way of this for ever.
          CompletableFuture.runAsync(() -> store.requests().lookAgain(request, MINUTE)).join();
          return !id.equals(CaseId.of(A.sha256()));
        };
    Job job = store.accept(request, A, "m".repeat(64), free);
    assertEquals(CaseId.of(A.sha256()) + "-2", job.id());
    assertEquals(2, looks.get());
  }

  @Test
  void a_case_that_was_called_off_and_comes_again_is_told_of_as_any_that_comes() throws Exception {
    Job job = accept("k", A);
    store.callOff(job.id());
    assertEquals(job.id(), accept("l", A).id());
    assertEquals(List.of(), untold("folder"));
    assertTrue(next(true).isPresent());
  }

  @Test
  void workers_that_ask_at_the_same_time_begin_different_cases() throws Exception {
    int workers = 8;
    int cases = 40;
    for (int n = 0; n < cases; n++) {
      accept("k" + n, new Input("%064x".formatted(n), 1, 1L, 1L));
    }
    Wanted wanted = new Wanted(Set.of("folder"), Set.of(), true);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    List<Callable<List<String>>> asking = new ArrayList<>();
    for (int n = 0; n < workers; n++) {
      String worker = "worker-" + n;
      asking.add(
          () ->
              Stream.generate(() -> store.beginNext(wanted, worker, MINUTE, job -> true))
                  .takeWhile(Optional::isPresent)
                  .map(job -> job.orElseThrow().id())
                  .toList());
    }
    List<String> begun = new ArrayList<>();
    for (Future<List<String>> each : threads.invokeAll(asking)) {
      begun.addAll(each.get());
    }
    threads.shutdown();
    assertEquals(cases, Set.copyOf(begun).size());
    assertEquals(cases, begun.size());
  }

  @Test
  void the_first_to_say_so_says_which_home_a_record_belongs_to() {
    assertEquals(Optional.empty(), store.home());
    assertEquals("one", store.home("one"));
    assertEquals("one", store.home("another"));
    assertEquals(Optional.of("one"), store.home());
  }

  @Test
  void requests_are_looked_at_by_one_worker_each() throws Exception {
    for (int n = 0; n < 6; n++) {
      store
          .requests()
          .receive(
              new Incoming("folder", "k" + n, Order.of("r"), "a", "{}"),
              null,
              Duration.ZERO,
              job -> true);
    }
    List<Request> own = store.requests().look("folder", "worker-1", MINUTE, w -> false, 4);
    List<Request> others = store.requests().look("folder", "worker-2", MINUTE, w -> false, 4);
    assertEquals(4, own.size());
    assertEquals(2, others.size());
    assertEquals(
        6, Stream.concat(own.stream(), others.stream()).map(Request::id).distinct().count());
  }

  @Test
  void a_case_is_begun_by_workers_that_have_a_door_open_by_which_it_came() throws Exception {
    Job job = accept("k", A);
    assertEquals(Optional.empty(), next(Set.of("queue"), Set.of(), true));
    assertEquals(Optional.empty(), next(Set.of(), Set.of(), true));
    assertEquals(job, next(Set.of("queue", "folder"), Set.of(), true).orElseThrow());
    assertEquals(List.of(), store.requests().look("queue", "worker-2", MINUTE, w -> true, 10));
  }

  @Test
  void an_answer_counts_its_tries_until_it_is_asked_for_anew() throws Exception {
    Job job = begin(accept("k", A), "worker-1");
    store.fail(job, new Failure("truncated", "It is cut short.", "infer"), "[]");
    for (int tries = 0; tries < 3; tries++) {
      Request waits =
          store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).get(0);
      assertEquals(tries, waits.answerTries());
      store.requests().answerLater(waits, Duration.ofMillis(-1));
    }
    Request request = store.requests().requestsOf(job.id()).get(0);
    store.requests().answerLater(request, MINUTE);
    assertEquals(
        List.of(), store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10));
    store.redrive(job.id());
    assertEquals(0, store.requests().request(request.id()).answerTries());
    store.callOff(job.id());
    store.takeUntold(Set.of("folder"));
    assertEquals(
        1, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
  }

  @Test
  void a_result_that_was_cleared_away_is_made_again() throws Exception {
    Job job = finish(begin(accept("k", A), "worker-1"));
    store.resultLies(job.id(), null);
    assertNotEquals(job.id(), accept("l", A).id());
  }

  @Test
  void a_door_is_shut_until_it_is_opened() {
    assertEquals(Optional.empty(), store.pauses().reason("folder"));
    store.pauses().set("folder", Optional.of("the scanner is being serviced"));
    store.pauses().set("folder", Optional.of("still"));
    assertEquals(Optional.of("still"), store.pauses().reason("folder"));
    store.pauses().set("folder", Optional.empty());
    assertEquals(Optional.empty(), store.pauses().reason("folder"));
  }

  @Test
  void what_was_recorded_is_there_after_the_store_was_opened_again() throws Exception {
    Job job = finish(begin(accept("k", A), "worker-1"));
    database.close();
    open();
    assertEquals(job, store.find(job.id()).orElseThrow());
  }

  @Test
  void whoever_looks_sees_how_many_there_are_and_how_long_cases_took() throws Exception {
    finish(begin(accept("k", A), "worker-1"));
    accept("l", new Order("r", Priority.URGENT, null, false, null), B);
    receive("m", Order.of("r"));
    store
        .requests()
        .refuse(receive("n", Order.of("r")), new Failure("bad-request", "It cannot be read."));
    assertEquals(
        Map.of(
            JobState.DONE, Map.of(Priority.ROUTINE, 1L),
            JobState.ACCEPTED, Map.of(Priority.URGENT, 1L)),
        store.listing().counts());
    assertEquals(1, store.listing().countUnseen());
    assertEquals(List.of("n"), store.listing().refused(5).stream().map(Request::key).toList());
    assertEquals(Set.of("folder"), store.listing().doors());
    Pace pace = store.listing().paces(5).get(0);
    assertEquals(1000, pace.voxels());
    assertTrue(pace.seconds() >= 0 && pace.seconds() < 60, pace::toString);
  }

  @Test
  void shut_doors_are_listed_with_their_reasons() {
    store.pauses().set("queue", Optional.of("the broker is being moved"));
    Pause pause = store.pauses().all().get(0);
    assertEquals("queue", pause.door());
    assertEquals("the broker is being moved", pause.reason());
    assertTrue(Duration.between(pause.since(), Instant.now()).compareTo(MINUTE) < 0);
  }

  @Test
  void a_request_that_is_accepted_twice_keeps_its_case() throws Exception {
    Request request = receive("k", new Order("r", Priority.ROUTINE, null, true, null));
    Job job = store.accept(request, A, METHOD, id -> true);
    finish(begin(job, "worker-1"));
    assertEquals(job.id(), store.accept(request, A, METHOD, id -> true).id());
    assertEquals(1, store.listing().list(10, 10).size());
  }

  @Test
  void a_request_that_is_received_refused_is_not_looked_at_and_is_answered() throws Exception {
    Incoming incoming = new Incoming("folder", "k", Order.of("r"), "in/k", "{}");
    Failure why = new Failure("bad-request", "No JSON.");
    assertEquals(why, store.requests().receiveRefused(incoming, "worker-1", why).failure());
    assertEquals(List.of(), store.requests().look("folder", "worker-1", MINUTE, w -> true, 10));
    assertEquals(
        1, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
  }

  @Test
  void a_result_is_let_go_when_nobody_waits_for_it() throws Exception {
    Job job = accept("k", A);
    assertFalse(store.releaseResult(job.id()));
    finish(begin(job, "worker-1"));
    assertFalse(store.releaseResult(job.id()));
    store.requests().answered(store.requests().requestsOf(job.id()).get(0));
    assertTrue(store.releaseResult(job.id()));
    assertEquals(null, store.find(job.id()).orElseThrow().resultPlace());
    assertTrue(store.releaseResult("nobody-knows-it"));
  }

  @Test
  void an_answer_that_comes_late_does_not_close_a_request_that_was_made_again_meanwhile()
      throws Exception {
    Job failed = begin(accept("k", A), "worker-1");
    store.fail(failed, new Failure("truncated", "It is cut short.", "infer"), "[]");
    Request answering =
        store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).get(0);
    Request again = receive("k", Order.of("r"));
    store.requests().answered(answering);
    assertEquals(null, store.requests().request(again.id()).answeredAt());
    Job job = store.accept(again, A, METHOD, id -> true);
    finish(begin(job, "worker-1"));
    assertEquals(
        1, store.requests().unanswered("folder", "worker-1", MINUTE, w -> false, 10).size());
  }

  @Test
  void a_case_waits_as_long_as_anybody_who_wants_it_would() throws Exception {
    Instant soon = Instant.parse("2030-01-01T08:00:00Z");
    Instant later = Instant.parse("2030-01-01T09:00:00Z");
    Job job = accept("k", new Order("r", Priority.ROUTINE, soon, false, null), A);
    accept("l", new Order("r", Priority.ROUTINE, later, false, null), A);
    assertEquals(later, store.find(job.id()).orElseThrow().order().deadline());
    accept("m", Order.of("r"), A);
    assertEquals(null, store.find(job.id()).orElseThrow().order().deadline());
  }

  @Test
  void an_input_as_long_as_a_request_may_name_is_kept() throws Exception {
    String input = "/" + "\ud83e\ude7a".repeat(4095);
    Incoming incoming = new Incoming("queue", "k", Order.of("r"), input, "{}");
    assertEquals(
        input, store.requests().receive(incoming, "worker-1", MINUTE, job -> true).input());
  }

  @Test
  void what_can_never_be_taken_down_is_told_apart_from_trouble_that_passes() {
    String secret = "Doe".repeat(100);
    UnstorableException refused =
        assertThrows(UnstorableException.class, () -> receive("k", Order.of(secret)));
    assertTrue(refused.getMessage().contains("22001"), refused.getMessage());
    assertFalse(refused.getMessage().contains("Doe"), refused.getMessage());
  }

  @Test
  void a_reason_is_kept_whatever_its_sentence_holds() throws Exception {
    Failure why = new Failure("bad-request", "It\0 says " + "no".repeat(3000));
    String kept =
        store
            .requests()
            .refuse(receive("k", Order.of("r")), why)
            .orElseThrow()
            .failure()
            .sentence();
    assertEquals("It says no", kept.substring(0, 10));
    assertEquals(4000, kept.length());
  }
}
