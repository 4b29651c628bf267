package org.islet.cli;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.islet.camel.IntakeRoutes;
import org.islet.camel.LiveRoutes;
import org.islet.intake.InboxComponent;
import org.islet.intake.Retention;
import org.islet.intake.Retention.Limits;
import org.islet.intake.Shelf;
import org.islet.intake.SubmitComponent;
import org.islet.job.CaseListener;
import org.islet.job.CrashPoint;
import org.islet.job.Gate;
import org.islet.job.Hours;
import org.islet.job.JobListener;
import org.islet.job.JobListeners;
import org.islet.job.JobLog;
import org.islet.job.Role;
import org.islet.job.Segmenter;
import org.islet.job.WorkRules;
import org.islet.job.Workplace;
import org.islet.object.S3Connection;
import org.islet.overview.WaitingRules;
import org.islet.queue.QueueComponent;
import org.islet.store.Database;
import org.islet.store.JobStore;
import org.islet.trace.CaseTraces;
import org.islet.web.Monitors;
import org.jboss.logging.Logger;

/** The doors, the work behind them and the record of both, below one home. */
final class Service implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Service.class);

  /** The folder below the home that holds the record and the broker's journal. */
  static final String DATA = "data";

  /** The folder below that in which results lie on their way to or from object storage. */
  private static final String SCRATCH = "scratch";

  /** The folder below that of the segmentation routes which holds the routes that take CTs in. */
  static final String INTAKE = "intake";

  /** What a process that was ended by SIGTERM ends with. */
  private static final int ENDED_BY_SIGNAL = 143;

  /** How long the service may take to end after the grace time of its cases. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Role role;
  private final CamelContext context;
  private final Database database;
  private final Optional<S3Connection> storage;
  private final ResultParts results;
  private final Optional<QueueParts> queue;
  private final Workplace workplace;
  private final Optional<CaseTraces> traces;
  private final Retention retention;
  private final Duration grace;

  /**
   * Starts what a role does of it; the work goes on when this returns.
   *
   * @param role not {@link Role#WEB}
   * @param ending whether the process is to end, so that the start is given up
   * @throws CancellationException if it was given up
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   * @throws org.islet.store.StoreException if the record cannot be opened
   */
  Service(
      Role role,
      CamelContext context,
      Settings settings,
      Path home,
      Segmenter segmenter,
      Supplier<LiveRoutes> loading,
      CaseListener listener,
      Monitors monitors,
      BooleanSupplier ending)
      throws IOException {
    Sharing.require(role, settings);
    this.role = role;
    this.context = context;
    this.grace = settings.cases().grace();
    requireWanted(ending);
    settings.crashAt().ifPresent(CrashPoint::set);
    Path data = ownFolder(home.resolve(DATA));
    Undo undo = new Undo();
    storage = ObjectStorage.connect(context, settings);
    storage.ifPresent(undo::with);
    // The record opens and the broker starts while the routes load their models.
    CompletableFuture<Database> opening = beside(() -> open(settings.store(), data));
    undo.with(() -> opening.join().close());
    Optional<CompletableFuture<QueueParts>> starting =
        settings.queue().enabled()
            ? Optional.of(beside(() -> new QueueParts(role, settings, home, data, storage)))
            : Optional.empty();
    starting.ifPresent(parts -> undo.with(() -> parts.join().close()));
    try {
      LiveRoutes routes = loading.get();
      requireWanted(ending);
      database = started(opening);
      JobStore store = new JobStore(database);
      queue = starting.map(Service::started);
      traces =
          settings.tracing().on() ? Optional.of(undo.with(traces(settings))) : Optional.empty();
      results = undo.with(ResultParts.of(settings, home, storage, data.resolve(SCRATCH)));
      Gate gate = gate(store, settings, home, data);
      workplace =
          undo.with(
              new Workplace(
                  role,
                  store,
                  data,
                  rules(settings.cases()),
                  new Workplace.Tools(
                      segmenter,
                      routes,
                      results.place(),
                      listener,
                      news(monitors, store),
                      gate,
                      ObjectStorage.carried(settings, home, storage, data.resolve(SCRATCH)))));
      monitors.show(store, waitingRules(settings.cases()), workplace);
      queue.ifPresent(parts -> parts.showOn(monitors));
      HomeId homeId = new HomeId(data);
      monitors.readiness().need("home", homeId::trouble);
      boolean ownHome =
          settings.store().url().isEmpty()
              || homeId.belongsTo(store, role, () -> requireWanted(ending));
      requireReached(settings, ownHome);
      InboxComponent inbox = new InboxComponent(home, workplace);
      requireWanted(ending);
      start(settings, inbox, routes, store, ownHome);
      retention = retention(settings.retention(), inbox, results.shelf().apply(store));
      if (role.takesIn()) {
        retention.start();
      }
    } catch (IOException | RuntimeException | Error e) {
      undo.all();
      throw e;
    }
  }

  private static void requireWanted(BooleanSupplier ending) {
    if (ending.getAsBoolean()) {
      throw new CancellationException("The process is to end before the service has begun.");
    }
  }

  private static void requireReached(Settings settings, boolean ownHome) {
    if (!ownHome && (settings.results().isEmpty() || settings.carried().isEmpty())) {
      throw new SettingException(
          "This worker's home is not that of the record, so nobody would find what it puts there. Give it the home that"
              + " the intake has, or set islet.results and islet.carried to places that all reach.");
    }
  }

  /** A folder that only this user sees into: it holds names of files, and CTs that were fetched. */
  private static Path ownFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    return Files.getFileStore(folder.toAbsolutePath().getParent())
            .supportsFileAttributeView("posix")
        ? Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
        : Files.createDirectories(folder);
  }

  private static <T> CompletableFuture<T> beside(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start, task -> new Thread(task, "islet-start").start());
  }

  private static <T> T started(CompletableFuture<T> starting) {
    try {
      return starting.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** What was opened, to be closed in the opposite order if the rest cannot be. */
  private static final class Undo {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T with(T part) {
      opened.push(part);
      return part;
    }

    void all() {
      for (AutoCloseable part : opened) {
        try {
          part.close();
        } catch (Exception e) {
          LOG.debug("a part of the service could not be closed", e);
        }
      }
    }
  }

  private Gate gate(JobStore store, Settings settings, Path home, Path data) {
    List<Path> disks = new ArrayList<>(List.of(home, data));
    disks.addAll(results.folders());
    return new Gate(store, disks, settings.intake().minFree().asLongValue(), results.trouble());
  }

  private static CaseTraces traces(Settings settings) {
    return CaseTraces.to(settings.tracing().endpoint(), settings.tracing().interval());
  }

  private JobListener news(Monitors monitors, JobStore store) {
    JobListeners news = new JobListeners();
    news.add(new JobLog());
    news.add(monitors.metrics());
    traces.ifPresent(news::add);
    queue.ifPresent(parts -> news.add(parts.events(store)));
    return news;
  }

  private void start(
      Settings settings, InboxComponent inbox, LiveRoutes routes, JobStore store, boolean ownHome) {
    context.addComponent(InboxComponent.SCHEME, inbox);
    context.addComponent(
        SubmitComponent.SCHEME, new SubmitComponent(workplace.reception(), routes, messages()));
    queue.ifPresent(parts -> parts.join(context, workplace, store, ownHome));
    Path intake = settings.routes().resolve(INTAKE);
    if (role.takesIn()) {
      new IntakeRoutes(context, intake, this::isWanted).start();
      queue.ifPresent(parts -> parts.guard(context, workplace));
    } else if (ownHome) {
      IntakeRoutes.origins(context, intake).forEach(inbox::reach);
    }
    workplace.start();
  }

  private SubmitComponent.Messages messages() {
    return queue
        .<SubmitComponent.Messages>map(
            parts ->
                route ->
                    parts
                        .service()
                        .door(parts.door().handler(workplace.reception(), workplace.gate(), route)))
        .orElse(SubmitComponent.Messages.NONE);
  }

  /** Routes from the queue are left out where there is none. */
  private boolean isWanted(String from) {
    return queue.isPresent() || !from.startsWith(QueueComponent.SCHEME + ":");
  }

  /** Where the broker inside the process is reached, if there is one. */
  Optional<String> queueAddress() {
    return queue.flatMap(QueueParts::address);
  }

  private static Database open(Settings.Store settings, Path data) {
    return settings.url().isPresent() ? shared(settings) : Database.serve(data);
  }

  /** The record that several processes share. */
  static Database shared(Settings.Store settings) {
    return Database.postgres(
        new Database.Address(
            settings.url().orElseThrow(), settings.user(), settings.password().orElse("")));
  }

  private static WorkRules rules(Settings.Cases settings) {
    return new WorkRules(
        settings.atOnce(),
        settings.attempts(),
        settings.retries(),
        settings.retryPause(),
        settings.lease(),
        settings.stageLimit(),
        settings.grace(),
        Set.copyOf(settings.pools().orElse(List.of())),
        settings.offPeak().map(Hours::parse));
  }

  /** What decides for how long cases wait. */
  static WaitingRules waitingRules(Settings.Cases settings) {
    return new WaitingRules(settings.atOnce(), settings.offPeak().map(Hours::parse));
  }

  private static Retention retention(
      Settings.Retention settings, InboxComponent inbox, Shelf results) {
    return new Retention(
        inbox::doneFolders,
        new Limits(settings.doneAge(), settings.doneSize().map(MemorySize::asLongValue)),
        results,
        new Limits(settings.resultsAge(), settings.resultsSize().map(MemorySize::asLongValue)));
  }

  /**
   * Takes no more in, and lets running cases end within the grace time or puts them back. Where a
   * stage is still at work then, the process ends here.
   */
  @Override
  public void close() {
    Thread last = new Thread(this::endAnyway, "islet-end");
    last.setDaemon(true);
    last.start();
    try {
      end();
    } finally {
      last.interrupt();
    }
  }

  /** What hangs, such as a database that does not answer, does not keep the process. */
  private void endAnyway() {
    try {
      Thread.sleep(grace.plus(PATIENCE).toMillis());
      LOG.warn(
          "not all of the service could be ended in time; what is left goes on after the next start");
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
    } catch (InterruptedException e) {
      // It has ended.
    }
  }

  private void end() {
    retention.close();
    queue.ifPresent(QueueParts::endGuard);
    stopTakingIn();
    boolean idle = workplace.stop();
    closeWorkplace();
    context.stop();
    queue.ifPresent(QueueParts::close);
    results.close();
    storage.ifPresent(S3Connection::close);
    traces.ifPresent(CaseTraces::close);
    database.close();
    if (!idle) {
      LOG.info("the process ends in the middle of a stage; its case begins again with the next");
      Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
    }
  }

  private void closeWorkplace() {
    try {
      workplace.close();
    } catch (IOException e) {
      LOG.debug("a sign of life could not be taken away", e);
    }
  }

  private void stopTakingIn() {
    try {
      context.getRouteController().stopAllRoutes();
    } catch (Exception e) {
      LOG.warn("the doors could not all be shut", e);
    }
  }
}
