package org.islet.imported;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Case;
import org.islet.stage.Network;
import org.islet.stage.Stages;
import org.islet.volume.Scores;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real network, imported, answers what the original answered in PyTorch. */
class ObeliskAgreementTest {

  private static final double TOLERANCE = 1e-3;

  @TempDir private Path models;

  @Test
  void logits_and_classes_are_those_of_the_original() throws IOException {
    ObeliskUnet.needsData();
    ObeliskUnet.importInto(models);
    Volume input = ObeliskUnet.input();
    try (ModelStore store = new ModelStore(models, new InferenceMemory(3L << 30));
        OpenModels opened = store.open()) {
      Network network = opened.get("obelisk-unet");
      assertEquals(1, network.tiles(input.size()));
      Scores scores = network.scores(input);
      List<ObeliskUnet.Logits> golden = ObeliskUnet.logits();
      assertEquals(200, golden.size());
      for (ObeliskUnet.Logits voxel : golden) {
        for (int c = 0; c < ObeliskUnet.CLASSES; c++) {
          assertEquals(
              voxel.values()[c],
              scores.at(c, voxel.i(), voxel.j(), voxel.k()),
              TOLERANCE,
              "class " + c + " of " + voxel);
        }
      }
      assertTrue(agreement(scores) >= 0.9999, "voxels agree: " + agreement(scores));
    }
  }

  /** The share of voxels to which both give the same class. */
  private static double agreement(Scores scores) throws IOException {
    Volume classes = ObeliskUnet.classes();
    int equal = 0;
    for (int c = 0; c < ObeliskUnet.CLASSES; c++) {
      byte[] inside = scores.largestIn(c).toBytes();
      for (int i = 0; i < inside.length; i++) {
        equal += inside[i] == 1 && classes.at(i) == c ? 1 : 0;
      }
    }
    return equal / (double) classes.size().count();
  }

  @Test
  void the_stages_score_and_choose_class_find_the_pancreas_that_the_original_finds()
      throws IOException {
    ObeliskUnet.needsData();
    ObeliskUnet.importInto(models);
    Volume input = ObeliskUnet.input();
    Volume classes = ObeliskUnet.classes();
    Case c = new Case("golden", input);
    try (ModelStore store = new ModelStore(models, new InferenceMemory(3L << 30));
        OpenModels opened = store.open()) {
      Stages.bind("score?model=obelisk-unet&input=ct", opened).run(c);
      Stages.bind("choose-class?label=2&output=pancreas", opened).run(c);
      Stages.bind("infer?model=obelisk-unet/latest&input=ct&output=mask", opened).run(c);
    }
    byte[] pancreas = c.get(Stages.mask("pancreas")).toBytes();
    int equal = 0;
    int inside = 0;
    for (int i = 0; i < pancreas.length; i++) {
      equal += (pancreas[i] == 1) == (classes.at(i) == 2) ? 1 : 0;
      inside += pancreas[i];
    }
    assertTrue(inside > 10_000, "voxels of the pancreas: " + inside);
    assertTrue(
        pancreas.length - equal <= inside / 1000,
        "voxels that differ: " + (pancreas.length - equal));
    assertArrayEquals(pancreas, c.get(Stages.mask("mask")).toBytes());
    assertEquals(List.of("obelisk-unet/1"), c.models());
  }
}
