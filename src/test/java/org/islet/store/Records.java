package org.islet.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Cases in a store, as tests need them. */
public final class Records implements AutoCloseable {

  public static final Duration LEASE = Duration.ofMinutes(1);

  private static final String METHOD = "m".repeat(64);
  private static final String REPORT =
      "{\"mask\": {\"millilitres\": 71.23}, \"seconds\": {\"total\": 9.44}, \"warnings\": []}";

  /** One stage that ended, as it is recorded. */
  public static final String STAGES =
      "[{\"stage\": \"clip\", \"output\": \"clipped\", \"start\": 0.25, \"seconds\": 0.125}]";

  private final Database database;
  private final JobStore store;

  private Records(Database database) {
    this.database = database;
    this.store = new JobStore(database);
  }

  /** A new record in a folder, which others can reach as long as it is open. */
  public static Records in(Path folder) {
    return new Records(Database.serve(folder));
  }

  /** The record itself. */
  public JobStore store() {
    return store;
  }

  /** A request that was taken down. */
  public Request received(String door, String input, Order order) {
    try {
      return store
          .requests()
          .receive(new Incoming(door, input, order, input, "{}"), "worker", LEASE, job -> true);
    } catch (KeyReusedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A case of a CT whose digest is a letter again and again.
   *
   * @param voxels null for a CT that cannot be read
   */
  public Job accepted(String door, char digest, Order order, Long voxels) {
    Input input =
        new Input(String.valueOf(digest).repeat(64), 1000, voxels, voxels == null ? null : 1L);
    return store.accept(received(door, digest + ".nii.gz", order), input, METHOD, id -> true);
  }

  public Job accepted(char digest) {
    return accepted("folder", digest, Order.of("r"), 1000L);
  }

  /** Begins a case, whose turn it has to be. */
  public static Job begin(JobStore store, Job job, String worker, Duration lease) {
    Wanted wanted = new Wanted(store.listing().doors(), Set.of(), true);
    return store.beginNext(wanted, worker, lease, next -> next.id().equals(job.id())).orElseThrow();
  }

  public Job running(char digest) {
    return begin(store, accepted(digest), "worker", LEASE);
  }

  public Job failed(char digest, String code) {
    return store
        .fail(running(digest), new Failure(code, "It went wrong.", "infer"), STAGES)
        .orElseThrow();
  }

  public Job done(char digest) {
    Job job = running(digest);
    return store
        .finish(
            job,
            new JobStore.Ending(
                JobState.DONE, METHOD, "/results/" + job.id(), "f".repeat(64), REPORT, STAGES))
        .orElseThrow();
  }

  /** Answers all requests of a case. */
  public void answer(Job job) {
    store.requests().requestsOf(job.id()).forEach(store.requests()::answered);
  }

  /** An order of a priority. */
  public static Order order(Priority priority) {
    return new Order("r", priority, null, false, null);
  }

  /** Whether a moment lies within the last minute. */
  public static boolean isRecent(Instant time) {
    return Duration.between(time, Instant.now()).compareTo(LEASE) < 0;
  }

  @Override
  public void close() {
    database.close();
  }
}
