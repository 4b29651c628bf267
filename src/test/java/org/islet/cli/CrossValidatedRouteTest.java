package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.islet.dataset.Folds;
import org.islet.job.FakeRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.plan.RoutePlan;
import org.islet.train.TrainedRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossValidatedRouteTest {

  private static final Folds SPLIT = new Folds(1, List.of(List.of("a"), List.of("b", "c")));

  @TempDir Path folder;

  /** A run of two folds, whose models have version 3 where the first is left out, and 4. */
  @BeforeEach
  void train() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    SPLIT.write(folder.resolve("run/split.json"));
    for (int fold = 0; fold < 2; fold++) {
      for (String stage : List.of("coarse", "fine")) {
        Path version =
            Files.createDirectories(folder.resolve("models/nih-%s/%d".formatted(stage, fold + 3)));
        Files.createFile(version.resolve("saved_model.pb"));
        Path network = folder.resolve("run/%s/fold-%d".formatted(stage, fold));
        Files.writeString(Files.createDirectories(network).resolve("exported"), version.toString());
      }
    }
  }

  /** Routes as one reads them that names "pancreas-coarse" and "pancreas-fine/1", and others. */
  private static SegmentationRoutes routes(UnaryOperator<String> model) {
    return name -> {
      List<String> named =
          switch (name) {
            case "two-stage" -> List.of("pancreas-coarse", "pancreas-fine/1");
            case "coarse-only" -> List.of("pancreas-coarse");
            case "with-body" -> List.of("pancreas-coarse", "body/1");
            default -> throw new IllegalArgumentException("There is no route '" + name + "'.");
          };
      return new FakeRoute(
          name, List.of(RoutePlan.RESULT), named.stream().map(model).toList(), c -> {});
    };
  }

  private EvaluatedRoute route(String name, String... runs) throws IOException {
    return new CrossValidatedRoute(
            TrainedRuns.in(Stream.of(runs).map(folder::resolve).toList()),
            version -> folder.resolve("models").relativize(version).toString(),
            CrossValidatedRouteTest::routes)
        .of(name);
  }

  private String refusal(String name, String... runs) {
    return assertThrows(IllegalArgumentException.class, () -> route(name, runs)).getMessage();
  }

  /** Takes a network of the run out of it, into another run of the same split. */
  private void move(String network, String run) throws IOException {
    Path to = folder.resolve(run).resolve(network);
    Files.createDirectories(to.getParent());
    Files.move(folder.resolve("run").resolve(network), to);
    SPLIT.write(folder.resolve(run).resolve("split.json"));
  }

  @Test
  void a_case_is_met_by_the_models_that_its_fold_was_left_out_of() throws IOException {
    EvaluatedRoute route = route("two-stage", "run");
    assertEquals(List.of("nih-coarse/3", "nih-fine/3"), route.of("a").models());
    assertEquals(List.of("nih-coarse/4", "nih-fine/4"), route.of("b").models());
    assertEquals(List.of("nih-coarse/4", "nih-fine/4"), route.of("c").models());
    assertEquals(Optional.of(SPLIT), route.folds());
    assertEquals(
        "Route two-stage, with the models of %s that did not learn from the case"
            .formatted(folder.resolve("run")),
        route.subject("data", Optional.empty(), Optional.empty()).method());
  }

  @Test
  void a_route_may_name_one_of_the_two_networks() throws IOException {
    assertEquals(List.of("nih-coarse/4"), route("coarse-only", "run").of("b").models());
  }

  @Test
  void a_model_that_the_run_did_not_train_is_refused() {
    String message = refusal("with-body", "run");
    assertTrue(
        message.startsWith("With fold 0 left out the route 'with-body' would run body/1"), message);
  }

  @Test
  void a_fold_that_is_not_trained_or_whose_model_is_gone_is_refused() throws IOException {
    Files.delete(folder.resolve("models/nih-coarse/4/saved_model.pb"));
    assertTrue(
        refusal("coarse-only", "run")
            .startsWith("With fold 1 left out the route 'coarse-only' would run pancreas-coarse"));
    Files.delete(folder.resolve("run/fine/fold-0/exported"));
    String message = refusal("two-stage", "run");
    assertTrue(message.contains("fold 0 left out"), message);
    assertTrue(message.contains("would run pancreas-fine/1, which"), message);
    assertTrue(message.contains("--fold all"), message);
  }

  @Test
  void each_network_and_each_fold_may_have_a_run_of_its_own() throws IOException {
    move("fine/fold-0", "other");
    move("fine/fold-1", "third");
    EvaluatedRoute route = route("two-stage", "run", "other", "third");
    assertEquals(List.of("nih-coarse/3", "nih-fine/3"), route.of("a").models());
    assertEquals(List.of("nih-coarse/4", "nih-fine/4"), route.of("b").models());
    assertEquals(
        "Route two-stage, with the models of %1$s/run and %1$s/other and %1$s/third that did not learn from the case"
            .formatted(folder),
        route.subject("data", Optional.empty(), Optional.empty()).method());
    assertTrue(refusal("two-stage", "run", "other").startsWith("With fold 1 left out the route"));
  }

  @Test
  void runs_of_different_splits_are_refused() throws IOException {
    move("fine/fold-0", "other");
    new Folds(1, List.of(List.of("a", "b"), List.of("c")))
        .write(folder.resolve("other/split.json"));
    assertEquals(
        "%1$s/run and %1$s/other have not the same split, so a network of one may have learnt from cases that the other left out. Train with --split %1$s/run/split.json."
            .formatted(folder),
        refusal("two-stage", "run", "other"));
  }

  @Test
  void a_network_that_two_runs_trained_is_refused() {
    assertEquals(
        "The coarse network with fold 0 left out was trained in two runs, and is %1$s/3 and %1$s/3. Leave out one of the runs."
            .formatted(folder.resolve("models/nih-coarse")),
        refusal("two-stage", "run", "run"));
  }

  @Test
  void a_folder_that_is_no_run_is_refused() throws IOException {
    Files.delete(folder.resolve("run/split.json"));
    assertEquals(
        folder.resolve("run") + " is no run of ./islet train: it holds no split.json.",
        refusal("two-stage", "run"));
  }
}
