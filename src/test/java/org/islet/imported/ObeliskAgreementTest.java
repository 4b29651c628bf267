package org.islet.imported;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.stage.Network;
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
    try (ModelStore store = new ModelStore(models, new InferenceMemory(3L << 30))) {
      Network network = store.get("obelisk-unet");
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
}
