package org.islet.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.islet.plan.MarkedRoutes;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;

/** Routes to draw. */
final class Pictures {

  private static final Path FOLDER = Path.of("src/test/resources/routes/pictures");

  private Pictures() {}

  /** The only route of a file to which cases are sent; there is nothing wrong with it. */
  static RoutePlan plan(String file) {
    return plan(RouteFile.read(FOLDER.resolve(file + ".yaml")));
  }

  static RoutePlan plan(RouteFile file) {
    RoutePlans plans = MarkedRoutes.plans(file);
    assertEquals(List.of(), plans.problems());
    return plans.entries().values().iterator().next();
  }
}
