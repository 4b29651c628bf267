package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.job.CaseListener;
import org.islet.job.DirectCases;
import org.islet.job.FakeRoute;
import org.islet.job.HeapBudget;
import org.islet.job.Segmenter;
import org.islet.plan.RoutePlan;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the result of a CT whose axes lie obliquely and go left, back and down. */
class VerifyCommandTest {

  private static final Geometry TURNED =
      new Geometry(
          new Size(7, 9, 8), Affine.of(0.05, -0.9, 0, 60, 0, 0.02, -0.8, 40, -2.5, 0, 0.03, 300));

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;
  private Path result;

  private static void find(Case c) {
    c.put(RoutePlan.RESULT, Masks.filled(c.get(Case.CT).geometry(), new Box(1, 1, 1, 3, 3, 3)));
  }

  @BeforeEach
  void segment() throws Exception {
    short[] hu = new short[TURNED.size().count()];
    hu[0] = 100;
    Path ct = folder.resolve("ct.nii.gz");
    NiftiWriter.write(ct, Volume.of(TURNED, hu));
    Segmenter segmenter = new Segmenter(new NiftiReader(1 << 20), new HeapBudget(16, 1L << 30));
    result =
        new DirectCases(segmenter, new ResultFolder(folder.resolve("results")))
            .run(
                ct,
                new FakeRoute("r", List.of(RoutePlan.RESULT), List.of(), VerifyCommandTest::find),
                new CaseListener() {})
            .folder();
  }

  private int run(Path... results) {
    return runOn(Stream.of(results).map(Path::toString).toArray(String[]::new));
  }

  private int runOn(String... results) {
    List<String> arguments = new ArrayList<>(List.of("verify"));
    arguments.addAll(List.of(results));
    return Islet.commandLine(
            () -> {
              throw new IllegalStateException("No engine is needed.");
            })
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void a_whole_result_is_told_in_a_line_with_the_manifests_digest() throws Exception {
    assertEquals(0, run(result), err::toString);
    assertEquals(
        "%s: whole, 3 files, manifest sha256 %s%n"
            .formatted(result.getFileName(), Sha256.of(result.resolve("manifest.json"))),
        out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void of_several_each_is_checked_and_one_that_is_wrong_gives_1() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.copy(result.resolve("manifest.json"), copy.resolve("manifest.json"));
    assertEquals(1, run(copy, result));
    assertEquals(3, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith(copy + ": mask.nii.gz is missing"), err::toString);
    assertEquals(1, out.toString().lines().count());
  }

  @Test
  void what_is_no_folder_is_wrong_usage() {
    assertEquals(2, run(result, folder.resolve("nowhere")));
    assertTrue(err.toString().contains("There is no folder"), err::toString);
    assertEquals(2, run());
    assertEquals("", out.toString());
  }

  @Test
  void what_is_no_address_of_a_result_in_storage_is_wrong_usage() {
    for (String address : List.of("s3://bucket", "s3://", "s3://bucket/../case", "s3://b/case")) {
      assertEquals(2, runOn(address), address);
      assertTrue(err.toString().contains("s3://BUCKET/KEY/CASE is expected"), err.toString());
    }
  }

  @Test
  void storage_that_cannot_be_reached_is_told() {
    System.setProperty("islet.s3.endpoint", "http://127.0.0.1:1");
    System.setProperty("islet.s3.access-key", "some-key");
    System.setProperty("islet.s3.secret-key", "some-secret");
    System.setProperty("islet.s3.path-style", "true");
    try {
      assertEquals(1, runOn("s3://bucket/results/abc"));
      assertTrue(err.toString().contains("The object storage cannot be reached"), err.toString());
    } finally {
      for (String key : List.of("endpoint", "access-key", "secret-key", "path-style")) {
        System.clearProperty("islet.s3." + key);
      }
    }
  }
}
