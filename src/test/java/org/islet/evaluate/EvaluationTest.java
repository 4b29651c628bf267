package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.islet.dataset.Folds;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

  private static final Geometry GRID = Geometry.of(new Size(20, 20, 20), 1, 1, 2);
  private static final Mask SOME = Masks.filled(GRID, new Box(5, 5, 5, 15, 15, 10));

  private static final NiftiReader READER = new NiftiReader(1 << 20);

  private static final Subject NO_FOLDS = subject(Optional.empty());

  @TempDir private Path folder;
  private final List<String> progress = new ArrayList<>();

  @Test
  void scores_each_pair_and_tells_its_progress() throws IOException {
    Mask shifted = Masks.filled(GRID, new Box(7, 5, 5, 15, 15, 10));
    Report report = evaluate(pair("a", file("p.nii", shifted), 1));
    CaseScores scores = report.cases().get(0);
    assertEquals("a", scores.name());
    assertEquals(Map.of("prediction", Scores.of(shifted, SOME)), scores.masks());
    assertEquals(Map.of("some/1", "Careful."), scores.warnings());
    assertEquals(List.of(), report.problems());
    assertEquals(List.of("1 of 1: a"), progress);
  }

  @Test
  void compares_the_label_asked_for() throws IOException {
    Report report = evaluate(pair("a", file("p.nii", SOME), 2));
    assertEquals(0, report.cases().get(0).value(Metric.DSC, Pairing.PREDICTION));
  }

  @Test
  void a_case_that_cannot_be_read_or_compared_is_a_problem_and_the_others_are_scored()
      throws IOException {
    Path good = file("good.nii", SOME);
    Path otherGrid = file("other.nii", Mask.empty(Masks.grid(20, 20, 21)));
    Path damaged = Files.writeString(folder.resolve("damaged.nii"), "not NIfTI");
    Path missing = folder.resolve("missing.nii");
    Report report =
        evaluate(
            pair("damaged", damaged, 1),
            pair("missing", missing, 1),
            pair("other", otherGrid, 1),
            pair("z", good, 1));
    assertEquals(List.of("z"), names(report));
    List<String> problems = report.problems().stream().map(Problem::toString).toList();
    assertEquals(3, problems.size());
    assertTrue(problems.get(0).startsWith("damaged: " + damaged), problems.get(0));
    assertTrue(problems.get(1).startsWith("missing: " + missing), problems.get(1));
    assertTrue(problems.get(2).startsWith("other: The prediction's grid"), problems.get(2));
  }

  @Test
  void a_case_that_exhausts_the_heap_is_a_problem_that_says_what_to_set() {
    Report report =
        new Evaluation(NO_FOLDS, progress::add)
            .run(
                Map.of(
                    "a",
                    () -> {
                      throw new OutOfMemoryError("Java heap space");
                    }),
                List.of());
    assertTrue(report.problems().get(0).reason().contains("-Xmx"), report.problems()::toString);
  }

  @Test
  void cases_without_a_prediction_stay_problems() {
    Problem unpaired = new Problem("a", "there is no prediction for it.");
    Report report = new Evaluation(NO_FOLDS, progress::add).run(Map.of(), List.of(unpaired));
    assertEquals(List.of(unpaired), report.problems());
  }

  @Test
  void whatever_is_in_no_fold_is_left_out() throws IOException {
    Path good = file("good.nii", SOME);
    Folds folds = new Folds(1, List.of(List.of("b"), List.of("a", "unpaired")));
    Pairing pairing =
        new Pairing(
            List.of(pair("a", good, 1), pair("b", good, 1), pair("extra", good, 1)),
            List.of(new Problem("unpaired", "none."), new Problem("unpaired-extra", "none.")),
            List.of());
    Report report =
        new Evaluation(subject(Optional.of(folds)), progress::add)
            .run(pairing.scorings(READER, (scores, mask, truth) -> {}), pairing.problems());
    assertEquals(List.of("a", "b"), names(report));
    assertEquals(List.of("unpaired"), report.problems().stream().map(Problem::name).toList());
    assertEquals("3 of 3: extra is in no fold; left out.", progress.get(2));
    assertEquals(List.of("0", "1", "all"), List.copyOf(report.byFold().keySet()));
    assertEquals("b", report.byFold().get("0").get(0).name());
  }

  private static List<String> names(Report report) {
    return report.cases().stream().map(CaseScores::name).toList();
  }

  private Report evaluate(Pairing.Pair... pairs) {
    Pairing pairing = new Pairing(List.of(pairs), List.of(), List.of());
    return new Evaluation(NO_FOLDS, progress::add)
        .run(pairing.scorings(READER, (scores, mask, truth) -> {}), pairing.problems());
  }

  private static Subject subject(Optional<Folds> folds) {
    return new Subject("m", "d", new Stages(Optional.empty(), Pairing.PREDICTION), Set.of(), folds);
  }

  private Pairing.Pair pair(String name, Path prediction, int label) throws IOException {
    return new Pairing.Pair(
        name, prediction, label, file("reference.nii", SOME), 1, Map.of("some/1", "Careful."));
  }

  private Path file(String name, Mask mask) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.write(file, mask);
    return file;
  }
}
