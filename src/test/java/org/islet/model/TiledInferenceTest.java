package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.model.ModelCard.Kind;
import org.islet.model.ModelCard.Memory;
import org.islet.train.Architecture;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.TinyNetworks;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A U-Net with random weights, run whole and in tiles. */
class TiledInferenceTest {

  private static final Architecture SMALL = Architecture.plain(2, 4, Normalisation.NONE, 1);
  private static final InferenceMemory AMPLE = new InferenceMemory(1 << 26);

  /** With 32 bytes per voxel, 32768 voxels. */
  private static final InferenceMemory SCARCE = new InferenceMemory(1 << 20);

  /** Near the middle of what the network answers to noise. */
  private static final float THRESHOLD = 0.0997f;

  @TempDir private static Path directory;

  @BeforeAll
  static void export_a_network() throws IOException {
    TinyNetworks.export(directory, SMALL, 2);
  }

  private static Mask segmentation(
      Volume volume, InferenceMemory memory, int receptiveRadius, float threshold) {
    ModelCard card = card(receptiveRadius, threshold);
    try (var network = SavedModels.open("unet/1", directory, card, memory)) {
      return network.segment(volume);
    }
  }

  private static ModelCard card(int receptiveRadius, float threshold) {
    return SavedModels.card(
        new ModelCard.Input("serving_default", "volume", "NSARC", 0, 1, SMALL.divisor()),
        new ModelCard.Output("probability", Kind.THRESHOLD, 1, 0, threshold),
        new Memory(32, receptiveRadius));
  }

  @ParameterizedTest
  @CsvSource({"45, 38, 31", "63, 33, 33", "20, 21, 151", "34, 34, 34"})
  void tiles_answer_what_the_whole_answers(int x, int y, int z) {
    Volume volume = SavedModels.noise(Masks.grid(x, y, z), 5);
    int radius = SMALL.receptiveRadius();
    Mask tiled = segmentation(volume, SCARCE, radius, THRESHOLD);
    // Rounding differs with a tensor's size, so voxels within 4e-6 of the threshold may differ.
    Mask surely = segmentation(volume, AMPLE, radius, THRESHOLD + 4e-6f);
    Mask perhaps = segmentation(volume, AMPLE, radius, THRESHOLD - 4e-6f);
    int count = volume.size().count();
    assertTrue(surely.count() > count / 10 && perhaps.count() < count * 9 / 10, tiled::toString);
    assertTrue(perhaps.count() - surely.count() < count / 1000, "too many voxels are undecided");
    byte[] least = surely.toBytes();
    byte[] found = tiled.toBytes();
    byte[] most = perhaps.toBytes();
    for (int i = 0; i < count; i++) {
      assertTrue(least[i] <= found[i], "voxel " + i + " is missing");
      assertTrue(found[i] <= most[i], "voxel " + i + " is too many");
    }
  }

  @Test
  void tiles_score_what_the_whole_scores() {
    Volume volume = SavedModels.noise(Masks.grid(45, 38, 31), 5);
    float[] tiled = scores(volume, SCARCE);
    float[] whole = scores(volume, AMPLE);
    assertArrayEquals(whole, tiled, 4e-6f);
    assertTrue(whole[0] != whole[1], "the scores say nothing");
  }

  private static float[] scores(Volume volume, InferenceMemory memory) {
    ModelCard card = card(SMALL.receptiveRadius(), THRESHOLD);
    try (var network = SavedModels.open("unet/1", directory, card, memory)) {
      assertEquals(memory == AMPLE, network.tiles(volume.size()) == 1);
      return network.scores(volume).channel(0).toFloats();
    }
  }

  @Test
  void a_receptive_radius_claimed_too_small_would_show() {
    Volume volume = SavedModels.noise(Masks.grid(45, 38, 31), 5);
    byte[] tiled = segmentation(volume, SCARCE, 0, THRESHOLD).toBytes();
    byte[] whole = segmentation(volume, AMPLE, 0, THRESHOLD).toBytes();
    int different = 0;
    for (int i = 0; i < tiled.length; i++) {
      different += tiled[i] ^ whole[i];
    }
    assertTrue(different > 10, "only " + different + " voxels differ");
  }

  @Test
  void padding_is_as_if_the_caller_had_padded() {
    Geometry odd = Masks.grid(17, 13, 9);
    Volume volume = SavedModels.noise(odd, 7);
    Size even = new Size(18, 14, 10);
    float[] values = new float[even.count()];
    for (int k = 0; k < 9; k++) {
      for (int j = 0; j < 13; j++) {
        for (int i = 0; i < 17; i++) {
          values[even.index(i, j, k)] = volume.at(i, j, k);
        }
      }
    }
    Mask expected =
        segmentation(
                Volume.of(Geometry.of(even, 1, 1, 1), values),
                AMPLE,
                SMALL.receptiveRadius(),
                THRESHOLD)
            .cropped(Box.of(odd.size()));
    Mask mask = segmentation(volume, AMPLE, SMALL.receptiveRadius(), THRESHOLD);
    assertTrue(mask.count() > 100, mask::toString);
    assertArrayEquals(expected.toBytes(), mask.toBytes());
  }

  @Test
  void what_does_not_fit_even_in_tiles_is_refused_with_the_numbers() {
    Volume volume = SavedModels.noise(Masks.grid(64, 64, 64), 5);
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> segmentation(volume, SCARCE, 20, THRESHOLD));
    assertEquals(
        "The model unet/1 cannot be run on a volume of 64×64×64 within 1 MiB: Not even a tile of"
            + " 74088 voxels fits: 32768 are allowed. Raise islet.inference.memory.",
        refusal.getMessage());
  }

  @Test
  void a_card_that_says_nothing_of_memory_is_not_run_in_tiles() {
    Volume volume = SavedModels.noise(Masks.grid(40, 40, 40), 5);
    ModelCard card = SavedModels.card("NSARC", SMALL.divisor());
    try (var network = SavedModels.open("unet/1", directory, card, SCARCE)) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> network.segment(volume));
      assertEquals(
          "The model unet/1 needs 62 MiB for a volume of 40×40×40, more than the 1 MiB allowed, and"
              + " cannot be run in tiles because its model.yaml gives no memory.receptive-radius."
              + " Raise islet.inference.memory or add it.",
          refusal.getMessage());
    }
  }
}
