package org.islet.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.islet.dataset.Folds;

/** Reports for tests. */
final class Reports {

  private static final Scores EMPTY =
      new Scores(
          0, new BoxScores(0, 0), Double.NaN, Double.NaN, -80, new IsolatedFalsePositives(0, 0));

  /** Three cases in two folds that a route of two stages was run on, and one that failed. */
  static final Report ROUTE =
      new Report(
          new Subject(
              "Route r",
              "nih",
              new Stages(Optional.of("coarse-full"), "mask"),
              Set.of("box-1"),
              Optional.of(new Folds(1, List.of(List.of("b"), List.of("a", "c"), List.of("d"))))),
          List.of(
              inRoute(
                  "a", scores(0.8, 10), scores(0.9, 2.5), Map.of("box-1", new BoxScores(1, 0.5))),
              inRoute(
                  "b", scores(0.6, 20), scores(0.7, 12), Map.of("box-1", new BoxScores(0.5, 0.4))),
              inRoute("c", scores(0, Double.NaN), null, Map.of())),
          List.of(new Problem("d", "it failed.")));

  /** Two predictions, as they come without a route. */
  static final Report PREDICTIONS =
      new Report(
          predictions(),
          List.of(
              prediction(
                  "phantom-0001",
                  new Scores(
                      0.9,
                      new BoxScores(1, 0.8),
                      2.5,
                      0.5,
                      -1.25,
                      new IsolatedFalsePositives(0, 0))),
              prediction(
                  "b",
                  new Scores(
                      0.7,
                      new BoxScores(0.5, 0.4),
                      12,
                      1.5,
                      3,
                      new IsolatedFalsePositives(2, 0.5)))),
          List.of(new Problem("c", "there is no prediction for it.")));

  /** One empty prediction, which has no distances. */
  static final Report NOTHING_FOUND =
      new Report(predictions(), List.of(prediction("a", EMPTY)), List.of());

  private Reports() {}

  private static Subject predictions() {
    return new Subject(
        "Masks in p",
        "r",
        new Stages(Optional.empty(), Pairing.PREDICTION),
        Set.of(),
        Optional.empty());
  }

  private static CaseScores prediction(String name, Scores scores) {
    return new CaseScores(name, Map.of(Pairing.PREDICTION, scores), Map.of(), scores, Map.of());
  }

  private static CaseScores inRoute(
      String name, Scores coarse, Scores mask, Map<String, BoxScores> boxes) {
    Map<String, Scores> masks =
        mask == null ? Map.of("coarse-full", coarse) : Map.of("coarse-full", coarse, "mask", mask);
    return new CaseScores(name, masks, boxes, EMPTY, Map.of("coarse/1", "Only phantoms."));
  }

  private static Scores scores(double dsc, double hd95) {
    return new Scores(
        dsc, new BoxScores(dsc, dsc), hd95, hd95 / 4, -2, new IsolatedFalsePositives(1, 0.25));
  }
}
