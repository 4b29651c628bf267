package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @TempDir private Path folder;
  private final List<String> progress = new ArrayList<>();

  @Test
  void scores_each_pair_and_tells_its_progress() throws IOException {
    Mask shifted = Masks.filled(GRID, new Box(7, 5, 5, 15, 15, 10));
    Report report = evaluate(pair("a", file("p.nii", shifted), 1));
    assertEquals(List.of(new CaseScores("a", Scores.of(shifted, SOME))), report.cases());
    assertEquals(List.of(), report.problems());
    assertTrue(progress.get(0).startsWith("a: "), progress.toString());
  }

  @Test
  void compares_the_label_asked_for() throws IOException {
    Path mask = file("p.nii", SOME);
    assertEquals(0, evaluate(pair("a", mask, 2)).cases().get(0).scores().dsc());
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
    assertEquals(List.of("z"), report.cases().stream().map(CaseScores::name).toList());
    List<String> problems = report.problems().stream().map(Problem::toString).toList();
    assertEquals(3, problems.size());
    assertTrue(problems.get(0).startsWith("damaged: " + damaged), problems.get(0));
    assertTrue(problems.get(1).startsWith("missing: " + missing), problems.get(1));
    assertTrue(problems.get(2).startsWith("other: The prediction's grid"), problems.get(2));
  }

  @Test
  void cases_without_a_prediction_stay_problems() {
    Problem unpaired = new Problem("a", "there is no prediction for it.");
    Pairing pairing = new Pairing(List.of(), List.of(unpaired), List.of());
    Report report = new Evaluation(new NiftiReader(1 << 20), progress::add).run(pairing);
    assertEquals(List.of(unpaired), report.problems());
  }

  private Report evaluate(Pairing.Pair... pairs) {
    Pairing pairing = new Pairing(List.of(pairs), List.of(), List.of());
    return new Evaluation(new NiftiReader(1 << 20), progress::add).run(pairing);
  }

  private Pairing.Pair pair(String name, Path prediction, int label) throws IOException {
    return new Pairing.Pair(name, prediction, label, file("reference.nii", SOME), 1);
  }

  private Path file(String name, Mask mask) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.write(file, mask);
    return file;
  }
}
