package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.train.TrainedRun;
import org.islet.train.Training.Stage;

/**
 * A route whose models are, for the cases of each fold, those that a run trained with that fold
 * left out: what the route calls NAME-coarse is the run's coarse network, and NAME-fine its fine
 * one.
 *
 * @param idOf the id that Islet knows a version's folder by
 * @param routes loads the routes, with the models that stand for those that they name
 */
record CrossValidatedRoute(
    TrainedRun run,
    Function<Path, String> idOf,
    Function<UnaryOperator<String>, SegmentationRoutes> routes) {

  /**
   * The route of a name, once for each fold.
   *
   * @throws IllegalArgumentException if there is no such route, or one of its models learnt from
   *     the cases, for all that is known
   * @throws IOException if the run's folder cannot be read
   */
  EvaluatedRoute of(String name) throws IOException {
    List<SegmentationRoute> ofFolds = new ArrayList<>();
    for (int fold = 0; fold < run.split().folds().size(); fold++) {
      ofFolds.add(without(fold, name));
    }
    String title = "%s, with the models of %s that did not learn from the case";
    return new EvaluatedRoute(
        title.formatted(name, run.folder()), ofFolds, Optional.of(run.split()));
  }

  private SegmentationRoute without(int fold, String name) throws IOException {
    Map<String, String> models = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      run.version(stage, fold)
          .ifPresent(version -> models.put(stage.modelOf(""), idOf.apply(version)));
    }
    SegmentationRoute route = routes.apply(model -> standIn(model, models)).get(name);
    for (String model : route.models()) {
      if (!models.containsValue(model)) {
        throw new IllegalArgumentException(
            ("With fold %d left out the route '%s' would run %s, which %s did not train without that"
                    + " fold. The run must have come to its end with --fold all, and the route's"
                    + " models be called …-coarse and …-fine.")
                .formatted(fold, name, model, run.folder()));
      }
    }
    return route;
  }

  private static String standIn(String model, Map<String, String> models) {
    String name = model.replaceFirst("/.*", "");
    return models.entrySet().stream()
        .filter(ending -> name.endsWith(ending.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(model);
  }
}
