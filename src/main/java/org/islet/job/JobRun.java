package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.islet.carry.CarryPlace;
import org.islet.job.CaseReport.Outcome;
import org.islet.job.Doors.Ct;
import org.islet.stage.Case;
import org.islet.stage.StageRun;
import org.islet.store.Failure;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/** One attempt at a case, from its CT to its end in the record. */
final class JobRun implements Runnable, CaseListener {

  private static final Logger LOG = Logger.getLogger(JobRun.class);

  /** Why a case has no result that people did not want any more. */
  static final Failure CALLED_OFF =
      new Failure("called-off", "The case was called off while it was running.");

  /** Why an attempt is given up between two stages. */
  private enum Stop {
    /** Another worker has taken the case over. */
    LOST,
    CALLED_OFF,
    /** The process is to end. */
    PUT_BACK
  }

  /** What it takes to run cases. */
  record Maker(
      Worker worker,
      Segmenter segmenter,
      SegmentationRoutes routes,
      ResultPlace results,
      Doors doors,
      Reception reception,
      CarryPlace carry,
      CaseListener listener,
      Consumer<Job> whenEnded) {

    JobRun make(Job job) {
      return new JobRun(this, job);
    }
  }

  /** Lets go of a case between two stages. */
  private static final class StoppedException extends RuntimeException {
    StoppedException(Stop stop) {
      super("The case is let go (%s).".formatted(stop));
    }
  }

  private final Maker with;
  private final Worker worker;
  private final Job job;
  private final List<StageRun> ended = new CopyOnWriteArrayList<>();
  private volatile int stages;
  private volatile int endedBefore;
  private volatile Stop stop;
  private volatile long moved = System.nanoTime();

  private JobRun(Maker with, Job job) {
    this.with = with;
    this.worker = with.worker();
    this.job = job;
  }

  Job job() {
    return job;
  }

  /** Whether it has not got on for longer than a stage may take. */
  boolean isStalled() {
    return System.nanoTime() - moved > worker.rules().stageLimit().toNanos();
  }

  /** Asks the attempt to end, and to leave the case to whoever comes next. */
  void putBack() {
    stop = stop == null ? Stop.PUT_BACK : stop;
  }

  @Override
  public void run() {
    try {
      CrashPoint.reached("begun");
      worker.news().began(job);
      attempt();
    } catch (StoreException e) {
      // The record is away. The lease runs out, and the case is taken up again.
      LOG.errorf("case %s: its end cannot be recorded: %s", job.id(), e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "case %s: %s", job.id(), FailureText.ofCause(e));
      fail(new Failure("internal", "Something unexpected went wrong: " + FailureText.ofCause(e)));
    }
  }

  private void attempt() {
    try {
      Optional<CaseResult> earlier = with.results().find(job.id());
      Instant deadline = job.order().deadline();
      if (earlier.isPresent()) {
        finish(new EarlierResult(job, earlier.get()));
      } else if (deadline != null && deadline.isBefore(Instant.now())) {
        fail(
            new Failure(
                "deadline-passed",
                "The request's deadline, %s, had passed before its turn came."
                    .formatted(deadline)));
      } else {
        segment();
      }
    } catch (CaseFailedException e) {
      gaveUp(e);
    } catch (StoreException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      gaveUp(CaseFailedException.of(job.id(), e));
    }
  }

  private void gaveUp(CaseFailedException e) {
    if (stop != null) {
      letGo();
    } else {
      failed(e);
    }
  }

  private void segment() throws CaseFailedException, IOException {
    try (SegmentationRoute route = opened()) {
      stages = route.stages();
      String method = Method.digest(route);
      HandedCase handed = job.handed() == null ? null : handed();
      int part = handed == null ? 0 : handed.part();
      CaseUnderWay underWay = handed == null ? begun(route) : takenUp(handed, route, method);
      endedBefore = underWay.c().runs().size();
      List<String> pools = route.pools();
      with.segmenter().run(underWay, route, part);
      while (++part < pools.size() && worker.rules().serves(pools.get(part))) {
        with.segmenter().run(underWay, route, part);
      }
      if (stop != null) {
        letGo();
      } else if (part < pools.size()) {
        handOn(
            HandedCase.of(
                underWay, method, part, route.handedTo(part), with.carry(), carriedName()),
            pools.get(part));
      } else {
        finish(underWay, route, method);
      }
    }
  }

  private void finish(CaseUnderWay underWay, SegmentationRoute route, String method)
      throws CaseFailedException, IOException {
    Segmentation segmentation = with.segmenter().end(underWay, route, this);
    try {
      with.results()
          .publish(segmentation, this::mayAppear)
          .ifPresentOrElse(result -> finish(result, method), this::letGo);
    } catch (FileAlreadyExistsException e) {
      finish(new EarlierResult(job, with.results().find(job.id()).orElseThrow(() -> e)));
    }
  }

  private void finish(EarlierResult there) throws CaseFailedException {
    finish(there.own(), there.method(with.routes()));
  }

  /** What an attempt hands on is nobody else's. */
  private String carriedName() {
    return "%s/%d".formatted(job.id(), job.attempt());
  }

  private void handOn(HandedCase handed, String pool) {
    CrashPoint.reached("kept");
    worker
        .store()
        .handOn(job, pool, handed.toJson(), RecordedJson.of(ended))
        .ifPresentOrElse(worker.news()::handedOn, this::doesNotWait);
    CrashPoint.reached("handed");
  }

  private HandedCase handed() throws CaseFailedException {
    try {
      return HandedCase.parse(job.handed());
    } catch (IOException e) {
      throw new CaseFailedException(
          job.id(),
          CaseFailedException.ROUTE_CHANGED,
          null,
          "What another worker handed over is not of this version of Islet. Give all workers the same version, and try again.",
          e);
    }
  }

  private CaseUnderWay takenUp(HandedCase handed, SegmentationRoute route, String method)
      throws CaseFailedException {
    if (!handed.method().equals(method)) {
      throw new CaseFailedException(
          job.id(),
          CaseFailedException.ROUTE_CHANGED,
          null,
          ("The route '%s' or its models are not the same here, in the pool '%s', as where the case began. Give all"
                  + " workers the same routes and models, and try again.")
              .formatted(route.name(), job.pool()),
          null);
    }
    return with.segmenter().takeUp(handed, with.carry(), route, this);
  }

  private SegmentationRoute opened() throws CaseFailedException {
    try {
      return with.routes().open(job.order().route());
    } catch (IllegalArgumentException e) {
      throw new CaseFailedException(job.id(), Failure.UNKNOWN_ROUTE, null, e.getMessage(), e);
    }
  }

  private CaseUnderWay begun(SegmentationRoute route) throws CaseFailedException, IOException {
    Ct ct = with.doors().ct(job);
    try {
      return with.segmenter().begin(job.id(), ct.file(), job.inputSha256(), route, this);
    } catch (CaseFailedException e) {
      if (isElsewhere(ct, e)) {
        return begun(route);
      }
      throw e;
    } finally {
      with.doors().of(ct.request()).wasRead(ct.request());
    }
  }

  /**
   * Whether the case's CT can be had otherwise: one that is taken over while it is read lies
   * elsewhere then, and one that somebody changed may be there as another request's.
   */
  private boolean isElsewhere(Ct ct, CaseFailedException e)
      throws CaseFailedException, IOException {
    return e.code().equals(Segmenter.INPUT_CHANGED)
        ? with.reception().leaves(ct, e)
        : e.mayPass() && !with.doors().ct(job).file().equals(ct.file());
  }

  private boolean mayAppear() {
    moved = System.nanoTime();
    CrashPoint.reached("written");
    boolean own = worker.store().hold(job, worker.rules().lease());
    stop = own ? stop : Stop.LOST;
    return own;
  }

  // ------------------------------------------------------------ on the way

  @Override
  public void accepted(String caseId, int most) {
    moved = System.nanoTime();
    with.listener().accepted(caseId, most);
  }

  @Override
  public void stageEnded(String caseId, StageRun run) {
    moved = System.nanoTime();
    ended.add(run);
    with.listener().stageEnded(caseId, run);
    worker.news().stageEnded(job, run, endedBefore + ended.size(), stages);
    record(run);
    CrashPoint.reached("stage");
    if (stop != null) {
      throw new StoppedException(stop);
    }
  }

  private void record(StageRun run) {
    try {
      Optional<Job> now =
          worker.store().progress(job, run.stage(), endedBefore + ended.size(), stages);
      if (now.isEmpty()) {
        stop = Stop.LOST;
      } else if (now.get().calledOff()) {
        stop = Stop.CALLED_OFF;
      }
    } catch (StoreException e) {
      LOG.debug("how far a case is cannot be recorded", e);
    }
  }

  @Override
  public void routeEnded(Case c) {
    with.listener().routeEnded(c);
  }

  // ---------------------------------------------------------------- the end

  private void finish(CaseResult result, String method) {
    CrashPoint.reached("renamed");
    CaseReport report = result.report();
    JobState state = report.outcome() == Outcome.EMPTY ? JobState.EMPTY : JobState.DONE;
    Optional<Job> done =
        worker
            .store()
            .finish(
                job,
                new JobStore.Ending(
                    state,
                    method,
                    result.place(),
                    result.sha256(),
                    RecordedJson.of(report),
                    RecordedJson.of(report.stages())));
    CrashPoint.reached("recorded");
    done.ifPresentOrElse(
        now -> {
          with.listener().published(result);
          ended(now);
        },
        () -> letGo());
  }

  private void ended(Job now) {
    worker.news().ended(now);
    forgetCarried();
    with.whenEnded().accept(now);
  }

  /** What is left is swept away later. */
  private void forgetCarried() {
    try {
      if (job.handed() != null) {
        with.carry().forget(job.id());
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("what a case held on its way cannot be deleted now", e);
    }
  }

  /** It was to wait for another attempt, but is another worker's, or was just called off. */
  private void doesNotWait() {
    boolean calledOff =
        worker
            .store()
            .find(job.id())
            .filter(now -> now.attempt() == job.attempt() && now.calledOff())
            .isPresent();
    stop = calledOff ? Stop.CALLED_OFF : Stop.LOST;
    letGo();
  }

  private void letGo() {
    switch (stop == null ? Stop.LOST : stop) {
      case LOST ->
          LOG.warnf(
              "case %s: another worker has taken it over; what was done here is dropped", job.id());
      case CALLED_OFF ->
          worker.store().cancel(job, CALLED_OFF, RecordedJson.of(ended)).ifPresent(this::ended);
      case PUT_BACK -> {
        if (worker.store().putBack(job)) {
          LOG.infof("case %s put back; it begins again after the next start", job.id());
        } else {
          doesNotWait();
        }
      }
    }
  }

  private void failed(CaseFailedException e) {
    Failure failure = new Failure(e.code(), e.getMessage(), e.stage());
    int troubles = e.mayPass() ? 1 + Tries.before(worker.store(), job).troubles() : 0;
    if (e.mayPass() && troubles <= worker.rules().retries()) {
      Duration pause = worker.rules().pauseAfterTrouble(troubles);
      String stagesEnded = RecordedJson.of(ended);
      (e.startsOver()
              ? worker.store().startOver(job, failure, pause, Tries.FAILED, stagesEnded)
              : worker.store().retry(job, failure, pause, Tries.FAILED, stagesEnded))
          .ifPresentOrElse(worker.news()::willRetry, this::doesNotWait);
    } else {
      LOG.debug("the failure of case " + job.id(), e);
      fail(failure);
    }
  }

  private void fail(Failure failure) {
    worker
        .store()
        .fail(job, failure, RecordedJson.of(ended))
        .ifPresentOrElse(this::ended, this::letGo);
  }
}
