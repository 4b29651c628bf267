package org.islet.camel;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.job.CaseReport;
import org.islet.job.RouteModels;
import org.islet.job.SegmentationRoute;
import org.islet.plan.RoutePlan;
import org.islet.route.Problem;
import org.islet.stage.Case;
import org.islet.stage.FakeNetwork;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Networks;
import org.islet.stage.Slot;
import org.islet.stage.StageFailedException;
import org.islet.stage.StageRun;
import org.islet.stage.Stages;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveRoutesTest {

  private static final Path BUNDLED = Path.of("routes/pancreas-two-stage.yaml");

  @TempDir Path folder;
  private LiveRoutes routes;

  @AfterEach
  void stop() {
    if (routes != null) {
      routes.close();
    }
  }

  /** Networks that take the brightest voxels; one that always fails; no others. */
  private static Networks networks() {
    return (model, options) ->
        switch (model) {
          case "pancreas-coarse", "pancreas-fine" -> new Brightest(model + "/1");
          case "broken" ->
              new FakeNetwork() {
                @Override
                public String id() {
                  return "broken/1";
                }

                @Override
                public Mask segment(Volume volume) {
                  throw new IllegalStateException("the network is broken.");
                }
              };
          default ->
              throw new IllegalArgumentException(
                  "There is no model '" + model + "'. There are: pancreas-coarse, pancreas-fine.");
        };
  }

  private record Brightest(String id) implements FakeNetwork {
    @Override
    public Mask segment(Volume volume) {
      byte[] inside = new byte[volume.size().count()];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = (byte) (volume.at(i) > 0.5f ? 1 : 0);
      }
      return Mask.of(volume.geometry(), inside);
    }
  }

  /** A dark CT of 33×30×26 voxels with a bright block of 8×8×8 voxels from (12, 8, 8). */
  private static Case aCase() {
    Size size = new Size(33, 30, 26);
    short[] hu = new short[size.count()];
    Arrays.fill(hu, (short) -200);
    for (int k = 8; k < 16; k++) {
      for (int j = 8; j < 16; j++) {
        for (int i = 12; i < 20; i++) {
          hu[size.index(i, j, k)] = 200;
        }
      }
    }
    return new Case("test", Volume.of(Geometry.of(size, 1, 1, 1), hu));
  }

  private LiveRoutes load() {
    routes = new LiveRoutes(folder, Stages.ALL, FakeModels.of(networks()));
    return routes;
  }

  private SegmentationRoute route(String name) {
    return load().open(name);
  }

  private void write(String file, String... steps) throws IOException {
    StringBuilder yaml =
        new StringBuilder("- route:\n    from:\n      uri: direct:test\n      steps:\n");
    for (String step : steps) {
      yaml.append("        - to: ").append(step).append('\n');
    }
    Files.writeString(folder.resolve(file), yaml);
  }

  private static List<String> stagesOf(Case c) {
    return c.runs().stream().map(StageRun::stage).toList();
  }

  @Test
  void the_bundled_route_finds_the_block_through_both_boxes() throws IOException {
    Files.copy(BUNDLED, folder.resolve("route.yaml"));
    Case c = aCase();
    route("pancreas-two-stage").run(c);
    Mask mask = c.get(RoutePlan.RESULT);
    assertEquals(512, mask.count());
    assertEquals(c.get(Case.CT).geometry(), mask.geometry());
    assertEquals(512, c.get(new Slot<>("fine-1", Mask.class)).count());
    assertEquals(512, c.get(new Slot<>("fine-2", Mask.class)).count());
    assertEquals(List.of("pancreas-coarse/1", "pancreas-fine/1"), c.models());
    assertEquals(14, c.runs().size());
  }

  @Test
  void a_route_names_the_slots_that_its_stages_write_also_those_of_routes_that_it_calls()
      throws IOException {
    Files.copy(BUNDLED, folder.resolve("route.yaml"));
    List<Slot<?>> slots = route("pancreas-two-stage").slots();
    assertTrue(slots.contains(new Slot<>("coarse-full", Mask.class)), slots::toString);
    assertTrue(slots.contains(new Slot<>("box-2", org.islet.volume.Box.class)), slots::toString);
    assertTrue(slots.contains(RoutePlan.RESULT), slots::toString);
    assertEquals(14, slots.size());
  }

  @Test
  void a_route_names_each_model_that_its_stages_run_once() throws IOException {
    Files.copy(BUNDLED, folder.resolve("route.yaml"));
    assertEquals(
        List.of("pancreas-coarse/1", "pancreas-fine/1"), route("pancreas-two-stage").models());
  }

  @Test
  void the_order_a_parameter_and_the_model_are_what_the_file_says() throws IOException {
    write(
        "route.yaml",
        "stage:clip?min=300&max=400",
        "stage:infer?model=pancreas-fine&input=clipped&output=mask");
    Case narrow = aCase();
    route("test").run(narrow);
    assertEquals(0, narrow.get(RoutePlan.RESULT).count());
    assertEquals(List.of("clip", "infer"), stagesOf(narrow));
    assertEquals(List.of("pancreas-fine/1"), narrow.models());
  }

  @Test
  void a_route_without_networks_or_boxes_runs_too() throws IOException {
    write(
        "route.yaml",
        "stage:clip",
        "stage:downsample?factor=2&output=half",
        "stage:infer?model=pancreas-coarse&input=half&output=found",
        "stage:largest-component?input=found&output=best",
        "stage:upsample?input=best&factor=2&output=mask");
    Case c = aCase();
    route("test").run(c);
    assertEquals(512, c.get(RoutePlan.RESULT).count());
    assertEquals(
        List.of("clip", "downsample", "infer", "largest-component", "upsample"), stagesOf(c));
  }

  @Test
  void a_file_that_is_not_a_route_is_named() throws IOException {
    Files.writeString(folder.resolve("bad.yaml"), "- route:\n    from: [\n");
    List<Problem> problems = assertThrows(RouteProblemsException.class, this::load).problems();
    assertTrue(problems.get(0).location().file().endsWith("bad.yaml"), problems.toString());
  }

  @Test
  void a_stage_that_fails_in_one_of_two_branches_fails_the_case() throws IOException {
    String bundled = Files.readString(BUNDLED);
    Files.writeString(
        folder.resolve("route.yaml"),
        bundled.replaceFirst("model=pancreas-fine&input=crop-2", "model=broken&input=crop-2"));
    Case c = aCase();
    var route = route("pancreas-two-stage");
    StageFailedException failure = assertThrows(StageFailedException.class, () -> route.run(c));
    assertEquals("infer", failure.stage());
    assertTrue(failure.getMessage().contains("the network is broken."), failure.getMessage());
    assertFalse(c.isWritten(RoutePlan.RESULT));
  }

  @Test
  void an_empty_coarse_mask_ends_in_an_empty_result_with_a_warning() throws IOException {
    Files.copy(BUNDLED, folder.resolve("route.yaml"));
    Size size = new Size(16, 16, 16);
    Case c = new Case("dark", Volume.of(Geometry.of(size, 1, 1, 1), new short[size.count()]));
    route("pancreas-two-stage").run(c);
    assertEquals(0, c.get(RoutePlan.RESULT).count());
    assertTrue(c.warnings().toString().contains("'coarse' is empty"), c.warnings().toString());
  }

  @Test
  void the_digest_changes_with_the_file() throws IOException {
    write("route.yaml", "stage:infer?model=pancreas-fine&input=ct&output=mask");
    String before = route("test").digest();
    routes.close();
    write("route.yaml", "stage:infer?model=pancreas-coarse&input=ct&output=mask");
    assertNotEquals(before, route("test").digest());
  }

  private void writeYaml(String steps) throws IOException {
    Files.writeString(
        folder.resolve("route.yaml"),
        "- route:\n    from:\n      uri: direct:test\n      steps:\n" + steps.indent(8));
  }

  private Case ran(String steps) throws IOException {
    writeYaml(steps);
    Case c = aCase();
    route("test").run(c);
    return c;
  }

  @ParameterizedTest
  @CsvSource({"100, 512", "1000, 25740"})
  void of_a_choice_the_first_alternative_that_holds_runs_and_else_the_last_resort(
      int min, int voxels) throws IOException {
    Case c =
        ran(
            """
            - to: stage:threshold?min=%d&output=bright
            - choice:
                when:
                  - language:
                      language: slots
                      expression: not bright is empty
                    steps:
                      - to: stage:largest-component?input=bright
                otherwise:
                  steps:
                    - to: stage:threshold?output=mask
            """
                .formatted(min));
    assertEquals(voxels, c.get(RoutePlan.RESULT).count());
  }

  @Test
  void a_loop_ends_when_its_condition_no_longer_holds_and_hands_on_what_is_carried()
      throws IOException {
    Case c =
        ran(
            """
            - to: stage:threshold?min=100&output=region
            - loop:
                doWhile: true
                language:
                  language: slots
                  expression: agreement < 0.85 and passes < 10
                steps:
                  - to: stage:box?input=region&margin=1&output=box
                  - to: stage:crop?input=ct&box=box&output=crop
                  - to: stage:threshold?input=crop&min=-300&output=cube
                  - to: stage:paste?input=cube&box=box&output=grown
                  - to: stage:compare?input=region&other=grown&output=agreement
                  - to: stage:carry?input=grown&output=region
            - to: stage:largest-component?input=region
            """);
    // The cube of 8³ voxels grows by 2 a pass; 20³ and 22³ are the first two with a Dice of 0.85.
    assertEquals(1 + 7 * 6 + 1, c.runs().size());
    assertEquals(22 * 22 * 22, c.get(RoutePlan.RESULT).count());
  }

  @Test
  void a_loop_of_a_number_of_passes_has_so_many() throws IOException {
    Case c =
        ran(
            """
            - to: stage:threshold?min=100&output=region
            - loop:
                constant: "3"
                steps:
                  - to: stage:box?input=region&margin=1&output=box
                  - to: stage:crop?input=ct&box=box&output=crop
                  - to: stage:threshold?input=crop&min=-300&output=cube
                  - to: stage:paste?input=cube&box=box&output=grown
                  - to: stage:carry?input=grown&output=region
            - to: stage:largest-component?input=region
            """);
    assertEquals(14 * 14 * 14, c.get(RoutePlan.RESULT).count());
    assertEquals(1 + 3 * 5 + 1, c.runs().size());
  }

  @Test
  void where_a_stage_fails_in_a_do_try_the_rescue_runs_as_if_nothing_had_been_written()
      throws IOException {
    Case c =
        ran(
            """
            - doTry:
                steps:
                  - to: stage:threshold?min=0&output=found
                  - to: stage:infer?model=broken&input=ct&output=mask
                  - to: stage:compare?input=found&other=mask&output=agreement
                  - filter:
                      language: {language: slots, expression: agreement > 2}
                      steps:
                        - log: never
                doCatch:
                  - exception:
                      - org.islet.stage.StageFailedException
                    steps:
                      - to: stage:threshold?min=100&output=found
                      - to: stage:largest-component?input=found
            """);
    assertEquals(512, c.get(RoutePlan.RESULT).count());
    assertEquals(
        List.of("The stage 'infer' failed: the network is broken. The route went on another way."),
        c.warnings());
  }

  @Test
  void loops_inside_branches_count_their_own_passes() throws IOException {
    Case c =
        ran(
            """
            - to: stage:threshold?min=100&output=region
            - multicast:
                parallelProcessing: true
                steps:
                  - loop:
                      constant: 2
                      steps:
                        - to: stage:close?input=region&radius=1&output=one
                        - loop:
                            constant: 3
                            steps:
                              - to: stage:close?input=one&radius=1&output=inner
                  - loop:
                      constant: 5
                      steps:
                        - to: stage:close?input=region&radius=1&output=two
            - to: stage:union?inputs=one,two,inner&output=mask
            """);
    assertEquals(1 + 2 * (1 + 3) + 5 + 1, c.runs().size());
    assertEquals(512, c.get(RoutePlan.RESULT).count());
  }

  @Test
  void a_saved_change_runs_the_next_case_and_a_case_under_way_ends_on_what_it_began_with()
      throws IOException {
    write("route.yaml", "stage:threshold?min=100&output=mask");
    SegmentationRoute before = route("test");
    write("route.yaml", "stage:threshold?min=-1000&output=mask");
    routes.look();
    assertEquals(0, routes.status().taken());
    routes.look();
    assertEquals(1, routes.status().taken());
    try (SegmentationRoute after = routes.open("test")) {
      assertNotEquals(before.digest(), after.digest());
      Case old = aCase();
      before.run(old);
      assertEquals(512, old.get(RoutePlan.RESULT).count());
      Case fresh = aCase();
      after.run(fresh);
      assertEquals(25740, fresh.get(RoutePlan.RESULT).count());
    }
    before.close();
  }

  @Test
  void a_bad_change_alters_nothing_and_says_why_until_it_is_mended() throws IOException {
    write("route.yaml", "stage:threshold?min=100&output=mask");
    String digest = route("test").digest();
    write("route.yaml", "stage:threshold?mim=100&output=mask");
    routes.look();
    routes.look();
    assertEquals(1, routes.status().refused());
    String problem = routes.status().problems().get(0);
    assertTrue(problem.contains("route.yaml, line 5: The stage 'threshold'"), problem);
    try (SegmentationRoute still = routes.open("test")) {
      assertEquals(digest, still.digest());
      Case c = aCase();
      still.run(c);
      assertEquals(512, c.get(RoutePlan.RESULT).count());
    }
    write("route.yaml", "stage:threshold?min=0&output=mask");
    routes.look();
    routes.look();
    assertEquals(List.of(), routes.status().problems());
    assertEquals(1, routes.status().taken());
  }

  @Test
  void a_change_that_takes_away_what_the_intake_needs_is_refused() throws IOException {
    write("route.yaml", "stage:threshold?min=100&output=mask");
    load().require("test");
    Files.writeString(
        folder.resolve("route.yaml"),
        Files.readString(folder.resolve("route.yaml")).replace("direct:test", "direct:other"));
    routes.look();
    routes.look();
    assertTrue(
        routes.status().problems().get(0).contains("no route is named 'test' any longer"),
        routes.status().toString());
    routes.open("test").close();
  }

  /**
   * Each file leads through {@code ..data} to the version of the ConfigMap, and that is swapped.
   */
  @Test
  void a_change_of_a_mounted_config_map_is_taken_over() throws IOException {
    for (int version = 1; version <= 2; version++) {
      Path data = Files.createDirectory(folder.resolve("..version_" + version));
      write(data.getFileName() + "/route.yaml", "stage:threshold?min=" + version + "&output=mask");
    }
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..version_1"));
    Files.createSymbolicLink(folder.resolve("route.yaml"), Path.of("..data/route.yaml"));
    String before = route("test").digest();
    Path swapped = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("..version_2"));
    Files.move(swapped, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    routes.look();
    routes.look();
    assertEquals(1, routes.status().taken());
    try (SegmentationRoute after = routes.open("test")) {
      assertNotEquals(before, after.digest());
    }
  }

  @Test
  void a_folder_that_goes_away_and_comes_back_loses_no_route() throws IOException {
    write("route.yaml", "stage:threshold?min=100&output=mask");
    load();
    Path away = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, away);
    routes.look();
    routes.look();
    assertEquals(1, routes.status().problems().size());
    routes.open("test").close();
    Files.move(away, folder);
    routes.look();
    routes.look();
    assertEquals(List.of(), routes.status().problems());
  }

  /** Models that can be made to fail or to wait, and count how often they are let go. */
  private static final class Troubled implements RouteModels.Source {

    private final RouteModels.Source sound = FakeModels.of(networks());
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile boolean waits;

    @Override
    public String state() {
      if (fails) {
        throw new UncheckedIOException(new IOException("The disk is away."));
      }
      return "";
    }

    @Override
    public RouteModels open() {
      RouteModels models = sound.open();
      opened.incrementAndGet();
      try {
        assertTrue(!waits || go.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return new RouteModels() {
        @Override
        public Network get(String model, NetworkOptions options) {
          return models.get(model, options);
        }

        @Override
        public CaseReport.Model describe(String id) {
          return models.describe(id);
        }

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }

  @Test
  void a_look_that_fails_is_not_the_last_one() throws IOException {
    write("route.yaml", "stage:threshold?output=mask");
    Troubled models = new Troubled();
    routes = new LiveRoutes(folder, Stages.ALL, models);
    models.fails = true;
    routes.watch(Duration.ofMillis(10));
    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    write("route.yaml", "stage:threshold?min=1&output=mask");
    models.fails = false;
    await().atMost(Duration.ofSeconds(10)).until(() -> routes.status().taken() == 1);
  }

  @Test
  void what_is_loaded_while_the_routes_are_closed_is_let_go_too() throws Exception {
    write("route.yaml", "stage:threshold?output=mask");
    Troubled models = new Troubled();
    routes = new LiveRoutes(folder, Stages.ALL, models);
    models.waits = true;
    write("route.yaml", "stage:threshold?min=1&output=mask");
    routes.watch(Duration.ofMillis(10));
    await().atMost(Duration.ofSeconds(10)).until(() -> models.opened.get() == 2);
    routes.close();
    models.go.countDown();
    await().atMost(Duration.ofSeconds(10)).until(() -> models.closed.get() == 2);
    routes.close();
    assertEquals(2, models.closed.get(), "each once");
  }

  @Test
  void a_route_that_is_cut_in_parts_finds_what_the_whole_one_does() throws IOException {
    String whole = Files.readString(BUNDLED);
    String cut = whole.replaceFirst("( *)- multicast:", "$1- to: handoff:fine\n$1- multicast:");
    Files.writeString(folder.resolve("whole.yaml"), whole);
    Case uncut = aCase();
    load();
    try (SegmentationRoute route = routes.open("pancreas-two-stage")) {
      assertEquals(List.of("start"), route.pools());
      route.run(uncut);
    }
    routes.close();
    Files.writeString(folder.resolve("whole.yaml"), cut);
    load();
    try (SegmentationRoute route = routes.open("pancreas-two-stage")) {
      assertEquals(List.of("start", "fine"), route.pools());
      Case first = aCase();
      route.run(first, 0);
      assertFalse(first.isWritten(RoutePlan.RESULT));
      assertEquals(Set.of("ct", "clipped", "coarse", "coarse-full"), route.handedTo(1));
      Case second = new Case(first.carried(route.handedTo(1)), run -> {});
      route.run(second, 1);
      assertArrayEquals(
          uncut.get(RoutePlan.RESULT).toBytes(), second.get(RoutePlan.RESULT).toBytes());
      assertTrue(uncut.get(RoutePlan.RESULT).count() > 0);
      assertEquals(
          uncut.runs().stream().map(StageRun::stage).sorted().toList(),
          second.runs().stream().map(StageRun::stage).sorted().toList());
      assertEquals(uncut.models(), second.models());
      assertEquals(uncut.slotsOf(Box.class), second.slotsOf(Box.class));
    }
  }
}
