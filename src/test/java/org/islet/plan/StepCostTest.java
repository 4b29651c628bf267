package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

/** Costs reckoned by hand. */
class StepCostTest {

  /** 512×512×200 voxels of 0.8×0.8×1 mm. */
  private static final Geometry CT = Geometry.of(new Size(512, 512, 200), 0.8, 0.8, 1);

  private static final long VOXELS = 52_428_800;

  private static RoutePlan plan(String... steps) {
    StringBuilder yaml =
        new StringBuilder("- route:\n    from:\n      uri: direct:test\n      steps:\n");
    for (String step : steps) {
      yaml.append("        - to: stage:").append(step).append('\n');
    }
    RoutePlans plans =
        new RoutePlans(
            List.of(RouteFile.parse("r.yaml", yaml.toString())),
            Stages.ALL,
            new FakeNetworks(),
            Grid.ofCt(CT));
    return plans.get("test");
  }

  private static StepCost cost(RoutePlan plan, int step) {
    return plan.costOf(plan.order().get(step));
  }

  @Test
  void a_volume_takes_4_bytes_a_voxel_a_mask_1_and_scores_4_a_channel() {
    RoutePlan plan =
        plan(
            "clip",
            "threshold?input=clipped&output=a",
            "score?model=whole&input=clipped",
            "compare?input=a&other=mask&output=dice");
    assertEquals(4 * VOXELS, cost(plan, 0).heapBytes());
    assertEquals(VOXELS, cost(plan, 1).heapBytes());
    assertEquals(4 * FakeNetworks.CHANNELS * VOXELS, cost(plan, 2).heapBytes());
    assertEquals(0, cost(plan, 3).heapBytes());
  }

  @Test
  void a_network_costs_what_it_says_of_the_size_that_it_is_given() {
    RoutePlan plan = plan("downsample?input=ct&output=s", "infer?model=whole&input=s&output=a");
    Size small = new Size(128, 128, 50);
    assertEquals(
        new StepCost(
            Optional.of(small),
            819_200,
            81_920_000,
            50,
            OptionalDouble.of(1_638_400),
            Optional.empty()),
        cost(plan, 1));
    assertEquals(
        new StepCost(
            Optional.of(small), 4 * 819_200, 0, 0, OptionalDouble.empty(), Optional.empty()),
        cost(plan, 0));
  }

  @Test
  void a_size_that_a_network_refuses_is_told_with_the_reason() {
    RoutePlan plan = plan("infer?model=fixed&input=ct&output=mask");
    assertEquals(
        Optional.of("the model takes 8×8×8 voxels, not 512×512×200."), cost(plan, 0).refusal());
    assertEquals(VOXELS, cost(plan, 0).heapBytes());
  }

  /** 185, 120 and 125 mm are 231.25, 150 and 125 voxels. */
  @Test
  void a_box_is_reckoned_as_around_a_pancreas() {
    RoutePlan plan =
        plan(
            "threshold?output=a",
            "box?input=a&output=box",
            "crop?input=ct&box=box&output=crop",
            "infer?model=whole&input=crop&output=cube",
            "paste?input=cube&box=box&output=mask");
    assertEquals(Optional.of(new Size(232, 150, 125)), cost(plan, 2).size());
    assertEquals(4L * 232 * 150 * 125, cost(plan, 2).heapBytes());
    assertEquals(100L * 232 * 150 * 125, cost(plan, 3).networkBytes());
    assertEquals(VOXELS, cost(plan, 4).heapBytes());
  }

  @Test
  void what_is_not_known_costs_nothing() {
    RoutePlan plan = plan("clip?input=nothing", "infer?model=whole&input=clipped&output=mask");
    assertEquals(
        new StepCost(Optional.empty(), 0, 0, 0, OptionalDouble.empty(), Optional.empty()),
        cost(plan, 1));
  }

  @Test
  void the_heap_of_a_route_is_that_of_all_its_slots_on_any_ct() {
    RoutePlan plan =
        plan(
            "clip",
            "downsample?output=s",
            "infer?model=whole&input=s&output=a",
            "upsample?input=a&output=b",
            "box?input=b&output=box",
            "crop?box=box&output=crop",
            "infer?model=whole&input=crop&output=cube",
            "paste?input=cube&box=box&output=mask");
    long organ = 232 * 150 * 125;
    assertEquals(
        4 * VOXELS + 4 * 819_200 + 819_200 + VOXELS + 4 * organ + organ + VOXELS,
        plan.costOn(CT).heapBytes());
    Geometry tiny = Geometry.of(new Size(6, 5, 3), 100, 100, 100); // small: 2×2×1; organ: 2×2×2
    assertEquals(4 * 90 + 4 * 4 + 4 + 90 + 4 * 8 + 8 + 90, plan.costOn(tiny).heapBytes());
  }

  @Test
  void a_size_beyond_all_is_a_problem_and_no_exception() {
    String[] steps = new String[8];
    steps[0] = "downsample?input=ct&factor=64&output=s1";
    for (int i = 1; i < 7; i++) {
      steps[i] = "downsample?input=s%d&factor=64&output=s%d".formatted(i, i + 1);
    }
    steps[7] = "threshold?input=s7&output=mask";
    RoutePlan plan = plan(steps);
    assertEquals(
        "the stage 'downsample' cannot work on what it reads: ct downsampled by 1073741824 cannot be"
            + " downsampled by 64 once more.",
        plan.problems().get(0).sentence());
  }
}
