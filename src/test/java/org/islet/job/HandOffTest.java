package org.islet.job;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.islet.carry.CarryFolder;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.plan.RoutePlan;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Jar;
import org.islet.store.Attempt;
import org.islet.store.Database;
import org.islet.store.Failure;
import org.islet.store.Incoming;
import org.islet.store.Job;
import org.islet.store.JobState;
import org.islet.store.JobStore;
import org.islet.store.Order;
import org.islet.store.Request;
import org.islet.store.Wanted;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case that goes from the workers of one pool to those of another. */
class HandOffTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String FINE = "fine";
  private static final Slot<Mask> COARSE = new Slot<>("coarse", Mask.class);
  private static final Slot<Box> BOX = new Slot<>("box", Box.class);

  @TempDir Path home;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final List<Workplace> workplaces = new ArrayList<>();
  private final Map<String, Path> cts = new ConcurrentHashMap<>();
  private Database database;
  private JobStore store;
  private ResultFolder results;

  /** What it finds depends on what the first part found, on the CT, and on nothing else. */
  private record TwoParts(String digest) implements SegmentationRoute {

    @Override
    public String name() {
      return "cut";
    }

    @Override
    public List<Slot<?>> slots() {
      return List.of(COARSE, BOX, RoutePlan.RESULT);
    }

    @Override
    public List<String> models() {
      return List.of();
    }

    @Override
    public CaseReport.Model describe(String model) {
      throw new IllegalArgumentException(model);
    }

    @Override
    public List<Jar> jars() {
      return List.of();
    }

    @Override
    public int stages() {
      return 2;
    }

    @Override
    public long heapBytes(Geometry ct) {
      return 0;
    }

    @Override
    public List<String> pools() {
      return List.of(START, FINE);
    }

    @Override
    public Set<String> handedTo(int part) {
      return Set.of("ct", "coarse", "box");
    }

    @Override
    public void run(Case c, int part) {
      if (part == 0) {
        c.put(COARSE, c.get(Case.CT).within(10, 40));
        c.put(BOX, new Box(1, 0, 0, 3, 4, 4));
        c.warn("The first part warns.");
      } else {
        Mask bright = c.get(Case.CT).within(Workbench.number(c), 50);
        c.put(RoutePlan.RESULT, bright.without(List.of(c.get(COARSE))));
      }
    }

    @Override
    public void close() {}
  }

  private final Door door =
      new Door() {
        @Override
        public String name() {
          return "test";
        }

        @Override
        public Path ct(Request request) {
          return cts.get(request.key());
        }

        @Override
        public void answer(Answer answer) {}
      };

  @BeforeEach
  void open() throws IOException {
    database = Database.serve(home.resolve("data"));
    store = new JobStore(database);
    results = new ResultFolder(home.resolve("results"));
    results.open();
  }

  @AfterEach
  void close() throws IOException {
    for (Workplace workplace : workplaces) {
      workplace.stop();
      workplace.close();
    }
    database.close();
  }

  private Path carried() {
    return home.resolve("carried");
  }

  private Workplace workplace(Role role, String digest, String... pools) throws IOException {
    WorkRules rules =
        new WorkRules(
            2,
            3,
            2,
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ZERO,
            Set.of(pools),
            Optional.empty());
    JobListener news =
        new JobListener() {
          @Override
          public void handedOn(Job job) {
            told.add("%s handed to %s".formatted(job.id(), job.pool()));
          }
        };
    Workplace made =
        new Workplace(
            role,
            store,
            home.resolve("data"),
            rules,
            new Workplace.Tools(
                new Segmenter(new NiftiReader(1 << 20), Workbench.HEAP),
                name -> new TwoParts(digest),
                results,
                new CaseListener() {},
                news,
                new Gate(store, List.of(home), 0, Optional::empty),
                new CarryFolder(carried())));
    workplaces.add(made);
    if (role.takesIn()) {
      made.open(door);
    }
    made.start();
    return made;
  }

  private void ask(Workplace intake, String key, int number) throws Exception {
    cts.put(key, Workbench.ct(home.resolve(key + ".nii"), number));
    intake
        .reception()
        .receive(
            new Incoming(
                "test",
                key,
                new Order("cut", Order.of("cut").priority(), null, true, null),
                key,
                "{}"));
  }

  private Job only() {
    return store.listing().list(99, 9).get(0);
  }

  private Job awaited(JobState state) {
    await()
        .atMost(SOON)
        .until(() -> !store.listing().list(99, 9).isEmpty() && only().state() == state);
    return only();
  }

  private Job handedOn() {
    await()
        .atMost(SOON)
        .until(() -> store.listing().list(99, 9).stream().anyMatch(j -> j.pool().equals(FINE)));
    return only();
  }

  private List<String> outcomes(Job job) {
    return store.attempts(job.id()).stream().map(Attempt::outcome).toList();
  }

  private String mask(Job job) throws IOException {
    return Sha256.of(Path.of(job.resultPlace()).resolve(ResultFolder.MASK));
  }

  private List<Path> kept() throws IOException {
    if (Files.notExists(carried())) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(carried())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void two_workers_find_together_what_one_finds_alone_and_the_second_needs_no_ct()
      throws Exception {
    Workplace first = workplace(Role.ALL, "d", SegmentationRoute.START);
    ask(first, "a", 20);
    Job waiting = handedOn();
    assertEquals(JobState.ACCEPTED, waiting.state());
    assertEquals(List.of("handed-on"), outcomes(waiting));
    await().atMost(SOON).until(() -> told.equals(List.of(waiting.id() + " handed to fine")));
    assertFalse(kept().isEmpty());
    cts.clear();
    workplace(Role.WORKER, "d", FINE);
    Job done = awaited(JobState.DONE);
    List<Attempt> attempts = store.attempts(done.id());
    assertEquals(List.of("handed-on", "done"), outcomes(done));
    assertNotEquals(attempts.get(0).worker(), attempts.get(1).worker());
    await().atMost(SOON).until(() -> kept().isEmpty());
    var report = RecordedJson.report(done);
    assertEquals(1, report.at("/boxes/box/from/0").asInt());
    assertEquals("The first part warns.", report.at("/warnings/0").asText());
    assertEquals(Path.of("a.nii").toString(), report.at("/input/file").asText());

    Workplace alone = workplace(Role.ALL, "d");
    workplaces.forEach(
        w -> {
          if (w != alone) {
            w.stop();
          }
        });
    ask(alone, "b", 20);
    await()
        .atMost(SOON)
        .until(
            () ->
                store.listing().list(99, 9).stream()
                    .anyMatch(j -> !j.id().equals(done.id()) && j.state() == JobState.DONE));
    Job other =
        store.listing().list(99, 9).stream()
            .filter(j -> !j.id().equals(done.id()))
            .findFirst()
            .get();
    assertEquals(List.of("done"), outcomes(other));
    assertEquals(mask(other), mask(done));
    assertTrue(RecordedJson.report(other).at("/mask/voxels").asInt() > 0);
    assertEquals(RecordedJson.report(other).at("/boxes"), report.at("/boxes"));
    assertEquals(List.of(), kept());
  }

  @Test
  void what_was_handed_over_and_is_lost_begins_again_from_its_ct() throws Exception {
    Workplace first = workplace(Role.ALL, "d", SegmentationRoute.START);
    ask(first, "a", 20);
    Job waiting = handedOn();
    new CarryFolder(carried()).forget(waiting.id() + "/1");
    workplace(Role.WORKER, "d", FINE);
    Job done = awaited(JobState.DONE);
    assertEquals(List.of("handed-on", "failed", "handed-on", "done"), outcomes(done));
    assertEquals("storage", store.attempts(done.id()).get(1).failure().code());
  }

  @Test
  void a_case_goes_on_with_no_other_route_than_it_began_on() throws Exception {
    Workplace first = workplace(Role.ALL, "d", SegmentationRoute.START);
    ask(first, "a", 20);
    handedOn();
    workplace(Role.WORKER, "another", FINE);
    Job failed = awaited(JobState.FAILED);
    assertEquals("route-changed", failed.failure().code());
    assertEquals(
        List.of("handed-on", "failed", "handed-on", "failed", "handed-on", "failed"),
        outcomes(failed));
  }

  @Test
  void a_case_whose_second_worker_went_away_is_gone_on_with_where_it_was_handed_over()
      throws Exception {
    Workplace first = workplace(Role.ALL, "d", SegmentationRoute.START);
    ask(first, "a", 20);
    Job waiting = handedOn();
    Optional<Job> lost =
        store.beginNext(
            new Wanted(Set.of(), Set.of(FINE), true), "ghost", Duration.ofSeconds(-1), job -> true);
    assertEquals(waiting.id(), lost.orElseThrow().id());
    workplace(Role.WORKER, "d", FINE);
    Job done = awaited(JobState.DONE);
    assertEquals(waiting.id(), done.id());
    assertEquals(List.of("handed-on", "lost", "done"), outcomes(done));
  }

  @Test
  void what_nobody_goes_on_with_is_swept_away_when_it_is_old() throws Exception {
    Workplace first = workplace(Role.ALL, "d", SegmentationRoute.START);
    ask(first, "a", 20);
    Job waiting = handedOn();
    CarryFolder place = new CarryFolder(carried());
    Files.createDirectories(carried().resolve("aaaaaaaaaaaa/1"));
    CarriedSweep sweep = new CarriedSweep(store, place);
    sweep.sweep();
    assertEquals(Set.of(waiting.id(), "aaaaaaaaaaaa"), place.kept().keySet());
    for (String each : place.kept().keySet()) {
      Files.setLastModifiedTime(
          carried().resolve(each), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
    sweep.sweep();
    assertEquals(Set.of(waiting.id(), "aaaaaaaaaaaa"), place.kept().keySet());
    assertTrue(store.callOff(waiting.id()));
    sweep.sweep();
    assertEquals(Set.of("aaaaaaaaaaaa"), place.kept().keySet(), "it is of no case of this record");
  }

  @Test
  void what_another_version_handed_over_begins_again_from_its_ct() throws Exception {
    Workplace first = workplace(Role.ALL, "d", "nothing");
    ask(first, "a", 20);
    awaited(JobState.ACCEPTED);
    Wanted wanted = new Wanted(Set.of("test"), Set.of(SegmentationRoute.START), true);
    Job newer = store.beginNext(wanted, "ghost", Duration.ofMinutes(1), job -> true).orElseThrow();
    store.handOn(newer, FINE, "{\"version\": 99}", "[]");
    workplace(Role.ALL, "d", FINE, SegmentationRoute.START);
    Job done = awaited(JobState.DONE);
    assertEquals(List.of("handed-on", "failed", "done"), outcomes(done));
    assertEquals("route-changed", store.attempts(done.id()).get(1).failure().code());
  }

  @Test
  void whoever_comes_late_hands_nothing_on() throws Exception {
    Workplace first = workplace(Role.ALL, "d", "nothing");
    ask(first, "a", 20);
    awaited(JobState.ACCEPTED);
    Job frozen =
        store
            .beginNext(
                new Wanted(Set.of("test"), Set.of(SegmentationRoute.START), true),
                "ghost",
                Duration.ofSeconds(-1),
                job -> true)
            .orElseThrow();
    store.retry(frozen, new Failure("worker-lost", "Gone."), Duration.ZERO, "lost", null);
    assertEquals(Optional.empty(), store.handOn(frozen, FINE, "{}", "[]"));
    assertEquals(SegmentationRoute.START, only().pool());
  }
}
