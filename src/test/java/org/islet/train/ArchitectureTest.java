package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.islet.train.Architecture.Block;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  @ParameterizedTest
  @CsvSource({"2", "3"})
  void the_receptive_radius_is_how_far_a_voxel_changes_the_output(int levels) {
    Architecture architecture = Architecture.plain(levels, 1, Normalisation.NONE, 1);
    LearntWeights weights = positive(architecture);
    Size size = new Size(80, 4, 4);
    float[] flat = TinyNetworks.logits(architecture, weights, size, new float[size.count()]);
    int reach = 0;
    for (int i = 40; i < 40 + architecture.divisor(); i++) {
      float[] values = new float[size.count()];
      values[size.index(i, 1, 1)] = 100;
      float[] changed = TinyNetworks.logits(architecture, weights, size, values);
      for (int at = 0; at < changed.length; at++) {
        if (changed[at] != flat[at]) {
          reach = Math.max(reach, Math.abs(at % size.x() - i));
        }
      }
    }
    assertEquals(architecture.receptiveRadius(), reach);
  }

  /** Weights of 0.1, so that no change is lost in a ReLU or outweighed by another. */
  private static LearntWeights positive(Architecture architecture) {
    try (Trainer trainer = new Trainer(architecture, 1, LearntWeights.none())) {
      Map<String, LearntWeights.Array> arrays = new LinkedHashMap<>();
      trainer
          .weights()
          .arrays()
          .forEach(
              (name, array) -> {
                float[] values = new float[array.values().length];
                Arrays.fill(values, name.endsWith("bias") ? 0 : 0.1f);
                arrays.put(name, new LearntWeights.Array(array.shape(), values));
              });
      return new LearntWeights(arrays);
    }
  }

  @Test
  void each_level_halves_the_axes_and_doubles_the_channels() {
    Architecture architecture = Architecture.plain(4, 16, Normalisation.BATCH, 1);
    assertEquals(8, architecture.divisor());
    assertEquals(128, architecture.channels(3));
    assertEquals(5 + 10 + 20 + 16, architecture.receptiveRadius());
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, false, 1154", "RESIDUAL, false, 1176", "PLAIN, true, 1164"})
  void counts_the_arithmetic_of_each_convolution_for_each_voxel_that_goes_in(
      Block block, boolean attention, long expected) {
    // Multiplications at full resolution: 3³·(1·2 + 2·2) down, 2·2·2 enlarged from 4 channels,
    // 3³·(4·2 + 2·2) up, 2 for the logits; at half of it 3³·(2·4 + 4·4), an eighth as many voxels.
    // Shortcuts: 1·2 and 4·2, and 2·4 below; a gate: 2·(2·1) + 1.
    var architecture = new Architecture(2, 2, block, attention, false, Normalisation.BATCH, 1);
    assertEquals(expected, architecture.flopPerVoxel());
  }

  @Test
  void the_bundled_networks_take_107232_operations_for_a_voxel() {
    assertEquals(107_232, Architecture.plain(4, 16, Normalisation.BATCH, 1).flopPerVoxel());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, 1, 'A U-Net''s levels must be 2 to 6, not 1.'",
    "7, 8, 1, 'A U-Net''s levels must be 2 to 6, not 7.'",
    "4, 0, 1, 'A U-Net''s base channels must be 1 to 128, not 0.'",
    "4, 8, 65, 'A U-Net''s classes must be 1 to 64, not 65.'"
  })
  void refuses_numbers_out_of_range(int levels, int channels, int classes, String message) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Architecture.plain(levels, channels, Normalisation.NONE, classes));
    assertEquals(message, refusal.getMessage());
  }
}
