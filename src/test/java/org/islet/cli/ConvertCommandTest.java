package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.phantom.Phantom;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** On a phantom whose label is stored along LPS with a header that says LAS, at the origin. */
class ConvertCommandTest {

  private final Phantom phantom = Phantom.generate(7, Phantom.wholeAbdomen(new Size(48, 48, 32)));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @BeforeEach
  void writePair() throws IOException {
    NiftiWriter.write(folder.resolve("ct.nii.gz"), phantom.ct());
    Mask mask = phantom.pancreas();
    Mask stored = new Reorientation(mask.geometry(), new Orientation("LPS")).apply(mask);
    Affine lies = Affine.of(-7.5, 0, 0, 0, 0, 7.5, 0, 0, 0, 0, 7.5, 0);
    Geometry elsewhere = new Geometry(stored.size(), lies);
    NiftiWriter.write(
        folder.resolve("label.nii.gz"), stored.pastedInto(elsewhere, Box.of(stored.size())));
  }

  @Test
  void a_label_is_laid_onto_its_cts_grid_along_the_axes_that_are_stated() throws IOException {
    assertEquals(
        0, run("label.nii.gz", "out/laid.nii.gz", "--onto", "ct.nii.gz", "--axes", "LPS"), err());
    NiftiReader reader = new NiftiReader(1 << 24);
    Mask laid = reader.readMask(folder.resolve("out/laid.nii.gz"), 1);
    assertEquals(
        reader.header(folder.resolve("ct.nii.gz")).geometry(), laid.geometry(), "not a bit apart");
    assertArrayEquals(phantom.pancreas().toBytes(), laid.toBytes());
    assertTrue(out.toString().contains("axes LPS, HU inside: median "), out::toString);
    assertEquals("", err());
  }

  @Test
  void a_label_laid_by_a_header_that_lies_is_warned_of_with_the_axes_that_suit_better() {
    assertEquals(0, run("label.nii.gz", "laid.nii.gz", "--onto", "ct.nii.gz"));
    assertTrue(out.toString().contains("axes LAS"), out::toString);
    assertTrue(err().contains("gas, fat or bone"), err());
    assertTrue(err().contains("with --axes LPS the label would hold more even tissue"), err());
  }

  @Test
  void the_picture_shows_the_outline() throws IOException {
    run("label.nii.gz", "a.nii", "--onto", "ct.nii.gz", "--axes", "LPS", "--picture", "a.png");
    var image = ImageIO.read(folder.resolve("a.png").toFile());
    int outlined = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        outlined += (image.getRGB(x, y) & 0xFFFFFF) == 0x00c8ff ? 1 : 0;
      }
    }
    assertTrue(outlined > 100, outlined + " pixels");
  }

  @Test
  void a_nifti_ct_is_copied_voxel_for_voxel() throws IOException {
    assertEquals(0, run("ct.nii.gz", "copy.nii"));
    assertArrayEquals(
        phantom.ct().shorts().orElseThrow(),
        new NiftiReader(1 << 24).readCt(folder.resolve("copy.nii")).shorts().orElseThrow());
    assertTrue(out.toString().contains("48×48×32 voxels of 7.500×7.500×7.500 mm, axes RAS"));
  }

  @Test
  void refuses_a_label_that_does_not_fit_and_leaves_nothing_behind() throws IOException {
    assertEquals(
        1, run("label.nii.gz", "laid.nii.gz", "--onto", "ct.nii.gz", "--axes", "SPL"), err());
    assertTrue(err().contains("label.nii.gz was refused"), err());
    assertTrue(err().contains("32×48×48 voxels, but the CT 48×48×32"), err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count());
    }
  }

  @Test
  void refuses_a_label_without_the_organ_and_a_ct_that_is_none() throws IOException {
    assertEquals(
        1, run("label.nii.gz", "laid.nii.gz", "--onto", "ct.nii.gz", "--label", "7"), err());
    assertTrue(err().contains("No voxel is 7"), err());
    Files.writeString(folder.resolve("notes.nii"), "not a CT");
    assertEquals(1, run("label.nii.gz", "laid.nii.gz", "--onto", "notes.nii"));
    assertTrue(err().contains("notes.nii was refused"), err());
  }

  @Test
  void says_that_other_values_are_left_out() throws IOException {
    NiftiWriter.write(folder.resolve("organs.nii"), phantom.ct());
    assertEquals(
        0, run("organs.nii", "laid.nii.gz", "--onto", "ct.nii.gz", "--label", "40"), err());
    assertTrue(err().contains("other value(s); they are left out"), err());
  }

  @Test
  void refuses_a_folder_without_a_series() throws IOException {
    Files.createDirectories(folder.resolve("series/inside"));
    assertEquals(1, run("series", "ct.nii"));
    assertTrue(err().contains("Of the 0 files in this folder none is a slice"), err());
  }

  @Test
  void refuses_to_overwrite_and_leaves_the_file_alone() throws IOException {
    Files.writeString(folder.resolve("mine.nii"), "mine");
    assertEquals(2, run("ct.nii.gz", "mine.nii"));
    assertEquals(2, run("ct.nii.gz", "copy.nii", "--picture", "mine.nii"));
    assertEquals("mine", Files.readString(folder.resolve("mine.nii")));
    assertFalse(Files.exists(folder.resolve("copy.nii")));
    assertTrue(err().contains("exists already"), err());
  }

  @Test
  void wrong_usage_exits_with_2_and_a_sentence() {
    assertEquals(2, run("label.nii.gz", "laid.nii.gz", "--onto", "ct.nii.gz", "--axes", "LPX"));
    assertTrue(err().contains("'LPX' is not an orientation"), err());
    assertEquals(2, run("label.nii.gz", "laid.nii.gz", "--axes", "LPS"));
    assertTrue(err().contains("--onto"), err());
    assertEquals(2, run("nowhere", "laid.nii.gz"));
    assertTrue(err().contains("There is no file or folder"), err());
    assertEquals(2, run("label.nii.gz", "laid.nii.gz", "--onto", "nowhere"));
    assertEquals(2, run("ct.nii.gz", "ct.mha"));
    assertTrue(err().contains(".nii or .nii.gz"), err());
  }

  private String err() {
    return err.toString();
  }

  /** Runs the command; arguments that name files are taken in the test's folder. */
  private int run(String... arguments) {
    String[] placed =
        Stream.of(arguments)
            .map(a -> a.matches("[a-z].*") ? folder.resolve(a).toString() : a)
            .toArray(String[]::new);
    return new CommandLine(new ConvertCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(placed);
  }
}
