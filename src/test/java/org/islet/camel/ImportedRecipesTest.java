package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.islet.format.NiftiReader;
import org.islet.imported.ObeliskUnet;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.Stages;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipes for the network of others that {@code ./islet import} makes a model of. */
class ImportedRecipesTest {

  private static final Path REAL = Path.of("../shared/data/totalsegmentator");
  private static final int PANCREAS = 2;
  private static final int LIVER_LABEL = 5;

  @TempDir private static Path folder;
  private static ModelStore store;
  private static LiveRoutes routes;

  @BeforeAll
  static void load() throws IOException {
    ObeliskUnet.needsData();
    ObeliskUnet.importInto(folder.resolve("models"));
    store = new ModelStore(folder.resolve("models"), new InferenceMemory(3L << 30));
    Path recipes = Files.createDirectory(folder.resolve("routes"));
    routes = Recipes.load(recipes, FakeModels.of(store), "abdomen-unet", "liver");
  }

  @AfterAll
  static void close() {
    if (routes != null) {
      routes.close();
      store.close();
    }
  }

  private static Volume read(Path file) throws IOException {
    return new NiftiReader(1L << 30).readCt(file);
  }

  /** A file's case as the service makes it: its axes are R A S. */
  private static Case ran(String route, Volume file) {
    Case c = new Case(route, Reorientation.toCanonical(file.geometry()).apply(file));
    try (var opened = routes.open(route)) {
      opened.run(c);
    }
    return c;
  }

  @Test
  void the_golden_case_through_abdomen_crop_has_the_logits_and_the_pancreas_of_the_original()
      throws IOException {
    Volume input = ObeliskUnet.input();
    Reorientation axes = Reorientation.toCanonical(input.geometry());
    Case c = ran("abdomen-crop", input);
    Scores scores = axes.undo(c.get(Stages.scores("scores")));
    List<ObeliskUnet.Logits> golden = ObeliskUnet.logits();
    assertEquals(200, golden.size());
    for (ObeliskUnet.Logits voxel : golden) {
      for (int n = 0; n < ObeliskUnet.CLASSES; n++) {
        float found = scores.at(n, voxel.i(), voxel.j(), voxel.k());
        assertEquals(voxel.values()[n], found, 1e-3, "class " + n + " of " + voxel);
      }
    }
    Mask truth = ObeliskUnet.classes().within(PANCREAS, PANCREAS);
    assertTrue(truth.count() > 10_000, "voxels of the pancreas: " + truth.count());
    assertAgree(truth, axes.undo(c.get(Stages.mask("found"))), 0.9999);
    assertAgree(truth, axes.undo(c.get(RoutePlan.RESULT)), 0.9999);
    assertEquals(List.of("obelisk-unet/1"), c.models());
  }

  private static void assertAgree(Mask truth, Mask found, double least) {
    byte[] expected = truth.toBytes();
    byte[] voxels = found.toBytes();
    int equal = 0;
    for (int i = 0; i < expected.length; i++) {
      equal += expected[i] == voxels[i] ? 1 : 0;
    }
    double share = equal / (double) expected.length;
    assertTrue(share >= least, "voxels agree: " + share);
  }

  /** On these CTs, without contrast agent, it finds 0.88 and 0.92 of the liver, and no pancreas. */
  @ParameterizedTest
  @CsvSource({"ct-3mm, 0.85", "ct-3mm-small, 0.89"})
  void liver_finds_the_liver_of_a_real_ct(String ct, double least) throws IOException {
    assumeTrue(Files.isDirectory(REAL), "there is no " + REAL);
    Volume volume = read(REAL.resolve(ct + ".nii.gz"));
    Mask liver = read(REAL.resolve(ct + "-organs.nii.gz")).within(LIVER_LABEL, LIVER_LABEL);
    Case c = ran("liver", volume);
    Mask found = Reorientation.toCanonical(volume.geometry()).undo(c.get(RoutePlan.RESULT));
    double dice = found.dice(liver);
    assertTrue(dice >= least, "the Dice coefficient is " + dice);
  }

  @Test
  void abdomen_unet_brings_a_mask_back_to_the_grid_of_a_real_ct() throws IOException {
    assumeTrue(Files.isDirectory(REAL), "there is no " + REAL);
    Volume volume = read(REAL.resolve("ct-3mm.nii.gz"));
    Case c = ran("abdomen-unet", volume);
    assertEquals(c.get(Case.CT).geometry(), c.get(RoutePlan.RESULT).geometry());
    Size body = c.get(Stages.box("body")).size();
    assertTrue(body.y() < volume.size().y(), "without the air behind the back: " + body);
  }
}
