package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.dataset.PhantomDataSet;
import org.islet.evaluate.Overlap;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.stage.Network;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomTrainingTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);
  private static final List<Training> BOTH =
      List.of(
          new Training(Stage.COARSE, SMALL, 5, 0.01, 1),
          new Training(Stage.FINE, SMALL, 5, 0.01, 1));

  @TempDir private Path models;

  private final List<String> told = new ArrayList<>();

  private final PhantomTraining.Progress progress =
      new PhantomTraining.Progress() {
        @Override
        public void phantom(int made, int of) {
          told.add(made + " of " + of);
        }

        @Override
        public void step(Training training, int step, double loss) {
          told.add(training.stage() + " " + step);
        }
      };

  @Test
  void makes_a_next_version_of_each_model_with_a_card_that_says_how_and_how_well()
      throws IOException {
    PhantomTraining training = new PhantomTraining(BOTH, 1, 2, 3);
    assertEquals(
        List.of(models.resolve("pancreas-coarse/1"), models.resolve("pancreas-fine/1")),
        training.run(models, progress));
    assertEquals(
        List.of(
            "1 of 3",
            "2 of 3",
            "3 of 3",
            "COARSE 1",
            "COARSE 2",
            "COARSE 3",
            "COARSE 4",
            "COARSE 5",
            "FINE 1",
            "FINE 2",
            "FINE 3",
            "FINE 4",
            "FINE 5"),
        told);

    ModelCard card = ModelCard.read(models.resolve("pancreas-fine/1/model.yaml"));
    assertTrue(card.warning().startsWith("Trained on made-up phantoms only"), card.warning());
    assertEquals("1 phantom(s) of series 3", card.training().get("data"));
    assertEquals("2 phantom(s) of series 4", card.measured().get("on"));
    try (ModelStore store = new ModelStore(models, new InferenceMemory(1L << 30))) {
      Network network = store.get("pancreas-fine/1");
      PhantomDataSet unseen = new PhantomDataSet(4, 2);
      double mean =
          unseen.ids().stream()
              .map(id -> Stage.FINE.preparation().apply(unseen.read(id)))
              .mapToDouble(c -> Overlap.dsc(network.segment(c.input()), c.truth()))
              .average()
              .orElseThrow();
      assertEquals(mean, ((Number) card.measured().get("dsc-mean")).doubleValue(), 1e-4);
    }
  }

  @Test
  void a_version_is_never_overwritten() throws IOException {
    PhantomTraining training = new PhantomTraining(BOTH.subList(0, 1), 1, 1, 3);
    assertEquals(List.of(models.resolve("pancreas-coarse/1")), training.run(models, progress));
    assertEquals(List.of(models.resolve("pancreas-coarse/2")), training.run(models, progress));
  }
}
