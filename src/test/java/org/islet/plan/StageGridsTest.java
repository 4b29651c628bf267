package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.islet.route.RouteFile;
import org.islet.stage.Case;
import org.islet.stage.Grid;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** What a plan tells of sizes is what stages write. */
class StageGridsTest {

  private static final Set<Class<?>> ON_A_GRID = Set.of(Volume.class, Mask.class, Scores.class);

  /** A step for each stage that writes voxels. Boxes are as large as what they are cut out of. */
  private static List<String> steps(int factor, double spacing, Size size) {
    String sizes = size.x() + "," + size.y() + "," + size.z();
    return List.of(
        "clip?min=-100&max=100",
        "downsample?output=small&factor=" + factor,
        "infer?model=whole&input=small&output=coarse",
        "upsample?input=coarse&output=full&factor=" + factor,
        "threshold?min=-1000&output=all",
        "box?input=all&margin=3&output=box",
        "crop?box=box&output=crop",
        "threshold?input=crop&output=cube",
        "paste?input=cube&box=box&output=pasted",
        "threshold?input=small&output=all-small",
        "box?input=all-small&like=small&margin=1&output=box-small",
        "crop?input=small&box=box-small&output=crop-small",
        "infer?model=whole&input=crop-small&output=cube-small",
        "paste?input=cube-small&box=box-small&like=small&output=pasted-small",
        "box?input=all-small&scale=%d&output=box-scaled".formatted(factor),
        "crop?input=ct&box=box-scaled&output=crop-scaled",
        "resample-to-spacing?input=ct&output=spaced&spacing=" + spacing,
        "threshold?input=spaced&min=0&output=spaced-mask",
        "resample-mask?input=spaced-mask&output=resampled",
        "resample-to-size?input=crop&output=sized&size=" + sizes,
        "infer-slices?model=axial&input=sized&output=sliced",
        "score?model=whole&input=sized",
        "softmax",
        "average?inputs=scores,probabilities&output=mean",
        "class-probability?input=mean&label=1&output=probability",
        "choose-class?input=mean&label=1&output=chosen",
        "close?input=full&radius=1&output=closed",
        "fill-holes?input=closed&output=filled",
        "smooth?input=chosen&sigma=1&output=smoothed",
        "remove-small?input=smoothed&min=0.1&output=pieces",
        "largest-component?input=coarse&output=largest",
        "carry?input=filled&output=full",
        "union?inputs=full,pasted&output=either",
        "intersection?inputs=full,resampled&output=both",
        "subtract?input=either&minus=both&output=rest",
        "vote?inputs=full,pasted,rest&output=mask");
  }

  private static RoutePlan plan(List<String> steps, Geometry ct) {
    StringBuilder yaml =
        new StringBuilder("- route:\n    from:\n      uri: direct:test\n      steps:\n");
    steps.forEach(step -> yaml.append("        - to: stage:").append(step).append('\n'));
    RoutePlans plans =
        new RoutePlans(
            List.of(RouteFile.parse("r.yaml", yaml.toString())),
            Stages.ALL,
            new FakeNetworks(),
            Grid.ofCt(ct));
    assertEquals(
        List.of(),
        plans.problems().stream().filter(p -> !p.sentence().contains("nothing reads")).toList());
    return plans.get("test");
  }

  private static Case aCase(Geometry geometry, Random random) {
    short[] hu = new short[geometry.size().count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (random.nextInt(400) - 200);
    }
    return new Case("test", Volume.of(geometry, hu));
  }

  private static Size sizeOf(Object value) {
    return value instanceof Volume v
        ? v.size()
        : value instanceof Mask m ? m.size() : ((Scores) value).size();
  }

  @Example
  void every_stage_that_writes_voxels_has_a_step_here() {
    Set<String> written = new TreeSet<>();
    steps(2, 1, new Size(1, 1, 1)).forEach(step -> written.add(step.split("\\?", -1)[0]));
    List<String> missing = new ArrayList<>();
    for (String stage : Stages.ALL.names()) {
      boolean voxels =
          Stages.ALL.describe(stage).options(Kind.WRITES).stream()
              .anyMatch(option -> ON_A_GRID.contains(option.type()));
      if (voxels && !written.contains(stage)) {
        missing.add(stage);
      }
    }
    assertEquals(List.of(), missing);
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void each_step_writes_as_many_voxels_as_its_plan_tells(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 5) int factor,
      @ForAll @DoubleRange(min = 0.3, max = 4) double spacing) {
    Size size = new Size(1 + random.nextInt(14), 1 + random.nextInt(14), 1 + random.nextInt(14));
    Geometry ct = Geometry.of(size, 0.5 + random.nextDouble(), 0.7, 1 + 2 * random.nextDouble());
    Size other = new Size(1 + random.nextInt(9), 1 + random.nextInt(9), 1 + random.nextInt(9));
    RoutePlan plan = plan(steps(factor, spacing, other), ct);
    Case c = aCase(ct, random);
    for (Step step : plan.order()) {
      step.stage().orElseThrow().run(c);
      for (Slot<?> slot : step.writes()) {
        if (ON_A_GRID.contains(slot.type())) {
          Object value = c.get(new Slot<>(slot.name(), Object.class));
          assertEquals(sizeOf(value), plan.costOf(step).size().orElseThrow(), step::toString);
        }
      }
    }
    assertTrue(c.isWritten(RoutePlan.RESULT));
  }
}
