package org.islet.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.model.CardNetworks;
import org.islet.plan.RoutePlans;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageJarException;

/**
 * The segmentation routes, checked as {@code ./islet plan} does.
 *
 * @param stages the folder of jars with stages
 */
record RoutesProbe(Path routes, Path stages, CardNetworks models) implements Probe {

  @Override
  public String part() {
    return "routes";
  }

  @Override
  public String whenSilent() {
    return "The drive of %s or of the models does not answer, or something there is no file."
        .formatted(routes);
  }

  @Override
  public List<Finding> look() {
    try (StageCatalogue catalogue = StageCatalogue.withJarsOf(stages)) {
      RoutePlans plans = new RoutePlans(RouteFile.readAll(routes), catalogue, models, Grid.OF_CT);
      return found(plans);
    } catch (StageJarException e) {
      return List.of(
          Finding.wrong(part(), e.getMessage(), "Mend the jar, or take it out of " + stages + "."));
    }
  }

  private List<Finding> found(RoutePlans plans) {
    List<Finding> findings = new ArrayList<>();
    for (String sentence : Problem.sentences(plans.problems())) {
      findings.add(Finding.wrong(part(), sentence, "Mend it; ./islet plan checks it again."));
    }
    if (plans.entries().isEmpty() && findings.isEmpty()) {
      findings.add(
          Finding.wrong(
              part(),
              "there is no segmentation route in " + routes,
              "Set islet.routes to the folder that has them."));
    } else if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              part(),
              "nothing is wrong with %s".formatted(String.join(", ", plans.entries().keySet()))));
    }
    return findings;
  }
}
