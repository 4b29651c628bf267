package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.FakeNetwork;
import org.islet.stage.Network;
import org.islet.stage.StageFailedException;
import org.islet.stage.StageRun;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures inside of branches, loops and doTry, and what becomes of the case then. */
class RescueTest {

  private static final String CAUGHT = "doCatch: [{exception: [java.lang.Exception], steps: ";
  private static final String WARNING =
      "The stage 'infer' failed: the network is broken. The route went on another way.";

  @TempDir Path folder;
  private final CountDownLatch failed = new CountDownLatch(1);
  private final AtomicInteger slowEnded = new AtomicInteger();

  private Network network(String model) {
    return switch (model) {
      case "broken" -> new Working(model, this::fail);
      case "slow" -> new Working(model, this::segmentSlowly);
      default -> throw new IllegalArgumentException("There is no model '" + model + "'.");
    };
  }

  private interface Work {
    Mask of(Volume volume);
  }

  private record Working(String id, Work work) implements FakeNetwork {
    @Override
    public Mask segment(Volume volume) {
      return work.of(volume);
    }
  }

  private Mask fail(Volume volume) {
    failed.countDown();
    throw new IllegalStateException("the network is broken.");
  }

  /** Ends well after the other network has failed. */
  private Mask segmentSlowly(Volume volume) {
    try {
      assertTrue(failed.await(30, TimeUnit.SECONDS));
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    slowEnded.incrementAndGet();
    return volume.within(100, 1000);
  }

  /** A CT of 8³ voxels of 0 HU, of which 10 are of 200 HU. */
  private static Case aCase() {
    Size size = new Size(8, 8, 8);
    short[] hu = new short[size.count()];
    Arrays.fill(hu, 0, 10, (short) 200);
    return new Case("test", Volume.of(Geometry.of(size, 1, 1, 1), hu));
  }

  private Case ran(String steps) throws IOException {
    Files.writeString(
        folder.resolve("r.yaml"),
        "- route:\n    from:\n      uri: direct:test\n      steps:\n" + steps.indent(8));
    Case c = aCase();
    try (LiveRoutes routes =
            new LiveRoutes(folder, Stages.ALL, FakeModels.of(FakeNetwork.byName(this::network)));
        var route = routes.open("test")) {
      route.run(c);
    }
    return c;
  }

  private static List<String> stagesOf(Case c) {
    return c.runs().stream().map(StageRun::stage).toList();
  }

  private static final String BRANCHES =
      """
      multicast:
        parallelProcessing: true
        steps:
          - pipeline:
              steps:
                - to: stage:infer?model=%s&input=ct&output=a
          - pipeline:
              steps:
                - to: stage:infer?model=%s&input=ct&output=b
      """;

  @ParameterizedTest
  @CsvSource({"broken, slow", "slow, broken"})
  void a_case_fails_when_all_branches_have_ended_so_that_none_still_works_on_it(
      String first, String second) throws IOException {
    String steps =
        "- "
            + BRANCHES.formatted(first, second).indent(2).strip()
            + "\n- to: stage:union?inputs=a,b&output=mask\n";
    StageFailedException failure = assertThrows(StageFailedException.class, () -> ran(steps));
    assertEquals("infer", failure.stage());
    assertEquals(1, slowEnded.get());
  }

  @Test
  void what_branches_wrote_is_forgotten_when_all_have_ended_and_the_warning_is_the_stages_own()
      throws IOException {
    Case c =
        ran(
            "- doTry:\n    steps:\n      - "
                + BRANCHES.formatted("broken", "slow").indent(8).strip()
                + """

                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                          - to: stage:threshold?min=100&output=a
                          - to: stage:threshold?min=-1&output=b
                - to: stage:intersection?inputs=a,b&output=mask
                """);
    assertEquals(1, slowEnded.get());
    assertEquals(10, c.get(RoutePlan.RESULT).count());
    assertEquals(512, c.get(Stages.mask("b")).count());
    assertEquals(List.of(WARNING), c.warnings());
  }

  @Test
  void of_branches_one_after_the_other_none_runs_behind_one_that_failed() {
    String steps =
        """
        - multicast:
            steps:
              - to: stage:infer?model=broken&input=ct&output=a
              - to: stage:infer?model=slow&input=ct&output=b
        - to: stage:union?inputs=a,b&output=mask
        """;
    assertThrows(StageFailedException.class, () -> ran(steps));
    assertEquals(0, slowEnded.get());
  }

  @Test
  void a_failure_in_a_called_route_is_caught_where_it_was_called() throws IOException {
    Files.writeString(
        folder.resolve("called.yaml"),
        """
        - route:
            from:
              uri: direct:called
              steps:
                - loop:
                    constant: 3
                    steps:
                      - to: stage:infer?model=broken&input=ct&output=mask
        """);
    Case c =
        ran(
            "- doTry: {steps: [{to: direct:called}], "
                + CAUGHT
                + "[{to: 'stage:threshold?min=100&output=mask'}]}]}");
    assertEquals(10, c.get(RoutePlan.RESULT).count());
    assertEquals(List.of(WARNING), c.warnings());
  }

  @Test
  void a_failure_in_a_loop_that_what_it_writes_would_end_is_caught() throws IOException {
    Case c =
        ran(
            """
            - doTry:
                steps:
                  - loop:
                      doWhile: true
                      language: {language: slots, expression: mask is empty and passes < 3}
                      steps:
                        - to: stage:infer?model=broken&input=ct&output=mask
                doCatch:
                  - exception: [java.lang.Exception]
                    steps:
                      - to: stage:threshold?min=100&output=mask
            """);
    assertEquals(10, c.get(RoutePlan.RESULT).count());
    assertEquals(List.of(WARNING), c.warnings());
  }

  /** All on one line, as YAML's flow style allows: each doTry must know its own loop again. */
  @Test
  void loops_around_and_inside_of_a_do_try_go_on_counting_their_own_passes() throws IOException {
    String broken = "{to: 'stage:infer?model=broken&input=ct&output=x'}";
    String inner =
        "{doTry: {steps: [%s], %s[{to: 'stage:threshold?min=1&output=x'}]}]}}"
            .formatted(broken, CAUGHT);
    String again = "{to: 'stage:infer?model=broken&input=ct&output=y'}";
    String outer =
        "{doTry: {steps: [{loop: {constant: 2, steps: [%s, %s]}}], %s[{to: 'stage:threshold?min=2&output=y'}, {to: 'stage:threshold?min=3&output=x'}]}]}}"
            .formatted(inner, again, CAUGHT);
    Case c =
        ran(
            "- loop: {constant: 3, steps: ["
                + outer
                + ", {to: 'stage:union?inputs=x,y&output=z'}]}\n- to: stage:largest-component?input=z");
    assertEquals(
        List.of("threshold", "threshold", "threshold", "union"), stagesOf(c).subList(0, 4));
    assertEquals(3 * 4 + 1, c.runs().size());
  }

  @Test
  void each_pass_writes_anew_what_it_wrote_and_then_replaced() throws IOException {
    Case c =
        ran(
            """
            - to: stage:threshold?min=100&output=kept
            - loop:
                constant: 3
                steps:
                  - to: stage:close?input=kept&radius=1&output=a
                  - to: stage:threshold?min=-1&output=b
                  - to: stage:carry?input=b&output=a
                  - to: stage:carry?input=a&output=kept
            - to: stage:largest-component?input=kept
            """);
    assertEquals(512, c.get(RoutePlan.RESULT).count());
    assertEquals(1 + 3 * 4 + 1, c.runs().size());
  }

  @Test
  void a_filter_in_a_loop_sees_the_pass_that_it_is_in_also_across_a_call() throws IOException {
    Files.writeString(
        folder.resolve("called.yaml"),
        """
        - route:
            from:
              uri: direct:called
              steps:
                - filter:
                    language: {language: slots, expression: passes = 2}
                    steps:
                      - to: stage:threshold?min=-1&output=b
                      - to: stage:carry?input=b&output=kept
        """);
    Case c =
        ran(
            """
            - to: stage:threshold?min=100&output=kept
            - loop:
                constant: 4
                steps:
                  - to: direct:called
            - to: stage:largest-component?input=kept
            """);
    assertEquals(List.of("threshold", "threshold", "carry", "largest-component"), stagesOf(c));
  }

  @Test
  void numbers_reach_a_stage_as_they_are_written() throws IOException {
    Case c = ran("- to: stage:threshold?min=+1.5e+2&max=1e+3&output=mask");
    assertEquals(10, c.get(RoutePlan.RESULT).count());
  }
}
