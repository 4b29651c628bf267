package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.islet.dataset.FolderDataSet.OtherLabels;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderDataSetTest {

  private static final Geometry GRID =
      new Geometry(new Size(4, 3, 2), Affine.scaling(0.75, 0.75, 2.5, -10, -20, 30));
  private static final NiftiReader READER = new NiftiReader(1L << 30);

  @TempDir private Path folder;

  private FolderDataSet find() throws IOException {
    return find(1, OtherLabels.REFUSED);
  }

  private FolderDataSet find(int label, OtherLabels others) throws IOException {
    return new FolderDataSet(folder, label, others, READER);
  }

  private Path ct(String name) throws IOException {
    return ct(name, Masks.indices(GRID));
  }

  private Path ct(String name, Volume volume) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    NiftiWriter.write(file, volume);
    return file;
  }

  /** A label file with these values at its first voxels. */
  private Path labels(String name, int... values) throws IOException {
    short[] voxels = new short[GRID.size().count()];
    for (int i = 0; i < values.length; i++) {
      voxels[i] = (short) values[i];
    }
    return ct(name, Volume.of(GRID, voxels));
  }

  /** The problems that reading a case ends in. */
  private List<Problem> problemsOf(FolderDataSet data, String id) {
    var refusal = assertThrows(DataSetProblemsException.class, () -> data.read(id));
    assertEquals(
        String.join("\n", refusal.problems().stream().map(Problem::toString).toList()),
        refusal.getMessage());
    return refusal.problems();
  }

  @ParameterizedTest
  @CsvSource({"images,labels", "imagesTr,labelsTr"})
  void an_image_and_the_label_of_its_name_are_a_case_with_or_without_the_channel(
      String images, String labels) throws IOException {
    ct(images + "/liver_2.nii");
    labels(labels + "/liver_2.nii.gz", 1);
    Path image = ct(images + "/liver_10_0000.nii.gz");
    labels(labels + "/liver_10.hdr", 0, 1);
    ct(images + "/odd_0000.nii.gz");
    labels(labels + "/odd_0000.nii.gz", 0, 0, 1);
    FolderDataSet data = find();
    assertEquals(List.of("liver_10", "liver_2", "odd_0000"), data.ids());
    assertEquals(List.of(), data.problems());
    assertEquals(image, data.image("liver_10"));
    LabelledCt one = data.read("liver_10");
    assertArrayEquals(Masks.indices(GRID).toFloats(), one.ct().toFloats());
    assertEquals(1, one.organ().count());
    assertTrue(one.organ().contains(1, 0, 0));
    assertTrue(data.read("odd_0000").organ().contains(2, 0, 0));
    var unknown = assertThrows(IllegalArgumentException.class, () -> data.read("liver_3"));
    assertEquals("There is no case liver_3 in the data set.", unknown.getMessage());
  }

  @Test
  void files_that_are_no_nifti_by_name_and_hidden_ones_are_left_alone() throws IOException {
    ct("images/a.nii");
    labels("labels/a.nii", 1);
    Files.writeString(folder.resolve("images/dataset.json"), "{}");
    Files.writeString(folder.resolve("labels/._a.nii.gz"), "");
    Files.createDirectory(folder.resolve("images/thumbnails"));
    assertEquals(List.of("a"), find().ids());
    assertEquals(List.of(), find().problems());
  }

  @Test
  void an_image_or_a_label_alone_is_a_problem() throws IOException {
    Path image = ct("images/a_0000.nii");
    Path label = labels("labels/b.nii", 1);
    ct("images/c.nii");
    labels("labels/c.nii", 1);
    FolderDataSet data = find();
    assertEquals(List.of("c"), data.ids());
    assertEquals(
        List.of(
            new Problem(
                image,
                "there is no label for it in %s. Put one there, or take this file away."
                    .formatted(folder.resolve("labels"))),
            new Problem(
                label,
                "there is no image for it in %s. Put one there, or take this file away."
                    .formatted(folder.resolve("images")))),
        data.problems());
  }

  @Test
  void several_images_or_labels_of_one_case_are_a_problem() throws IOException {
    Path image = ct("images/a.nii");
    ct("images/a_0000.nii.gz");
    labels("labels/a.nii", 1);
    ct("images/b.nii");
    Path label = labels("labels/b.hdr", 1);
    labels("labels/b.nii.gz", 1);
    FolderDataSet data = find();
    assertEquals(List.of(), data.ids());
    assertEquals(
        List.of(
            new Problem(image, "2 files are images of case a; keep one: a.nii, a_0000.nii.gz."),
            new Problem(label, "2 files are labels of case b; keep one: b.hdr, b.nii.gz.")),
        data.problems());
  }

  @Test
  void a_folder_without_a_layout_or_with_both_or_with_no_case_is_refused() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    Files.createDirectory(folder.resolve("labelsTr"));
    String expected =
        folder
            + ": images/ and labels/ were expected in it, or imagesTr/ and labelsTr/, but %s. Give"
            + " the folder that holds one of these pairs.";
    var none = assertThrows(DataSetProblemsException.class, this::find);
    assertEquals(expected.formatted("neither of the two is there"), none.getMessage());
    Files.createDirectory(folder.resolve("labels"));
    var empty = assertThrows(DataSetProblemsException.class, this::find);
    assertEquals(
        folder.resolve("images") + ": there is no NIfTI file (.nii, .nii.gz, .hdr) in this folder.",
        empty.getMessage());
    Files.createDirectory(folder.resolve("imagesTr"));
    var both = assertThrows(DataSetProblemsException.class, this::find);
    assertEquals(expected.formatted("both are there"), both.getMessage());
  }

  @Test
  void a_label_without_the_organ_is_a_problem_that_tells_what_is_there() throws IOException {
    ct("images/a.nii");
    Path empty = labels("labels/a.nii");
    ct("images/b.nii");
    Path other = labels("labels/b.nii", 7, 2, 2, 10);
    assertEquals(
        List.of(
            new Problem(
                empty,
                "no voxel is 1, the organ's label; all are 0. Draw the organ, or take the case"
                    + " away.")),
        problemsOf(find(), "a"));
    assertEquals(
        List.of(
            new Problem(
                other,
                "no voxel is 1, the organ's label, but some are 2, 7, 10. Name the right label.")),
        problemsOf(find(1, OtherLabels.ALLOWED), "b"));
  }

  @Test
  void other_labels_are_a_problem_unless_they_are_allowed() throws IOException {
    ct("images/a.nii");
    Path label = labels("labels/a.nii", 0, 3, 7, 7, 1, 300);
    assertEquals(
        List.of(
            new Problem(
                label,
                "besides 0 and 7, the organ's label, it holds 1, 3, 300. If these are other organs,"
                    + " allow other labels; if not, mend the file.")),
        problemsOf(find(7, OtherLabels.REFUSED), "a"));
    Mask organ = find(7, OtherLabels.ALLOWED).read("a").organ();
    assertEquals(2, organ.count());
    assertTrue(organ.contains(2, 0, 0) && organ.contains(3, 0, 0));
  }

  @Test
  void of_very_many_labels_some_are_named_and_fractions_as_they_are() throws IOException {
    ct("images/a.nii");
    float[] values = new float[GRID.size().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + 0.5f * i;
    }
    ct("labels/a.nii", Volume.of(GRID, values));
    String reason = problemsOf(find(), "a").get(0).reason();
    assertTrue(reason.contains("it holds 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5 and more. If"), reason);
  }

  @Test
  void all_that_is_wrong_with_both_files_of_a_case_is_told() throws IOException {
    float[] hu = new float[GRID.size().count()];
    hu[GRID.size().index(1, 2, 0)] = Float.NaN;
    Path image = ct("images/a.nii", Volume.of(GRID, hu));
    Path label = labels("labels/a.nii");
    Files.write(label, Arrays.copyOf(Files.readAllBytes(label), 390));
    List<Problem> problems = problemsOf(find(), "a");
    assertEquals(List.of(image, label), problems.stream().map(Problem::file).toList());
    assertTrue(problems.get(0).reason().startsWith("Voxel (1, 2, 0) is NaN"), problems::toString);
    assertTrue(
        problems.get(1).reason().startsWith("The file is cut short: it holds 390 of 400"),
        problems::toString);
  }

  @Test
  void a_label_on_another_grid_is_a_problem_with_the_numbers_of_both() throws IOException {
    Path image = ct("images/a.nii");
    Geometry finer =
        new Geometry(new Size(4, 3, 4), Affine.scaling(0.75, 0.75, 1.25, -10, -20, 30));
    Path label = ct("labels/a.nii", Volume.of(finer, new float[48]));
    NiftiWriter.write(label, Masks.of(finer, new int[] {1, 1, 1}));
    assertEquals(
        List.of(
            new Problem(
                label,
                "it is not on the grid of its CT, "
                    + image
                    + ". In RAS axes the label is on 4×3×4 voxels of 0.750×0.750×1.250 mm whose"
                    + " first lies at (-10.0, -20.0, 30.0) mm, but the CT on 4×3×2 voxels of"
                    + " 0.750×0.750×2.500 mm whose first lies at (-10.0, -20.0, 30.0) mm. Resample"
                    + " the label to the CT, or mend the affine that is wrong.")),
        problemsOf(find(), "a"));
  }

  @ParameterizedTest
  @CsvSource({"LAS,LPI", "LPS,RAS", "RAS,LAS", "LPS,SPL"})
  void a_label_stored_along_other_axes_than_its_ct_is_matched(String ofCt, String ofLabel)
      throws IOException {
    Volume ct = Masks.indices(GRID);
    Mask organ = Masks.of(GRID, new int[] {0, 1, 0}, new int[] {3, 1, 0}, new int[] {2, 2, 1});
    ct("images/a.nii", new Reorientation(GRID, new Orientation(ofCt)).apply(ct));
    Path label = labels("labels/a.nii");
    NiftiWriter.write(label, new Reorientation(GRID, new Orientation(ofLabel)).apply(organ));
    LabelledCt labelled = find().read("a");
    assertArrayEquals(ct.toFloats(), labelled.ct().toFloats());
    assertArrayEquals(organ.toBytes(), labelled.organ().toBytes());
    assertTrue(labelled.ct().geometry().matches(GRID));
  }

  @Test
  void a_label_that_nibabel_turned_is_matched() throws IOException, InterruptedException {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "there is no " + python);
    Process probe = new ProcessBuilder(python.toString(), "-c", "import nibabel").start();
    assumeTrue(probe.waitFor() == 0, python + " has no nibabel");
    Files.createDirectories(folder.resolve("images"));
    Files.createDirectories(folder.resolve("labels"));
    String script =
        """
        import nibabel as nib, numpy as np
        rng = np.random.default_rng(1)
        turn = nib.orientations.ornt_transform
        code = nib.orientations.axcodes2ornt
        pairs = [('LPS', 'RAS'), ('LAS', 'PIR'), ('SRA', 'LPI')]
        for n, (of_ct, of_label) in enumerate(pairs):
            affine = np.array([[.7, .02, 0, -90], [-.02, .7, 0, -120], [0, 0, 2, 30], [0, 0, 0, 1]])
            hu = rng.integers(-1000, 1000, (7, 6, 5)).astype(np.int16)
            # The organ is where the CT is above 300 HU.
            for folder, data, axes in (('images', hu, of_ct),
                                       ('labels', (hu > 300).astype(np.uint8), of_label)):
                image = nib.Nifti1Image(data, affine)
                turned = image.as_reoriented(turn(code('RAS'), code(axes)))
                assert ''.join(nib.aff2axcodes(turned.affine)) == axes
                nib.save(turned, f'{folder}/case-{n}.nii.gz')
        """;
    Process process =
        new ProcessBuilder(python.toString(), "-W", "ignore", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    FolderDataSet data = find();
    assertEquals(List.of("case-0", "case-1", "case-2"), data.ids());
    for (String id : data.ids()) {
      LabelledCt labelled = data.read(id);
      assertEquals(new Size(7, 6, 5), labelled.ct().size());
      for (int i = 0; i < labelled.ct().size().count(); i++) {
        assertEquals(labelled.ct().at(i) > 300 ? 1 : 0, labelled.organ().toBytes()[i]);
      }
    }
  }

  @Test
  void one_organ_of_a_real_file_of_many_is_read() throws IOException {
    Path shared = Path.of("../shared/data/totalsegmentator").toAbsolutePath();
    assumeTrue(Files.isDirectory(shared), "the shared data are not here");
    Files.createDirectories(folder.resolve("imagesTr"));
    Files.createDirectories(folder.resolve("labelsTr"));
    Files.copy(shared.resolve("ct-3mm.nii.gz"), folder.resolve("imagesTr/ct_0000.nii.gz"));
    Files.copy(shared.resolve("ct-3mm-organs.nii.gz"), folder.resolve("labelsTr/ct.nii.gz"));
    assertEquals(695, find(7, OtherLabels.ALLOWED).read("ct").organ().count());
    String reason = problemsOf(find(7, OtherLabels.REFUSED), "ct").get(0).reason();
    assertTrue(reason.startsWith("besides 0 and 7, the organ's label, it holds 1, 2,"), reason);
  }

  @Test
  void a_fingerprint_changes_with_either_file_and_with_what_is_read_from_it() throws IOException {
    Path image = ct("images/a.nii");
    labels("labels/a.hdr", 1);
    Path voxels = Files.write(folder.resolve("labels/a.img"), new byte[3]);
    String first = find().fingerprint("a");
    assertEquals(first, find().fingerprint("a"));
    assertNotEquals(first, find(2, OtherLabels.REFUSED).fingerprint("a"));
    assertNotEquals(first, find(1, OtherLabels.ALLOWED).fingerprint("a"));
    Files.setLastModifiedTime(image, FileTime.fromMillis(1_000_000_000_000L));
    String second = find().fingerprint("a");
    assertNotEquals(first, second);
    Files.write(voxels, new byte[4]);
    assertNotEquals(second, find().fingerprint("a"));
  }
}
