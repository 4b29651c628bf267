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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.publish.Preview;
import org.islet.publish.Preview.Outline;
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
import picocli.CommandLine;

class MaskPicturesTest {

  private static final Geometry GRID = Geometry.of(new Size(12, 14, 10), 1, 1, 2);
  private static final Volume CT = Masks.indices(GRID);
  private static final Mask TRUTH = Masks.filled(GRID, new Box(1, 2, 2, 8, 8, 8));
  private static final Mask HALF = Masks.filled(GRID, new Box(1, 2, 2, 8, 8, 5));

  @TempDir private Path folder;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write_a_good_and_a_bad_case() throws IOException {
    for (String name : List.of("predictions", "references", "images")) {
      Files.createDirectory(folder.resolve(name));
    }
    write("predictions/good.nii", TRUTH);
    write("references/good.nii", TRUTH);
    NiftiWriter.write(folder.resolve("images/good.nii"), CT);
    write("predictions/bad.nii", HALF);
    write("references/bad.nii", TRUTH);
  }

  /** Writes a mask along other axes than those of the CT. */
  private void write(String file, Mask mask) throws IOException {
    Reorientation other = new Reorientation(GRID, new Orientation("PLS"));
    NiftiWriter.write(folder.resolve(file), other.apply(mask));
  }

  private int evaluate(String... more) {
    String[] folders = {
      "--predictions", folder.resolve("predictions").toString(),
      "--references", folder.resolve("references").toString()
    };
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err, true))
        .execute(Stream.of(folders, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private int draw(String... more) {
    String[] places = {
      "--images", folder.resolve("images").toString(), "--out", folder.resolve("out").toString()
    };
    return evaluate(Stream.of(places, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  @Test
  void the_worst_case_is_drawn_over_its_ct_along_whatever_axes_its_masks_are_stored()
      throws IOException {
    NiftiWriter.write(folder.resolve("images/bad_0000.nii"), CT);
    assertEquals(0, draw("--worst", "1"), err.toString());
    byte[] expected =
        Preview.png(
            CT,
            List.of(
                new Outline(TRUTH, Preview.TRUTH, "truth"),
                new Outline(HALF, Preview.FOUND, "prediction")),
            "bad: DSC of prediction 66.67%. ");
    assertArrayEquals(expected, Files.readAllBytes(folder.resolve("out/worst-1.png")));
    assertFalse(Files.exists(folder.resolve("out/worst-2.png")));
    String tables = Files.readString(folder.resolve("out/tables.md"));
    assertTrue(tables.contains("![bad, DSC 66.67](worst-1.png)"), tables);
  }

  @Test
  void a_case_whose_ct_is_not_there_is_scored_but_not_drawn() throws IOException {
    assertEquals(0, draw(), err.toString());
    assertTrue(err.toString().contains("bad is not drawn: its CT is not there."), err.toString());
    assertDrawnAlone("good");
  }

  @Test
  void so_is_one_whose_ct_is_on_another_grid() throws IOException {
    NiftiWriter.write(
        folder.resolve("images/bad.nii"), Masks.indices(Geometry.of(new Size(12, 14, 9), 1, 1, 2)));
    assertEquals(0, draw(), err.toString());
    assertTrue(err.toString().contains("bad is not drawn: In RAS axes the label is on"));
    assertDrawnAlone("good");
  }

  private void assertDrawnAlone(String name) throws IOException {
    String tables = Files.readString(folder.resolve("out/tables.md"));
    assertTrue(tables.contains("![%s, DSC 100.00](worst-1.png)".formatted(name)), tables);
    assertFalse(tables.contains("worst-2.png"), tables);
    assertTrue(tables.contains("2 case(s) scored, 0 not"), tables);
  }

  @Test
  void options_that_would_do_nothing_are_refused() {
    assertEquals(2, evaluate("--worst", "1"));
    assertTrue(err.toString().contains("give --images too"), err.toString());
    assertEquals(2, evaluate("--images", folder.toString()));
    assertTrue(err.toString().contains("give --out too"), err.toString());
  }
}
