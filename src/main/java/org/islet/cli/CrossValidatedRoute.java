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
import java.util.stream.Collectors;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.train.TrainedRuns;
import org.islet.train.Training.Stage;

/**
 * A route whose models are, for the cases of each fold, those that runs trained with that fold left
 * out: what the route calls NAME-coarse is their coarse network, and NAME-fine their fine one.
 *
 * @param idOf the id that Islet knows a version's folder by
 * @param routes loads the routes, with the models that stand for those that they name
 */
record CrossValidatedRoute(
    TrainedRuns runs,
    Function<Path, String> idOf,
    Function<UnaryOperator<String>, SegmentationRoutes> routes) {

  /**
   * The route of a name, once for each fold.
   *
   * @throws IllegalArgumentException if there is no such route, or one of its models learnt from
   *     the cases, for all that is known
   * @throws IOException if a run's folder cannot be read
   */
  EvaluatedRoute of(String name) throws IOException {
    List<SegmentationRoute> ofFolds = new ArrayList<>();
    for (int fold = 0; fold < runs.split().folds().size(); fold++) {
      ofFolds.add(without(fold, name));
    }
    String title = "%s, with the models of %s that did not learn from the case";
    return new EvaluatedRoute(title.formatted(name, folders()), ofFolds, Optional.of(runs.split()));
  }

  private SegmentationRoute without(int fold, String name) throws IOException {
    Map<String, String> models = new LinkedHashMap<>();
    for (Stage stage : Stage.values()) {
      runs.version(stage, fold)
          .ifPresent(version -> models.put(stage.modelOf(""), idOf.apply(version)));
    }
    SegmentationRoute route = routes.apply(model -> standIn(model, models)).open(name);
    for (String model : route.models()) {
      if (!models.containsValue(model)) {
        throw new IllegalArgumentException(
            ("With fold %d left out the route '%s' would run %s, which %s did not train without that"
                    + " fold. The run, or the runs together, must have trained both networks with --fold"
                    + " all, and the route's models be called …-coarse and …-fine.")
                .formatted(fold, name, model, folders()));
      }
    }
    return route;
  }

  private String folders() {
    return runs.folders().stream().map(Path::toString).collect(Collectors.joining(" and "));
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
