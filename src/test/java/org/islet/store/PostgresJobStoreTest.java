package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that a store promises, on PostgreSQL. */
class PostgresJobStoreTest extends JobStoreTest {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresServer server;
  private Database.Address address;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.startOrSkip();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  @Override
  void open() throws Exception {
    if (address == null) {
      address = server.newDatabase("store" + DATABASES.incrementAndGet());
    }
    super.open();
  }

  @Override
  Database openDatabase() {
    return Database.postgres(address);
  }

  private static String shown(Database database, String setting) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show " + setting)) {
      assertTrue(row.next());
      return row.getString(1);
    }
  }

  @Test
  void a_worker_that_is_frozen_in_a_transaction_is_thrown_out_and_nobody_waits_for_it_long()
      throws Exception {
    Job job = begin(accept("k", A), "worker-1");
    try (Database other = openDatabase()) {
      for (int i = 0; i < 2; i++) { // also when the connection was used before
        assertEquals("10s", shown(other, "idle_in_transaction_session_timeout"));
        assertEquals("10s", shown(other, "statement_timeout"));
      }
      try (Connection frozen = other.source().getConnection();
          Statement statement = frozen.createStatement()) {
        statement.execute("update job set stage = 'clip'");
        long start = System.nanoTime();
        assertThrows(StoreException.class, () -> store.progress(job, "clip", 1, 2));
        assertTrue(System.nanoTime() - start < 9e9, "it was waited for longer than 9 s");
        frozen.rollback();
      }
      assertTrue(store.progress(job, "clip", 1, 2).isPresent());
    }
  }

  @Test
  void a_case_that_a_worker_is_just_about_to_begin_is_passed_over_by_others() throws Exception {
    Job first = accept("k", A);
    Job second = accept("l", new Input("b".repeat(64), 100, 1000L, 1L));
    Wanted wanted = new Wanted(Set.of("folder"), Set.of(), true);
    List<String> others = new ArrayList<>();
    Optional<Job> begun =
        store.beginNext(
            wanted,
            "worker-1",
            MINUTE,
            job -> {
              CompletableFuture.supplyAsync(
                      () -> store.beginNext(wanted, "worker-2", MINUTE, other -> true))
                  .join()
                  .ifPresent(other -> others.add(other.id()));
              return true;
            });
    assertEquals(first.id(), begun.orElseThrow().id());
    assertEquals(List.of(second.id()), others);
  }

  @Test
  void what_others_rely_on_waits_for_the_disk_and_the_rest_does_not() throws Exception {
    Request received = receive("k", Order.of("r"));
    server.crashAndRestart();
    assertEquals(received, store.requests().request(received.id()));
    Job job = begin(store.accept(received, A, "m".repeat(64), id -> true), "worker-1");
    store.fail(job, new Failure("storage", "The disk is full."), null);
    server.crashAndRestart();
    assertEquals(JobState.FAILED, store.find(job.id()).orElseThrow().state());
    try (Database other = openDatabase()) {
      assertEquals("off", shown(other, "synchronous_commit"));
    }
  }

  @Test
  void a_text_that_holds_nul_can_never_be_taken_down() {
    UnstorableException refused =
        assertThrows(UnstorableException.class, () -> receive("k\0", Order.of("r")));
    assertTrue(refused.getMessage().contains("22021"), refused.getMessage());
  }

  @Test
  void a_step_to_the_present_form_takes_the_time_that_it_takes() throws Exception {
    Database.Address old = server.newDatabase("old");
    Database.postgres(old).close();
    try (Connection connection = DriverManager.getConnection(old.url(), old.user(), "");
        Statement statement = connection.createStatement()) {
      String last = "select max(\"installed_rank\") from \"islet_schema\"";
      statement.execute("delete from \"islet_schema\" where \"installed_rank\" = (" + last + ")");
      connection.setAutoCommit(false);
      statement.execute("select * from islet_waiting"); // in the way of whoever wants to drop it
      CompletableFuture<Void> opening =
          CompletableFuture.runAsync(() -> Database.postgres(old).close());
      assertThrows(TimeoutException.class, () -> opening.get(7, TimeUnit.SECONDS));
      connection.rollback();
      opening.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void cases_that_are_to_run_off_peak_are_told_apart_for_keda() throws Exception {
    accept("k", A);
    Request late = receive("l", Records.order(Priority.OFF_PEAK));
    store.accept(late, new Input("b".repeat(64), 100, 1000L, 1L), "m".repeat(64), id -> true);
    try (Database database = openDatabase();
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select off_peak, cases from islet_waiting where pool = 'start' order by off_peak")) {
      assertTrue(rows.next());
      assertEquals(List.of(false, 1L), List.of(rows.getBoolean(1), rows.getLong(2)));
      assertTrue(rows.next());
      assertEquals(List.of(true, 1L), List.of(rows.getBoolean(1), rows.getLong(2)));
    }
  }

  /** The answers to what KEDA asks of the pools start and fine. */
  private List<Long> waiting() throws Exception {
    List<Long> answers = new ArrayList<>();
    try (Database database = openDatabase();
        Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement()) {
      for (String pool : List.of("start", "fine")) {
        Path object = Path.of("k8s/overlays/keda", pool, "scaling.yaml");
        Matcher query = Pattern.compile("query: (.*)").matcher(Files.readString(object));
        assertTrue(query.find(), object::toString);
        try (ResultSet row = statement.executeQuery(query.group(1))) {
          assertTrue(row.next());
          answers.add(row.getLong(1));
        }
      }
    }
    return answers;
  }

  @Test
  void keda_is_told_how_many_cases_each_pool_has() throws Exception {
    assertEquals(List.of(0L, 0L), waiting());
    Job running = begin(accept("k", A), "worker-1");
    accept("l", new Input("b".repeat(64), 100, 1000L, 1L));
    assertEquals(List.of(2L, 0L), waiting());
    store.handOn(running, "fine", "{}", "[]");
    assertEquals(List.of(1L, 1L), waiting());
    store.callOff(running.id());
    assertEquals(List.of(1L, 0L), waiting());
  }
}
