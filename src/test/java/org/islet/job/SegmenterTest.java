package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.islet.format.CtFiles;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.job.CaseReport.Outcome;
import org.islet.plan.RoutePlan;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.stage.Stages;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmenterTest {

  private static final long MANY = 1L << 30;

  /** Leftwards, backwards and downwards axes in the order z, x, y, a little oblique. */
  private static final Geometry TURNED =
      new Geometry(
          new Size(7, 9, 8), Affine.of(0.05, -0.9, 0, 60, 0, 0.02, -0.8, 40, -2.5, 0, 0.03, 300));

  @TempDir Path folder;

  private static SegmentationRoute route(Consumer<Case> work) {
    return new FakeRoute("test", List.of(RoutePlan.RESULT), List.of(), work);
  }

  private static Segmenter segmenter(long heap) {
    return new Segmenter(new NiftiReader(MANY), new HeapBudget(16, heap));
  }

  private DirectCases cases(long heap) {
    return new DirectCases(segmenter(heap), results());
  }

  private CaseResult segment(Path ct, Consumer<Case> work) throws CaseFailedException {
    return cases(MANY).run(ct, route(work), new CaseListener() {});
  }

  private ResultFolder results() {
    return new ResultFolder(folder.resolve("results"));
  }

  private static void brightVoxels(Case c) {
    Volume ct = c.get(Case.CT);
    byte[] inside = new byte[ct.size().count()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (byte) (ct.at(i) > 100 ? 1 : 0);
    }
    c.put(RoutePlan.RESULT, Mask.of(ct.geometry(), inside));
  }

  private Path ct(Geometry grid) throws IOException {
    short[] hu = new short[grid.size().count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (i * 37 % 211);
    }
    Path file = folder.resolve("ct.nii.gz");
    NiftiWriter.write(file, Volume.of(grid, hu));
    return file;
  }

  private List<Path> leftovers() throws IOException {
    if (!Files.exists(folder.resolve("results"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return files.toList();
    }
  }

  private CaseFailedException failure(Path ct, long heap, Consumer<Case> work) {
    return assertThrows(
        CaseFailedException.class, () -> cases(heap).run(ct, route(work), new CaseListener() {}));
  }

  @Test
  void the_route_sees_ras_and_the_mask_comes_back_on_the_files_own_grid() throws Exception {
    Path file = ct(TURNED);
    CaseResult result =
        segment(
            file,
            c -> {
              assertEquals("RAS", c.get(Case.CT).geometry().orientation().code());
              brightVoxels(c);
            });
    NiftiReader reader = new NiftiReader(MANY);
    Volume original = reader.readCt(file);
    Mask mask = reader.readMask(result.folder().resolve(ResultFolder.MASK), 1);
    assertTrue(mask.geometry().matches(original.geometry()));
    byte[] inside = mask.toBytes();
    for (int i = 0; i < inside.length; i++) {
      assertEquals(original.at(i) > 100 ? 1 : 0, inside[i], "voxel " + i);
    }
    assertArrayEquals(new int[] {7, 9, 8}, result.report().input().size());
  }

  @Test
  void the_case_is_named_by_the_files_digest_and_never_by_its_name() throws Exception {
    CaseResult result = segment(ct(TURNED), SegmenterTest::brightVoxels);
    assertEquals(result.report().input().sha256().substring(0, 12), result.report().caseId());
    assertEquals(result.report().caseId(), result.folder().getFileName().toString());
  }

  @Test
  void an_absent_result_is_an_empty_mask_and_the_outcome_says_so() throws Exception {
    CaseResult result = segment(ct(TURNED), c -> c.markAbsent(RoutePlan.RESULT));
    assertEquals(Outcome.EMPTY, result.report().outcome());
    Mask mask = new NiftiReader(MANY).readMask(result.folder().resolve(ResultFolder.MASK), 1);
    assertEquals(0, mask.count());
    assertEquals(TURNED.size(), mask.size());
  }

  @Test
  void a_file_that_is_no_ct_fails_with_the_readers_code_and_leaves_nothing() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no CT at all");
    CaseFailedException failure = failure(file, MANY, SegmenterTest::brightVoxels);
    assertEquals("not-nifti", failure.code());
    assertFalse(failure.getMessage().contains("notes.txt"));
    assertEquals(List.of(), leftovers());
  }

  @Test
  void a_stage_that_fails_is_named_and_leaves_nothing() throws Exception {
    CaseFailedException failure =
        failure(
            ct(TURNED),
            MANY,
            c -> {
              throw new StageFailedException("clip", new IllegalStateException("no reason."));
            });
    assertEquals("stage-failed", failure.code());
    assertEquals("clip", failure.stage());
    assertTrue(failure.getMessage().contains("no reason."));
    assertEquals(List.of(), leftovers());
  }

  @Test
  void a_result_on_another_grid_than_the_cts_is_the_failure_of_the_stage_that_wrote_it()
      throws Exception {
    CaseFailedException failure =
        failure(
            ct(Geometry.of(new Size(4, 4, 4), 2, 2, 2)),
            MANY,
            c -> {
              Stages.bind("downsample?input=ct&factor=2&output=small").run(c);
              Stages.bind("threshold?input=small&output=mask").run(c);
            });
    assertEquals("stage-failed", failure.code());
    assertEquals("threshold", failure.stage());
    assertEquals(
        "The stage 'threshold' failed: the route's result 'mask' must lie on the CT's grid,"
            + " 4×4×4 voxels at [2.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0], but"
            + " lies on another, 2×2×2 voxels at"
            + " [4.0, 0.0, 0.0, 1.0, 0.0, 4.0, 0.0, 1.0, 0.0, 0.0, 4.0, 1.0]."
            + " Mend the stage, or bring the mask back to the CT's grid in the route.",
        failure.getMessage());
    assertEquals(List.of(), leftovers());
  }

  @Test
  void a_failure_without_a_message_is_told_by_its_kind() throws Exception {
    CaseFailedException failure =
        failure(
            ct(TURNED),
            MANY,
            c -> {
              throw new StageFailedException("clip", new ArithmeticException());
            });
    assertEquals("The stage 'clip' failed: java.lang.ArithmeticException", failure.getMessage());
  }

  @Test
  void a_ct_that_cannot_fit_into_the_heap_is_refused_with_the_numbers() throws Exception {
    Path file = ct(Geometry.of(new Size(200, 200, 100), 1, 1, 1));
    CaseFailedException failure = failure(file, 150L << 20, SegmenterTest::brightVoxels);
    assertTrue(failure.getMessage().contains("200×200×100"), failure.getMessage());
    assertTrue(failure.getMessage().contains("189 MiB"), failure.getMessage());
    assertTrue(failure.getMessage().contains("-Xmx"), failure.getMessage());
  }

  @Test
  void a_heap_that_is_exhausted_all_the_same_fails_the_case_and_not_the_process() throws Exception {
    CaseFailedException failure =
        failure(
            ct(TURNED),
            MANY,
            c -> {
              throw new StageFailedException("clip", new OutOfMemoryError("Java heap space"));
            });
    assertTrue(failure.getMessage().contains("-Xmx"), failure.getMessage());
  }

  @Test
  void an_error_of_the_jvm_fails_the_case_and_not_the_process() throws Exception {
    CaseFailedException failure =
        failure(
            ct(TURNED),
            MANY,
            c -> {
              throw new StackOverflowError();
            });
    assertEquals("internal", failure.code());
    assertEquals(
        "Something unexpected went wrong: java.lang.StackOverflowError", failure.getMessage());
  }

  @Test
  void a_file_that_is_not_what_it_was_fails_before_it_is_read() throws Exception {
    Path file = ct(TURNED);
    List<String> accepted = new ArrayList<>();
    CaseListener listener =
        new CaseListener() {
          @Override
          public void accepted(String caseId, int stages) {
            accepted.add(caseId);
          }
        };
    CaseFailedException failure =
        assertThrows(
            CaseFailedException.class,
            () ->
                segmenter(MANY)
                    .segment("a", file, "another", route(SegmenterTest::brightVoxels), listener));
    assertEquals("input-changed", failure.code());
    assertEquals("a", failure.caseId());
    assertTrue(failure.getMessage().contains("and was another"), failure.getMessage());
    assertEquals(List.of(), accepted);
    Segmentation found =
        segmenter(MANY)
            .segment("b", file, CtFiles.sha256(file), route(SegmenterTest::brightVoxels), listener);
    assertEquals(CtFiles.sha256(file), found.report().input().sha256());
    assertEquals("b", found.report().caseId());
    assertEquals(List.of("b"), accepted);
  }

  @Test
  void a_file_without_a_header_is_not_accepted() throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no CT at all");
    CaseListener listener =
        new CaseListener() {
          @Override
          public void accepted(String caseId, int stages) {
            throw new AssertionError("accepted");
          }
        };
    CaseFailedException failure =
        assertThrows(
            CaseFailedException.class,
            () -> segmenter(MANY).segment("a", file, route(c -> {}), listener));
    assertEquals("not-nifti", failure.code());
  }
}
