package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.islet.dataset.FolderDataSet;
import org.islet.dataset.FolderDataSet.OtherLabels;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Metric;
import org.islet.evaluate.Report;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.job.DirectCases;
import org.islet.job.FakeRoute;
import org.islet.job.HeapBudget;
import org.islet.job.Segmenter;
import org.islet.plan.RoutePlan;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fake routes find what is bright, so a case's scores follow from its CT and its labels. */
class RouteEvaluationTest {

  private static final long MANY = 1L << 30;
  private static final NiftiReader READER = new NiftiReader(MANY);
  private static final Geometry GRID = Geometry.of(new Size(16, 14, 12), 1, 1, 2);
  private static final Box ORGAN = new Box(4, 4, 4, 12, 10, 8);
  private static final Slot<Mask> COARSE = new Slot<>("coarse-full", Mask.class);

  @TempDir private Path folder;
  private final List<String> progress = new ArrayList<>();
  private final WorstCases worst = new WorstCases(1);

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(folder.resolve("data/images"));
    Files.createDirectories(folder.resolve("data/labels"));
  }

  /** Finds the bright voxels, and coarsely also all others of their slices; and a box. */
  private static void find(Case c) {
    Volume ct = c.get(Case.CT);
    byte[] bright = new byte[ct.size().count()];
    for (int i = 0; i < bright.length; i++) {
      bright[i] = (byte) (ct.at(i) > 100 ? 1 : 0);
    }
    Mask mask = Mask.of(ct.geometry(), bright);
    c.put(RoutePlan.RESULT, mask);
    Box box = Box.around(mask).orElseThrow();
    Size n = ct.size();
    c.put(COARSE, Masks.filled(ct.geometry(), new Box(0, 0, box.z0(), n.x(), n.y(), box.z1())));
    c.put(new Slot<>("coarse", Mask.class), Mask.empty(ct.geometry().downsampled(4)));
    c.put(new Slot<>("box-1", Box.class), box);
  }

  private void write(String name, Box bright, Mask labels) throws IOException {
    short[] hu = new short[GRID.size().count()];
    byte[] inside = Masks.filled(GRID, bright).toBytes();
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (200 * inside[i]);
    }
    NiftiWriter.write(folder.resolve("data/images/" + name), Volume.of(GRID, hu));
    NiftiWriter.write(folder.resolve("data/labels/" + name), labels);
  }

  private Report evaluate(Consumer<Case> work, Stages stages) throws IOException {
    FakeRoute route = new FakeRoute("r", List.of(COARSE, RoutePlan.RESULT), List.of(), work);
    Segmenter segmenter = new Segmenter(READER, new HeapBudget(16, MANY));
    return new RouteEvaluation(
            new DirectCases(segmenter, new ResultFolder(folder.resolve("results"))),
            EvaluatedRoute.of(route, Optional.empty()),
            worst)
        .run(
            new Subject("Route r", "data", stages, Set.of("box-1"), Optional.empty()),
            new FolderDataSet(folder.resolve("data"), 1, OtherLabels.ALLOWED, READER),
            progress::add);
  }

  private Report evaluate(Consumer<Case> work) throws IOException {
    return evaluate(work, new Stages(Optional.of("coarse-full"), "mask"));
  }

  @Test
  void every_mask_at_full_resolution_and_every_box_is_scored_against_the_truth()
      throws IOException {
    write("a.nii.gz", ORGAN, Masks.filled(GRID, ORGAN));
    CaseScores scores = evaluate(RouteEvaluationTest::find).cases().get(0);
    assertEquals(1, scores.value(Metric.DSC, "mask"));
    assertEquals(2.0 * 192 / (192 + 16 * 14 * 4), scores.value(Metric.DSC, "coarse-full"), 1e-12);
    assertEquals(1, scores.value(Metric.BOX_IOU, "box-1"));
    assertEquals(2, scores.masks().size());
    assertEquals(List.of("1 of 1: a"), progress);
  }

  @Test
  void labels_whose_axes_differ_in_order_and_direction_are_compared_all_the_same()
      throws IOException {
    Mask truth = Masks.filled(GRID, ORGAN);
    write("a.nii.gz", ORGAN, new Reorientation(GRID, new Orientation("SLP")).apply(truth));
    assertEquals(1, evaluate(RouteEvaluationTest::find).cases().get(0).value(Metric.DSC, "mask"));
  }

  @Test
  void a_case_that_fails_or_has_no_fit_labels_is_a_problem_and_the_others_are_scored()
      throws IOException {
    write("a.nii.gz", ORGAN, Masks.filled(GRID, ORGAN));
    write("empty.nii.gz", ORGAN, Mask.empty(GRID));
    write("grid.nii.gz", ORGAN, Mask.empty(Masks.grid(16, 14, 12)));
    Files.writeString(folder.resolve("data/images/odd.nii"), "no CT");
    NiftiWriter.write(folder.resolve("data/labels/odd.nii"), Mask.empty(GRID));
    Report report = evaluate(RouteEvaluationTest::find);
    assertEquals(List.of("a"), report.cases().stream().map(CaseScores::name).toList());
    assertEquals(
        List.of("empty", "grid", "odd"), report.problems().stream().map(p -> p.name()).toList());
    assertTrue(report.problems().get(0).reason().contains("no voxel is 1"));
    assertTrue(report.problems().get(1).reason().contains("not on the grid of its CT"));
  }

  @Test
  void a_mask_that_was_not_found_counts_as_empty() throws IOException {
    write("a.nii.gz", ORGAN, Masks.filled(GRID, ORGAN));
    CaseScores scores = evaluate(c -> c.markAbsent(RoutePlan.RESULT)).cases().get(0);
    assertEquals(0, scores.value(Metric.DSC, "mask"));
    assertEquals(-192 * 2 / 1000.0, scores.value(Metric.VOLUME_DIFFERENCE, "mask"), 1e-12);
  }

  @Test
  void a_small_mask_cannot_stand_for_a_stage() throws IOException {
    write("a.nii.gz", ORGAN, Masks.filled(GRID, ORGAN));
    Stages small = new Stages(Optional.of("coarse"), "mask");
    String message =
        assertThrows(IllegalStateException.class, () -> evaluate(RouteEvaluationTest::find, small))
            .getMessage();
    assertTrue(message.contains("'coarse' of 4×4×3") && message.contains("16×14×12"), message);
  }

  @Test
  void each_case_leaves_its_result_and_the_worst_one_its_picture() throws IOException {
    write("a.nii.gz", ORGAN, Masks.filled(GRID, ORGAN));
    write("b.nii.gz", new Box(4, 4, 4, 8, 10, 8), Masks.filled(GRID, ORGAN));
    evaluate(RouteEvaluationTest::find);
    try (var results = Files.list(folder.resolve("results"))) {
      assertEquals(2, results.filter(r -> Files.exists(r.resolve(ResultFolder.MASK))).count());
    }
    assertEquals("b, DSC 66.67", worst.write(folder).get(0).caption());
  }
}
