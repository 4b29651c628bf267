package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.islet.dataset.Preparation;
import org.islet.train.Architecture.Block;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingMemoryTest {

  private static final Size SMALL = new Size(10, 10, 10);

  private static TrainingMemory memory(Architecture architecture, Size lastWindow) {
    Training training =
        new Training(
            Stage.FINE,
            new Preparation.Fine(10),
            architecture,
            SMALL,
            lastWindow,
            10,
            1,
            0.01,
            CentreLoss.NONE,
            Augmentation.NONE,
            1);
    return TrainingMemory.of(training, new Size(20, 20, 20));
  }

  @Test
  void grows_with_voxels_channels_gates_and_weights() {
    Architecture plain = Architecture.plain(2, 4, Normalisation.BATCH, 1);
    // Level 0: 27 · (1·4 + 4·4) down, 8 · 8 · 4 to enlarge, 27 · (8·4 + 4·4) up; level 1: 27 · (4·8
    // + 8·8).
    assertEquals(540 + 256 + 1296 + 2592, plain.weights());
    long fixed = (800L << 20) + 28 * plain.weights();
    assertEquals(fixed + 2 * 1000 * 4 * 100, memory(plain, SMALL).learning());
    assertEquals(fixed + 3000 * 4 * 100, memory(plain, new Size(10, 10, 30)).learning());
    // Made up to 10×10×32, since a U-Net of two levels halves each axis once.
    assertEquals(fixed + 3200 * 4 * 100, memory(plain, new Size(9, 10, 31)).learning());
    Architecture all = new Architecture(2, 4, Block.RESIDUAL, true, true, Normalisation.BATCH, 1);
    assertEquals(fixed + 2 * 1000 * 4 * 150, memory(all, SMALL).learning());
    assertEquals(8000 * 4 * 24, memory(plain, SMALL).validating());
  }

  static Stream<Architecture> plainForms() {
    return Stream.of(
        Architecture.plain(2, 4, Normalisation.NONE, 1),
        Architecture.plain(4, 3, Normalisation.NONE, 1));
  }

  @ParameterizedTest
  @MethodSource("plainForms")
  void the_weights_counted_are_those_of_the_filters(Architecture architecture) {
    try (Trainer trainer = new Trainer(architecture, 1, LearntWeights.none())) {
      long filters =
          trainer.weights().arrays().entrySet().stream()
              .filter(e -> e.getKey().endsWith("/filter") && !e.getKey().startsWith("logits"))
              .mapToLong(e -> e.getValue().values().length)
              .sum();
      assertEquals(filters, architecture.weights());
    }
  }
}
