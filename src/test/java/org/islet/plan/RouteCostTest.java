package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Costs reckoned by hand, in numbers of voxels: a network on N voxels takes 100 N bytes and 2 N
 * GFLOP, a mask of them N bytes, and a volume 4 N.
 */
class RouteCostTest {

  /** Decimated by 4 in each direction. */
  private static final Geometry CT = Geometry.of(new Size(64, 64, 64), 1, 1, 1);

  private static final long FULL = 64 * 64 * 64;
  private static final long SMALL = 16 * 16 * 16;

  /** A route that decimates the CT before some steps, and brings {@code found} back behind them. */
  private static RouteCost cost(String steps) {
    String yaml =
        """
        - route:
            from:
              uri: direct:test
              steps:
                - to: stage:downsample?input=ct&output=small
        %s
                - to: stage:upsample?input=found&output=mask
        """
            .formatted(steps.indent(8).stripTrailing());
    RoutePlans plans =
        new RoutePlans(
            List.of(RouteFile.parse("r.yaml", yaml)),
            Stages.ALL,
            new FakeNetworks(),
            Grid.ofCt(CT));
    assertEquals(List.of(), plans.problems());
    return plans.get("test").cost();
  }

  private static RouteCost small(long heap, long network, double gigaflops) {
    return new RouteCost(4 * SMALL + FULL + heap * SMALL, network * SMALL, gigaflops * SMALL);
  }

  @Test
  void steps_in_a_row_take_the_memory_of_the_greatest_network_and_the_work_of_all() {
    RouteCost cost =
        cost(
            """
            - to: stage:infer?model=whole&input=ct&output=whole
            - to: stage:infer?model=whole&input=small&output=found
            - filter:
                language: {language: slots, expression: whole is empty}
                steps:
                  - log: nothing was found
            """);
    assertEquals(100 * FULL, cost.networkBytes());
    assertEquals(2.0 * FULL + 2.0 * SMALL, cost.gigaflops());
  }

  @ParameterizedTest
  @CsvSource({"true, 200", "false, 100"})
  void branches_that_run_at_the_same_time_take_the_memory_of_all_networks(
      boolean concurrent, long bytes) {
    assertEquals(
        small(3, bytes, 4),
        cost(
            """
            - multicast:
                parallelProcessing: %s
                steps:
                  - to: stage:infer?model=whole&input=small&output=a
                  - to: stage:infer?model=whole&input=small&output=b
            - to: stage:union?inputs=a,b&output=found
            """
                .formatted(concurrent)));
  }

  @Test
  void of_a_choice_one_way_is_taken_and_the_dearest_counts() {
    assertEquals(
        small(3 + 1, 100, 4),
        cost(
            """
            - to: stage:threshold?input=small&output=seen
            - choice:
                when:
                  - language: {language: slots, expression: seen is empty}
                    steps:
                      - to: stage:infer?model=whole&input=small&output=found
                otherwise:
                  steps:
                    - to: stage:infer?model=whole&input=small&output=a
                    - to: stage:infer?model=whole&input=small&output=b
                    - to: stage:union?inputs=a,b&output=found
            """));
  }

  @Test
  void the_passes_of_a_loop_do_their_work_again_in_the_memory_of_one() {
    assertEquals(
        small(1, 100, 14),
        cost(
            """
            - loop:
                constant: 7
                steps:
                  - to: stage:infer?model=whole&input=small&output=found
            """));
  }

  @Test
  void what_stands_in_for_failed_stages_is_work_on_top_in_the_memory_that_they_had() {
    assertEquals(
        small(1, 100, 4),
        cost(
            """
            - doTry:
                steps:
                  - to: stage:infer?model=whole&input=small&output=found
                doCatch:
                  - exception: [org.islet.stage.StageFailedException]
                    steps:
                      - to: stage:infer?model=whole&input=small&output=found
            """));
  }
}
