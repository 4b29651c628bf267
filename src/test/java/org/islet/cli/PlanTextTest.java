package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.islet.plan.FakeNetworks;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class PlanTextTest {

  private static RoutePlan plan(Size ct) {
    RouteFile file =
        RouteFile.parse(
            "r.yaml",
            """
            - route:
                from:
                  uri: direct:test
                  steps:
                    - to: stage:downsample?input=ct&factor=2&output=small
                    - to: stage:infer?model=fixed&input=small&output=found
                    - to: stage:upsample?input=found&factor=2&output=mask
            """);
    return new RoutePlans(
            List.of(file), Stages.ALL, new FakeNetworks(), Grid.ofCt(Geometry.of(ct, 1, 1, 1)))
        .get("test");
  }

  @Test
  void a_network_of_a_fixed_size_refuses_every_other_on_its_line() {
    assertEquals(List.of(), PlanText.refusals(plan(new Size(16, 15, 16))));
    assertEquals(
        List.of("r.yaml, line 6: the model takes 8×8×8 voxels, not 16×16×8."),
        PlanText.refusals(plan(new Size(32, 32, 16))));
  }
}
