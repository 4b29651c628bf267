package org.islet.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.SavedModels;
import org.islet.phantom.Phantom;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.Stages;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Trilinear;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TFloat32;

/**
 * The recipes with real models: the bundled ones on phantoms, and small ones of two dimensions. A
 * close-up of 141×141×128 mm shows the bundled networks voxels as they know them.
 */
class RecipesWithModelsTest {

  private static final Geometry CLOSE_UP = Phantom.centred(new Size(128, 128, 80), 1.1, 1.1, 1.6);
  private static final int SERIES = 2024;

  @TempDir Path folder;

  private void run(String recipe, Case c, Path models) throws IOException {
    try (ModelStore store = new ModelStore(models, new InferenceMemory(1500L << 20));
        LiveRoutes routes = Recipes.load(folder, FakeModels.of(store), recipe);
        var route = routes.open(recipe)) {
      route.run(c);
    }
  }

  private double diceOf(String recipe, Phantom phantom, Case c) throws IOException {
    run(recipe, c, Path.of("models"));
    return c.get(RoutePlan.RESULT).dice(phantom.pancreas());
  }

  /** What they reach here is 0.02 better, or between the limits of the coarse one. */
  @ParameterizedTest
  @CsvSource({
    "two-stage, 0.92, 1",
    "coarse-only, 0.84, 0.90",
    "one-box, 0.92, 1",
    "coarse-to-fine, 0.92, 1",
    "fixed-point, 0.92, 1"
  })
  void finds_the_pancreas_of_a_phantom(String recipe, double least, double most)
      throws IOException {
    Phantom phantom = Phantom.generate(Phantom.seed(SERIES, 1), CLOSE_UP);
    double dice = diceOf(recipe, phantom, new Case(recipe, phantom.ct()));
    assertTrue(dice >= least && dice <= most, "the Dice coefficient is " + dice);
  }

  @Test
  void wider_retry_runs_three_times_where_the_pancreas_reaches_out_of_the_first_box()
      throws IOException {
    Phantom phantom = Phantom.generate(Phantom.seed(SERIES, 3), CLOSE_UP);
    Case c = new Case("phantom", phantom.ct());
    double dice = diceOf("wider-retry", phantom, c);
    assertTrue(dice >= 0.92, "the Dice coefficient is " + dice);
    assertEquals(3, c.runs().stream().filter(run -> run.stage().equals("infer")).count());
    assertTrue(c.isWritten(Stages.box("wide")));
  }

  /** Voxels that are smaller than any that the bundled networks were trained on. */
  @Test
  void fixed_spacing_finds_the_pancreas_of_a_phantom_of_small_voxels() throws IOException {
    Geometry small = Phantom.centred(new Size(280, 200, 160), 0.45, 0.45, 0.6);
    Phantom phantom = Phantom.generate(Phantom.seed(SERIES, 1), small);
    double dice = diceOf("fixed-spacing", phantom, new Case("small", phantom.ct()));
    assertTrue(dice >= 0.89, "the Dice coefficient is " + dice);
  }

  /** Without it the coarse network finds nothing here, as a voxel is 16 mm long to it. */
  @Test
  void fixed_spacing_lets_the_coarse_network_find_the_pancreas_in_slices_of_4_mm()
      throws IOException {
    Geometry thick = Phantom.centred(new Size(200, 200, 40), 0.8, 0.8, 4);
    Phantom phantom = Phantom.generate(Phantom.seed(SERIES, 1), thick);
    Case c = new Case("thick", phantom.ct());
    run("fixed-spacing", c, Path.of("models"));
    Mask coarse = Trilinear.resampled(c.get(Stages.mask("coarse")), thick);
    assertTrue(coarse.dice(phantom.pancreas()) >= 0.88, "" + coarse.dice(phantom.pancreas()));
  }

  /** Takes every slice for the organ in which a voxel is bright, and no other. */
  private static Operand<TFloat32> brightSlices(Ops tf, Operand<TFloat32> slices) {
    Operand<TFloat32> brightest =
        tf.reduceMax(slices, tf.constant(new int[] {1, 2, 3}), ReduceMax.keepDims(true));
    return tf.math.add(tf.zerosLike(slices), brightest);
  }

  private void writeModelOfSlices(String name, String layout) throws IOException {
    Path version = folder.resolve("models").resolve(name).resolve("1");
    SavedModels.write(version, Shape.of(-1, -1, -1, 1), RecipesWithModelsTest::brightSlices);
    SavedModels.card(layout, 1).write(version.resolve("model.yaml"));
  }

  @Test
  void three_views_keeps_what_networks_of_two_of_the_three_directions_find() throws IOException {
    writeModelOfSlices("pancreas-axial", "NARC");
    writeModelOfSlices("pancreas-coronal", "NSRC");
    writeModelOfSlices("pancreas-sagittal", "NSAC");
    Geometry grid = Masks.grid(9, 8, 7);
    short[] hu = new short[grid.size().count()];
    Arrays.fill(hu, (short) -200);
    hu[grid.size().index(2, 3, 4)] = 80;
    hu[grid.size().index(3, 3, 4)] = 80;
    Case c = new Case("6", Volume.of(grid, hu));
    run("three-views", c, folder.resolve("models"));
    assertEquals(Masks.filled(grid, new Box(0, 0, 4, 9, 8, 5)).count(), count(c, "axial"));
    assertEquals(9 * 7, count(c, "coronal"));
    assertEquals(2 * 8 * 7, count(c, "sagittal"));
    Mask found = c.get(RoutePlan.RESULT);
    // Lines along x, y and z through the two voxels: each lies in two of the slices.
    assertEquals(9 + 2 * (8 - 1) + 2 * (7 - 1), found.count());
    assertTrue(found.contains(0, 3, 4) && found.contains(3, 0, 4) && found.contains(2, 3, 0));
  }

  private static int count(Case c, String mask) {
    return c.get(Stages.mask(mask)).count();
  }
}
