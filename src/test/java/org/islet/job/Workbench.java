package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.islet.carry.CarryFolder;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.plan.RoutePlan;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.store.Database;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.Request;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** A workplace below a home whose one route is a piece of code. */
public final class Workbench implements AutoCloseable {

  /** The name of its route. */
  public static final String ROUTE = "test";

  /** Few and quick attempts. */
  public static final WorkRules RULES =
      new WorkRules(
          2,
          3,
          2,
          Duration.ofMillis(20),
          Duration.ofSeconds(1),
          Duration.ofHours(1),
          Duration.ZERO,
          Set.of(),
          Optional.empty());

  /** A heap that is no obstacle. */
  public static final HeapBudget HEAP = new HeapBudget(16, 1L << 30);

  private static final Geometry GRID = Geometry.of(new Size(4, 4, 4), 1, 1, 1);

  private final Path home;
  private final Database database;
  private final JobStore store;
  private final SegmentationRoutes routes;
  private final Workplace workplace;
  private final JobListeners news = new JobListeners();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Workplace> others = new ArrayList<>();

  public Workbench(Path home, Consumer<Case> work) throws IOException {
    this(home, RULES, HEAP, 0, work);
  }

  /**
   * @param minFree disk below which doors are shut, in bytes
   * @param work what the route does
   */
  public Workbench(Path home, WorkRules rules, HeapBudget heap, long minFree, Consumer<Case> work)
      throws IOException {
    this.home = home;
    Path data = home.resolve("data");
    database = Database.serve(data);
    store = new JobStore(database);
    routes = name -> route(name, work);
    news.add(new Telling(told));
    workplace = workplace(rules, heap, minFree);
  }

  private Workplace workplace(WorkRules rules, HeapBudget heap, long minFree) throws IOException {
    ResultFolder folder = new ResultFolder(results());
    folder.open();
    return new Workplace(
        Role.ALL,
        store,
        home.resolve("data"),
        rules,
        new Workplace.Tools(
            new Segmenter(new NiftiReader(1 << 20), heap),
            routes,
            folder,
            new CaseListener() {},
            news,
            new Gate(store, List.of(home), minFree, Optional::empty),
            new CarryFolder(home.resolve("carried"))));
  }

  /** Another worker on the same record, at which nobody works yet; it ends with this one. */
  public Workplace another() throws IOException {
    Workplace other = workplace(RULES, HEAP, 0);
    others.add(other);
    return other;
  }

  /** What was told of cases, each as its id and a word. */
  public List<String> newsOf(String caseId) {
    return told.stream().filter(n -> n.startsWith(caseId)).map(n -> n.split(" ", 2)[1]).toList();
  }

  /** Writes down what is told. */
  private record Telling(List<String> told) implements JobListener {

    @Override
    public void accepted(Job job, Request request) {
      told.add(job.id() + " accepted");
    }

    @Override
    public void redriven(Job job) {
      told.add(job.id() + " redriven");
    }

    @Override
    public void began(Job job) {
      told.add(job.id() + " began");
    }

    @Override
    public void ended(Job job) {
      told.add(job.id() + " " + job.state().word());
    }

    @Override
    public void answered(Request request) {
      told.add(request.caseId() + " answered");
    }
  }

  private static SegmentationRoute route(String name, Consumer<Case> work) {
    if (!name.equals(ROUTE)) {
      throw new IllegalArgumentException("There is no route '%s'.".formatted(name));
    }
    return new FakeRoute(name, List.of(RoutePlan.RESULT), List.of(), work);
  }

  public JobStore store() {
    return store;
  }

  public SegmentationRoutes routes() {
    return routes;
  }

  public Workplace workplace() {
    return workplace;
  }

  /** Tells somebody of all that happens from now on. */
  public void tell(JobListener listener) {
    news.add(listener);
  }

  public Path results() {
    return home.resolve("results");
  }

  /** Writes a small CT; another number makes another one. */
  public static Path ct(Path file, int number) throws IOException {
    short[] hu = new short[GRID.size().count()];
    IntStream.range(0, hu.length).forEach(i -> hu[i] = (short) i);
    hu[0] = (short) number;
    NiftiWriter.write(file, Volume.of(GRID, hu));
    return file;
  }

  /** The bytes of such a CT, not compressed. */
  public static byte[] ct(int number) throws IOException {
    Path file = Files.createTempFile("ct", ".nii");
    try {
      return Files.readAllBytes(ct(file, number));
    } finally {
      Files.delete(file);
    }
  }

  /** The number of a case's CT. */
  public static int number(Case c) {
    return Math.round(c.get(Case.CT).at(0));
  }

  /** Finds something in every case. */
  public static void find(Case c) {
    byte[] inside = new byte[GRID.size().count()];
    inside[inside.length / 2] = 1;
    c.put(RoutePlan.RESULT, Mask.of(c.get(Case.CT).geometry(), inside));
  }

  @Override
  public void close() throws IOException {
    for (Workplace other : others) {
      other.stop();
      other.close();
    }
    workplace.stop();
    workplace.close();
    database.close();
  }
}
