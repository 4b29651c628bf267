package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.islet.carry.CarryPlace;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.jboss.logging.Logger;

/**
 * Where requests become cases and cases become results: the reception, the turns, the answers, and
 * the care for what a worker left behind that is gone. Whatever ends the process, the next one goes
 * on where the record says that this one was.
 */
public final class Workplace implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Workplace.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(5);
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(3);

  private final Role role;
  private final Worker worker;
  private final Memory memory;
  private final Doors doors;
  private final Reception reception;
  private final Dispatcher dispatcher;
  private final Recovery recovery;
  private final Map<String, Answers> answers = new ConcurrentHashMap<>();
  private final List<Sign> signs = new CopyOnWriteArrayList<>();
  private final Loop care;
  private final Loop sweep;
  private final Loop lease;
  private final Gate gate;

  /** A sign of life in a folder of others, and what keeps it fresh. */
  private record Sign(Presence presence, Loop touching) {}

  /** What cases are made into results with. */
  public record Tools(
      Segmenter segmenter,
      SegmentationRoutes routes,
      ResultPlace results,
      CaseListener listener,
      JobListener news,
      Gate gate,
      CarryPlace carry) {}

  /**
   * A workplace at which nobody works yet.
   *
   * @param role which part of the work is done here; not {@link Role#WEB}
   * @param folder where workers on the same record show that they are there
   * @throws IOException if the folder cannot be written
   */
  public Workplace(Role role, JobStore store, Path folder, WorkRules rules, Tools tools)
      throws IOException {
    this.role = role;
    String id = Presence.newWorker();
    Presence presence = Presence.announce(Files.createDirectories(folder), id, rules.lease());
    JobListeners news = new JobListeners();
    news.add(tools.news());
    this.worker = new Worker(id, presence, store, rules, news);
    this.gate = tools.gate();
    this.memory = new Memory(tools.segmenter().heapBytes());
    this.doors = new Doors(store);
    this.reception =
        new Reception(
            worker,
            doors,
            tools.segmenter(),
            tools.routes(),
            tools.results(),
            this::accepted,
            this::wakeAnswers);
    this.dispatcher =
        new Dispatcher(
            worker,
            memory,
            new JobRun.Maker(
                worker,
                tools.segmenter(),
                tools.routes(),
                tools.results(),
                doors,
                reception,
                tools.carry(),
                tools.listener(),
                ended -> wakeAnswers()),
            doors::reachable,
            gate::lackOfPlaces);
    this.recovery = new Recovery(worker, tools.results(), dispatcher::isInWork, this::wakeAnswers);
    this.sweep = new Loop("islet-sweep", SWEEP, new CarriedSweep(store, tools.carry())::sweep);
    this.care = new Loop("islet-care", INTERVAL, this::care);
    this.lease = new Loop("islet-lease", third(), this::renew);
  }

  /** The name under which this worker shows itself. */
  public String workerId() {
    return worker.id();
  }

  /** After which another worker may take over a case or a claim that nobody has heard of. */
  public Duration lease() {
    return worker.rules().lease();
  }

  /**
   * Shows in a folder, too, that this worker is there: until the workplace is closed, whatever
   * becomes of the door that asks for it.
   */
  public Presence showIn(Path folder) throws IOException {
    Presence presence = Presence.announce(folder, worker.id(), worker.rules().lease());
    // A drive that hangs holds up nothing but its own loop.
    signs.add(new Sign(presence, new Loop("islet-presence", third(), presence::touch).start()));
    return presence;
  }

  private Duration third() {
    return worker.rules().lease().dividedBy(3);
  }

  /** Whether doors take anything in now. */
  public Gate gate() {
    return gate;
  }

  /** The keys of a door's requests that were not answered yet. */
  public List<String> openKeys(String door) {
    return worker.store().requests().openKeys(door);
  }

  /** Where doors hand requests in. */
  public Reception reception() {
    return reception;
  }

  /**
   * Serves a door: works on the cases that its requests become, and where requests are taken in
   * looks at their CTs and answers them. One of a name that is open already takes that one's place.
   */
  public void open(Door door) {
    doors.open(door);
    if (role.takesIn()) {
      reception.lookBehind(door);
      answers.computeIfAbsent(door.name(), name -> new Answers(worker, name, doors::of).start());
    }
    dispatcher.wake();
  }

  /** Takes up what was left, and works from now on. */
  public void start() {
    worker.presence().tidy();
    care.start();
    if (role.works()) {
      dispatcher.start();
    }
    if (role.takesIn()) {
      sweep.start();
    }
    lease.start();
  }

  private void accepted(Job job) {
    if (job.state().isEnded()) {
      wakeAnswers();
    } else {
      dispatcher.wake();
    }
  }

  private void wakeAnswers() {
    answers.values().forEach(Answers::wake);
  }

  private void renew() {
    worker.presence().touch();
    worker.store().renew(worker.id(), lease());
    worker.store().requests().keepsLooking(worker.id(), reception.inHand(), lease());
  }

  private void care() {
    if (role.takesIn()) {
      tellOfChanges();
    }
    recovery.round();
    dispatcher.stalled().forEach(run -> recovery.giveUp(run.job()));
    reception.lookAgain();
  }

  /** What people changed in the record. */
  private void tellOfChanges() {
    for (Job job : worker.store().takeUntold(doors.names())) {
      if (job.state().isEnded()) {
        worker.news().ended(job);
        wakeAnswers();
      } else {
        worker.news().redriven(job);
        dispatcher.wake();
      }
    }
  }

  /**
   * The parts of the work that have not moved for longer than a while, by name, and the cases that
   * have not for longer than a stage may take.
   */
  public List<String> stuck(Duration silence) {
    Stream<String> loops =
        loops().filter(loop -> loop.silence().compareTo(silence) > 0).map(Loop::name);
    Stream<String> cases = dispatcher.stalled().stream().map(run -> "case " + run.job().id());
    return Stream.concat(loops, cases).toList();
  }

  /** Why the latest rounds of parts of the work failed, by name. */
  public Map<String, String> troubles() {
    Map<String, String> troubles = new TreeMap<>();
    loops()
        .forEach(loop -> loop.trouble().ifPresent(trouble -> troubles.put(loop.name(), trouble)));
    dispatcher.held().ifPresent(why -> troubles.putIfAbsent(dispatcher.loop().name(), why));
    return troubles;
  }

  private Stream<Loop> loops() {
    Stream<Loop> common = Stream.concat(Stream.of(care, lease), reception.loops());
    return role.works() ? Stream.concat(common, Stream.of(dispatcher.loop())) : common;
  }

  /** Why cases of some doors cannot be begun here now, by door. */
  public Map<String, String> unreachable() {
    return doors.unreachable();
  }

  /** How many cases are in work here. */
  public int running() {
    return dispatcher.running().size();
  }

  /** The Java heap that the cases in work are taken to need, in bytes. */
  public long heapUsed() {
    return memory.used();
  }

  /** The Java heap that there is for cases, in bytes. */
  public long heapTotal() {
    return memory.total();
  }

  /**
   * Ends the work: running cases may end within the grace time, and are put back then.
   *
   * @return whether no case is in work any longer; if one still is, in a stage that cannot be
   *     interrupted, it was put back all the same, and the process must end without letting its
   *     models go
   */
  public boolean stop() {
    reception.close();
    dispatcher.stop();
    boolean idle =
        within(worker.rules().grace(), this::isIdle) || putBackBetweenStages() || putBackAnyway();
    care.close();
    lease.close();
    sweep.close();
    answers.values().forEach(Answers::stop);
    long end = System.nanoTime() + LAST_PATIENCE.toNanos();
    answers.values().forEach(each -> each.await(end - System.nanoTime()));
    return idle;
  }

  private boolean isIdle() {
    return dispatcher.running().isEmpty();
  }

  private boolean putBackBetweenStages() {
    dispatcher.running().forEach(JobRun::putBack);
    return within(LAST_PATIENCE, this::isIdle);
  }

  private boolean putBackAnyway() {
    for (JobRun run : dispatcher.running()) {
      worker.store().putBack(run.job());
      LOG.infof("case %s put back in the middle of a stage", run.job().id());
    }
    return isIdle();
  }

  private static boolean within(Duration time, BooleanSupplier condition) {
    long end = System.nanoTime() + time.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    dispatcher.close();
    for (Sign sign : signs) {
      sign.touching().close();
      sign.presence().close();
    }
    worker.presence().close();
  }
}
