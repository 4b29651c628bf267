package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.format.Sha256;
import org.islet.job.Segmentation;
import org.islet.publish.Manifest.Entry;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultCheckTest {

  @TempDir Path root;

  private Path publish(Segmentation what) throws IOException {
    return new ResultFolder(root).publish(what, () -> true).orElseThrow().folder();
  }

  private Path publish() throws IOException {
    return publish(Published.segmentation("abc"));
  }

  private static String onlyProblem(Path folder) {
    List<String> problems = ResultCheck.of(folder).problems();
    assertEquals(1, problems.size(), problems.toString());
    return problems.get(0);
  }

  private static void assertTells(String expected, Path folder) {
    String problem = onlyProblem(folder);
    assertTrue(problem.contains(expected), problem);
    assertTrue(problem.endsWith("."), problem);
  }

  /** Writes the manifest anew, of what the folder holds now. */
  private static void seal(Path folder) throws IOException {
    seal(folder, Manifest.of("abc", null, folder, ResultFiles.NAMES));
  }

  private static void seal(Path folder, Manifest manifest) throws IOException {
    Files.write(folder.resolve("manifest.json"), manifest.toBytes());
  }

  private static void edit(Path file, UnaryOperator<String> change) throws IOException {
    Files.writeString(file, change.apply(Files.readString(file)));
  }

  @Test
  void a_result_is_whole_wherever_it_is() throws IOException {
    Path moved = Files.move(publish(), root.resolve("elsewhere"));
    ResultCheck check = ResultCheck.of(moved);
    assertEquals(List.of(), check.problems());
    assertEquals("abc", check.caseId());
    assertEquals(3, check.files());
    assertEquals(Sha256.of(moved.resolve("manifest.json")), check.sha256());
  }

  @Test
  void the_manifest_lists_every_other_file_by_name_with_length_and_digest() throws IOException {
    Path folder = publish();
    Manifest manifest = Manifest.of(Files.readAllBytes(folder.resolve("manifest.json")));
    assertEquals(
        List.of("mask.nii.gz", "preview.png", "result.json"),
        manifest.files().stream().map(Entry::name).toList());
    Path mask = folder.resolve("mask.nii.gz");
    assertEquals(
        new Entry("mask.nii.gz", Files.size(mask), Sha256.of(mask)), manifest.files().get(0));
  }

  @Test
  void a_folder_without_a_manifest_is_no_result() throws IOException {
    assertTells("There is no manifest.json", root);
    assertTells("There is no manifest.json", root.resolve("nowhere"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mask.nii.gz", "preview.png", "result.json"})
  void a_file_that_is_missing_or_a_link_or_has_another_length_is_named(String name)
      throws IOException {
    Path file = publish().resolve(name);
    byte[] content = Files.readAllBytes(file);
    Files.delete(file);
    assertTells(name + " is missing", file.getParent());
    Files.createSymbolicLink(file, Files.write(root.resolve("outside"), content));
    assertTells(name + " is missing, or is no file", file.getParent());
    Files.delete(file);
    Files.write(file, new byte[7]);
    assertTells(name + " has 7 bytes, but had " + content.length, file.getParent());
  }

  @Test
  void all_that_is_wrong_is_told_at_once() throws IOException {
    Path folder = publish();
    Files.delete(folder.resolve("mask.nii.gz"));
    Files.writeString(folder.resolve("result.json"), "{}");
    Files.writeString(folder.resolve("notes.txt"), "notes");
    assertEquals(3, ResultCheck.of(folder).problems().size());
  }

  @Test
  void a_file_that_the_manifest_does_not_list_is_a_stranger_but_the_result_is_found()
      throws IOException {
    Path folder = publish();
    Files.writeString(folder.resolve("no\ntes"), "notes");
    assertTells("'no tes' lies beside the files", folder);
    assertTrue(new ResultFolder(root).find("abc").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "/etc/passwd", "a/../../outside", ".", "..", "", "a\0b"})
  void a_name_that_leads_elsewhere_is_not_followed(String name) throws IOException {
    Path folder = publish();
    Path outside = Files.writeString(root.resolve("outside"), "secret");
    Manifest manifest = Manifest.of(Files.readAllBytes(folder.resolve("manifest.json")));
    List<Entry> more =
        Stream.concat(
                manifest.files().stream(),
                Stream.of(new Entry(name, Files.size(outside), Sha256.of(outside))))
            .sorted(Comparator.comparing(Entry::name))
            .toList();
    seal(folder, new Manifest(1, "abc", null, more));
    assertTells("which is no name of a file of a result", folder);
  }

  @Test
  void a_manifest_that_lists_too_little_is_not_that_of_a_result() throws IOException {
    Path folder = publish();
    seal(folder, Manifest.of("abc", null, folder, List.of("mask.nii.gz", "result.json")));
    List<String> problems = ResultCheck.of(folder).problems();
    assertTrue(problems.get(0).contains("does not list preview.png"), problems.toString());
  }

  @Test
  void a_length_that_no_result_has_is_refused_before_the_file_is_read() throws IOException {
    Path folder = publish();
    long absurd = 1L << 40;
    try (var file = new RandomAccessFile(folder.resolve("preview.png").toFile(), "rw")) {
      file.setLength(absurd); // sparse: takes no room
    }
    Manifest manifest = Manifest.of(Files.readAllBytes(folder.resolve("manifest.json")));
    seal(
        folder,
        new Manifest(
            1,
            "abc",
            null,
            manifest.files().stream()
                .map(e -> e.name().equals("preview.png") ? new Entry(e.name(), absurd, "0") : e)
                .toList()));
    assertTells("preview.png has 1099511627776 bytes, more than", folder);
  }

  @Test
  void a_manifest_that_is_far_too_large_is_not_read() throws IOException {
    Path folder = publish();
    try (var file = new RandomAccessFile(folder.resolve("manifest.json").toFile(), "rw")) {
      file.setLength(1L << 40);
    }
    assertTells("manifest.json is no file, or far too large", folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{}", "{\"schema\":2}", "no json", "{\"schema\":1,"})
  void what_is_no_manifest_is_damaged(String text) throws IOException {
    Path folder = publish();
    Files.writeString(folder.resolve("manifest.json"), text);
    assertTells("manifest.json is damaged, or of a later version", folder);
  }

  @Test
  void brackets_without_end_do_no_harm() throws IOException {
    Path folder = publish();
    Files.writeString(folder.resolve("manifest.json"), "[".repeat(1_000_000));
    assertTells("manifest.json is damaged", folder);
    Files.writeString(folder.resolve("manifest.json"), "{\"case\":".repeat(100_000));
    assertTells("manifest.json is damaged", folder);
  }

  @Test
  void a_manifest_is_written_in_one_way_alone() throws IOException {
    Path folder = publish();
    edit(folder.resolve("manifest.json"), text -> text.replace("\"case\" : ", "\"case\":"));
    assertTells("manifest.json is damaged", folder);
  }

  @Test
  void files_of_two_results_are_told_apart() throws IOException {
    Path folder = publish();
    edit(
        folder.resolve("result.json"),
        text -> text.replace("\"abc\",\n  \"out", "\"abd\",\n  \"out"));
    seal(folder);
    assertTells("result.json is of case abd, but manifest.json of case abc", folder);
  }

  @Test
  void a_report_that_cannot_be_read_is_told_though_its_digest_is_right() throws IOException {
    Path folder = publish();
    Files.writeString(folder.resolve("result.json"), "{}");
    seal(folder);
    assertTells("result.json is no report", folder);
  }

  @Test
  void a_mask_with_other_voxels_than_the_report_says_is_told() throws IOException {
    Path folder = publish(Published.segmentation(Published.report("abc", 217), Published.MASK));
    assertTells("mask.nii.gz holds 216 voxels, but result.json says 217", folder);
  }

  @Test
  void a_mask_on_another_grid_than_the_cts_is_told() throws IOException {
    Box box = new Box(4, 6, 8, 10, 12, 14);
    Geometry moved =
        new Geometry(Published.GRID.size(), Affine.of(1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 1, 0));
    for (Geometry other : List.of(moved, Masks.grid(20, 20, 21))) {
      Mask mask = Masks.filled(other, box);
      Path folder =
          publish(Published.segmentation(Published.report("abc-" + other.size().z(), 216), mask));
      assertTells("mask.nii.gz lies on " + other.size() + " voxels", folder);
    }
  }

  @Test
  void a_mask_of_other_values_or_that_is_none_is_told() throws IOException {
    Path folder = publish();
    short[] values = new short[8000];
    Arrays.fill(values, 0, 216, (short) 1);
    values[1000] = 3;
    NiftiWriter.write(folder.resolve("mask.nii.gz"), Volume.of(Published.GRID, values));
    seal(folder);
    assertTells("holds 3.0, but a mask only 0 and 1", folder);
    Files.writeString(folder.resolve("mask.nii.gz"), "no mask at all");
    seal(folder);
    assertTells("mask.nii.gz cannot be read as one. This is not a NIfTI file", folder);
  }

  @Test
  void a_report_whose_grid_is_none_is_told() throws IOException {
    Path folder = publish();
    String size = "\"size\" : [ 20, 20, 20 ]";
    edit(folder.resolve("result.json"), text -> text.replace(size, "\"size\" : [ 20, 20 ]"));
    seal(folder);
    assertTells("A grid has a size along 3 axes", folder);
  }
}
