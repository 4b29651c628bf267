package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PancreasesTest {

  @TempDir private Path folder;

  private static final NiftiReader READER = new NiftiReader(1 << 24);

  /** Writes a mask of whole millilitres in a larger grid. */
  private void write(String name, int millilitres) throws IOException {
    Geometry grid = Geometry.of(new Size(10, 10, 250), 1, 10, 1);
    byte[] voxels = new byte[grid.size().count()];
    for (int i = 0; i < 100 * millilitres; i++) {
      voxels[i] = 1;
    }
    NiftiWriter.write(folder.resolve(name), Mask.of(grid, voxels));
  }

  @Test
  void masks_come_in_turn_by_name_and_those_of_no_adults_pancreas_are_left_out()
      throws IOException {
    write("c.nii.gz", 30);
    write("a.nii.gz", 40);
    write("small.nii.gz", 19);
    write("vast.nii.gz", 201);
    Files.writeString(folder.resolve("LICENSE"), "not a mask");
    Pancreases found = Pancreases.in(folder, READER);
    assertEquals(40, found.of(0).orElseThrow().millilitres(), 1e-6);
    assertEquals(30, found.of(1).orElseThrow().millilitres(), 1e-6);
    assertEquals(40, found.of(2).orElseThrow().millilitres(), 1e-6);
    assertEquals(
        "its mask is of 19 ml, not of 20 to 200 as an adult's pancreas",
        found.leftOut().get(0).reason());
    assertEquals(folder.resolve("vast.nii.gz"), found.leftOut().get(1).file());
    assertEquals(2, found.leftOut().size());
  }

  @Test
  void without_masks_there_is_none_for_any_number() {
    assertEquals(Optional.empty(), Pancreases.NONE.of(5));
  }

  @Test
  void refuses_a_folder_without_a_mask_and_a_file_that_is_none() throws IOException {
    var empty = assertThrows(DataSetProblemsException.class, () -> Pancreases.in(folder, READER));
    assertTrue(empty.getMessage().contains("holds no NIfTI file"), empty.getMessage());
    Path nowhere = folder.resolve("nowhere");
    var none = assertThrows(DataSetProblemsException.class, () -> Pancreases.in(nowhere, READER));
    assertEquals(nowhere + ": there is no such folder of masks.", none.getMessage());
    Path broken = Files.writeString(folder.resolve("b.nii"), "no NIfTI");
    var refused = assertThrows(DataSetProblemsException.class, () -> Pancreases.in(folder, READER));
    assertEquals(broken, refused.problems().get(0).file());
  }
}
