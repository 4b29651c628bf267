package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.islet.format.NiftiReader;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/nih-pancreas-ct.md up to the training, on phantoms in the layout of NIH Pancreas-CT. */
class MadeUpNihIT {

  private static final String PYTHON = "/usr/bin/python3";

  /** The fourth number is a gap, as in the real data set. */
  private static final List<String> CASES = List.of("0001", "0002", "0003", "0005");

  @TempDir static Path folder;

  @BeforeAll
  static void makeUp() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    Process probe = new ProcessBuilder(PYTHON, "-c", "import nibabel, pydicom").start();
    assumeTrue(probe.waitFor() == 0, PYTHON + " lacks nibabel or pydicom");
    islet(0, "phantom", "--out", at("phantoms"), "--count", "4", "--size", "64,64,48");
    Process script =
        new ProcessBuilder(
                PYTHON,
                "-W",
                "ignore",
                "src/test/python/made_up_nih.py",
                at("phantoms"),
                at("download"))
            .redirectErrorStream(true)
            .start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, script.waitFor(), said);
  }

  private static String at(String place) {
    return folder.resolve(place).toString();
  }

  private static String islet(int exitCode, String... arguments)
      throws IOException, InterruptedException {
    try (IsletProcess islet = IsletProcess.start(folder, arguments)) {
      assertEquals(exitCode, islet.exitCode(), islet.err());
      return islet.err();
    }
  }

  @Test
  void converted_images_and_labels_are_the_phantoms_voxel_for_voxel_in_the_patient()
      throws Exception {
    for (int i = 0; i < CASES.size(); i++) {
      String name = CASES.get(i) + ".nii.gz";
      String image = at("data/images/" + name);
      islet(0, "convert", at("download/Pancreas-CT/PANCREAS_" + CASES.get(i)), image);
      String warnings =
          islet(
              0,
              "convert",
              at("download/TCIA_pancreas_labels-02-05-2017/label" + name),
              at("data/labels/" + name),
              "--onto",
              image,
              "--axes",
              "LPS");
      assertEquals("", warnings);
      assertIsPhantom("phantom-%04d.nii.gz".formatted(i + 1), name);
    }
  }

  private static void assertIsPhantom(String phantom, String name) throws IOException {
    NiftiReader reader = new NiftiReader(1 << 24);
    Volume ct = reader.readCt(folder.resolve("phantoms/images").resolve(phantom));
    Volume converted = reader.readCt(folder.resolve("data/images").resolve(name));
    Reorientation toRas = Reorientation.toCanonical(converted.geometry());
    assertClose(ct.geometry(), toRas.target());
    assertArrayEquals(ct.shorts().orElseThrow(), toRas.apply(converted).shorts().orElseThrow());
    Mask organ = reader.readMask(folder.resolve("phantoms/labels").resolve(phantom), 1);
    Mask laid = reader.readMask(folder.resolve("data/labels").resolve(name), 1);
    assertEquals(converted.geometry(), laid.geometry());
    assertArrayEquals(organ.toBytes(), toRas.apply(laid).toBytes());
  }

  private static void assertClose(Geometry expected, Geometry actual) {
    Affine affine = actual.affine();
    assertEquals(expected.size(), actual.size());
    assertTrue(expected.affine().isCloseTo(affine, 1e-4), () -> expected.affine() + " " + affine);
  }

  @Test
  void a_label_laid_as_its_header_says_is_warned_of() throws Exception {
    String image = at("check/image.nii.gz");
    islet(0, "convert", at("download/Pancreas-CT/PANCREAS_0002"), image);
    String label = at("download/TCIA_pancreas_labels-02-05-2017/label0002.nii.gz");
    String warnings = islet(0, "convert", label, at("check/label.nii.gz"), "--onto", image);
    assertTrue(
        warnings.contains("with --axes LPS the label would hold more even tissue"), warnings);
  }
}
