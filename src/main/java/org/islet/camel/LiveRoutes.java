package org.islet.camel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Predicate;
import org.islet.job.FailureText;
import org.islet.job.RouteModels;
import org.islet.job.RoutesStatus;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.plan.RoutePlans;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.StageCatalogue;
import org.jboss.logging.Logger;

/**
 * The segmentation routes in a folder of YAML files. All are checked before any is run. When the
 * files or the models change, the new state is checked, and if nothing is wrong with it, the next
 * case runs on it; else everything stays as it was. A case ends on the routes and models that it
 * began with.
 */
public final class LiveRoutes implements SegmentationRoutes, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LiveRoutes.class);

  private final Path folder;
  private final Predicate<RouteFile> wanted;
  private final StageCatalogue stages;
  private final RouteModels.Source models;
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(LiveRoutes::daemon);
  private final Set<String> required = ConcurrentHashMap.newKeySet();
  private Generation current;
  private boolean closed;
  private String lastSeen;
  private String lastTried;
  private String lastTrouble;
  private volatile RoutesStatus status;
  private ScheduledFuture<?> watching;

  /**
   * Checks and starts the routes of a folder.
   *
   * @throws RouteProblemsException if anything is wrong with any route
   */
  public LiveRoutes(Path folder, StageCatalogue stages, RouteModels.Source models) {
    this(folder, file -> true, stages, models);
  }

  /**
   * Checks and starts the routes of some files of a folder.
   *
   * @throws RouteProblemsException if anything is wrong with any route
   */
  public LiveRoutes(
      Path folder, Predicate<RouteFile> wanted, StageCatalogue stages, RouteModels.Source models) {
    this.folder = folder;
    this.wanted = wanted;
    this.stages = stages;
    this.models = models;
    this.lastTried = state();
    this.lastSeen = lastTried;
    this.current = load();
    this.status = new RoutesStatus(Instant.now(), current.names(), 0, 0, List.of());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "islet-routes");
    thread.setDaemon(true);
    return thread;
  }

  /** Looks for changes from now on, so often. */
  public void watch(Duration interval) {
    long millis = interval.toMillis();
    watching = watcher.scheduleWithFixedDelay(this::lookOn, millis, millis, MILLISECONDS);
  }

  /** A look that fails must not be the last one. */
  private void lookOn() {
    try {
      look();
    } catch (RuntimeException | Error e) {
      String trouble = FailureText.of(e);
      if (!trouble.equals(lastTrouble)) {
        LOG.errorf(e, "routes and models cannot be looked at for changes: %s", trouble);
      }
      lastTrouble = trouble;
    }
  }

  /** How the routes stand. */
  public RoutesStatus status() {
    return status;
  }

  /** Takes a change over once two looks in a row have seen the same, as it is whole then. */
  void look() {
    String now = state();
    boolean settled = now.equals(lastSeen);
    lastSeen = now;
    if (settled && !now.equals(lastTried)) {
      lastTried = now;
      change();
    }
  }

  private void change() {
    long start = System.nanoTime();
    RoutesStatus before = status;
    try {
      swap(load());
      status =
          new RoutesStatus(
              Instant.now(), current.names(), before.taken() + 1, before.refused(), List.of());
      LOG.infof(
          "routes or models changed; the next case runs on them (%d ms)",
          (System.nanoTime() - start) / 1_000_000);
    } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
      List<String> problems = sentences(e);
      status =
          new RoutesStatus(
              before.since(), before.routes(), before.taken(), before.refused() + 1, problems);
      LOG.warnf(
          "routes or models changed, but cases go on with the former, since %d thing(s) are wrong:",
          problems.size());
      problems.forEach(LOG::warn);
    }
  }

  private static List<String> sentences(Throwable e) {
    return e instanceof RouteProblemsException found
        ? Problem.sentences(found.problems())
        : List.of(FailureText.of(e));
  }

  private Generation load() {
    List<RouteFile> files = RouteFile.readAll(folder).stream().filter(wanted).toList();
    RouteModels own = models.open();
    try {
      RoutePlans plans = new RoutePlans(files, stages, own, Grid.OF_CT);
      List<Problem> problems = new ArrayList<>(plans.problems());
      required.stream()
          .filter(name -> !plans.entries().containsKey(name))
          .forEach(name -> problems.add(gone(name)));
      if (!problems.isEmpty()) {
        throw new RouteProblemsException(problems);
      }
      return new Generation(files, plans, stages, own);
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  private Problem gone(String name) {
    return new Problem(
        new Location(folder.toString(), 0),
        "no route is named '%s' any longer, but the intake sends cases to it.".formatted(name));
  }

  /** A text that is another whenever a route or a model changes. */
  private String state() {
    return RouteFile.state(folder) + models.state();
  }

  /** Lets the former routes go; or the new ones, if no more cases are taken. */
  private void swap(Generation next) {
    Generation former;
    synchronized (this) {
      former = closed ? next : current;
      current = closed ? current : next;
    }
    former.release();
  }

  @Override
  public synchronized SegmentationRoute open(String name) {
    return current.open(name);
  }

  @Override
  public synchronized void require(String name) {
    current.open(name).close();
    required.add(name);
  }

  /** Stops looking for changes, and lets the routes go when the last case on them has ended. */
  @Override
  public void close() {
    if (watching != null) {
      watching.cancel(false);
    }
    watcher.shutdown();
    synchronized (this) {
      if (!closed) {
        closed = true;
        current.release();
      }
    }
  }
}
