package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.PhantomDataSet;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.train.Architecture.Block;
import org.islet.train.Architecture.Normalisation;
import org.islet.volume.Resampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);
  private static final List<PreparedCase> BALLS =
      List.of(TinyNetworks.ball(12, 1), TinyNetworks.ball(12, 2));

  /** Pancreases of phantoms, in voxels four times as long as the phantoms'. */
  private static final List<PreparedCase> PHANTOMS = phantoms();

  private static List<PreparedCase> phantoms() {
    PhantomDataSet phantoms = new PhantomDataSet(5, 2);
    return phantoms.ids().stream().map(phantoms::read).map(TrainingTest::small).toList();
  }

  private static PreparedCase small(LabelledCt phantom) {
    return new Preparation.Fine(4)
        .apply(
            new LabelledCt(
                Resampling.downsample(phantom.ct(), 4), Resampling.downsample(phantom.organ(), 4)));
  }

  @Test
  void tells_each_step_with_the_mean_of_the_first_losses() {
    List<Double> losses = new ArrayList<>();
    new Training(Training.Stage.COARSE, SMALL, 4, 0.01, 1)
        .run(
            BALLS,
            (step, loss) -> {
              losses.add(loss);
              assertEquals(losses.size(), step);
            });
    assertEquals(4, losses.size());

    List<Double> first = new ArrayList<>();
    Sampler sampler = new Sampler(BALLS, BALLS.get(0).size(), 2, Augmentation.DEFAULT, 2);
    try (Trainer trainer = new Trainer(SMALL, 1, LearntWeights.none())) {
      first.add(trainer.learn(sampler.batch(1, 2), 0).diceLoss());
    }
    assertEquals(first.get(0), losses.get(0), 1e-5);
  }

  @Test
  void gives_weights_that_have_learnt() {
    List<Double> losses = new ArrayList<>();
    LearntWeights weights =
        new Training(Training.Stage.FINE, SMALL, 80, 0.05, 1)
            .run(BALLS, (step, loss) -> losses.add(loss));
    assertTrue(losses.get(79) < losses.get(0) - 0.3, losses::toString);
    Batch ball = TinyNetworks.batch(TinyNetworks.ball(12, 9));
    float[] answer = TinyNetworks.probabilities(SMALL, weights, ball.window(), ball.values());
    assertTrue(TinyNetworks.diceLoss(answer, ball.truth()) < 0.6, "on a ball that it never saw");
  }

  @Test
  void the_rate_rises_over_20_steps_and_falls_along_a_half_cosine_to_a_hundredth() {
    Training training = new Training(Training.Stage.COARSE, SMALL, 1000, 0.002, 1);
    assertEquals(0.0001, training.rate(Normalisation.BATCH, 1, 1), 1e-6);
    assertEquals(0.001, training.rate(Normalisation.BATCH, 10, 10), 1e-6);
    assertEquals(0.00101, training.rate(Normalisation.BATCH, 500, 500), 1e-8);
    assertEquals(0.00002, training.rate(Normalisation.BATCH, 1000, 1000), 1e-8);
    for (int step = 21; step <= 1000; step++) {
      assertTrue(
          training.rate(Normalisation.BATCH, step, step)
              < training.rate(Normalisation.BATCH, step - 1, step - 1),
          "at step " + step);
    }
  }

  @Test
  void without_normalisation_the_rate_is_half_as_large_and_rises_anew() {
    Training training = new Training(Training.Stage.COARSE, SMALL, 1000, 0.002, 1);
    assertEquals(0.000505, training.rate(Normalisation.NONE, 500, 100), 1e-8);
    assertEquals(0.000505 / 2, training.rate(Normalisation.NONE, 500, 10), 1e-8);
  }

  @Test
  void learning_goes_on_where_normalisation_ends() {
    List<Double> losses = new ArrayList<>();
    new Training(Training.Stage.FINE, SMALL, 100, 0.05, 1)
        .run(BALLS, (step, loss) -> losses.add(loss));
    assertEquals(100, losses.size());
    // Weights that began afresh at step 61 would lose about 0.8 again.
    assertTrue(losses.get(64) < losses.get(59) + 0.05, losses::toString);
  }

  static Stream<Architecture> architectures() {
    return Stream.of(
        new Architecture(2, 4, Block.PLAIN, false, false, Normalisation.BATCH, 1),
        new Architecture(2, 4, Block.RESIDUAL, false, false, Normalisation.BATCH, 1),
        new Architecture(2, 4, Block.PLAIN, true, false, Normalisation.BATCH, 1),
        new Architecture(3, 4, Block.PLAIN, false, true, Normalisation.BATCH, 1),
        new Architecture(3, 4, Block.RESIDUAL, true, true, Normalisation.BATCH, 2));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void every_architecture_learns_phantoms_and_answers_after_export_as_it_learnt(
      Architecture architecture) {
    List<Double> losses = new ArrayList<>();
    LearntWeights weights =
        new Training(Training.Stage.FINE, architecture, 80, 0.02, 1)
            .run(PHANTOMS, (step, loss) -> losses.add(loss));
    assertTrue(losses.get(79) < losses.get(0) - 0.2, losses::toString);
    Batch whole = TinyNetworks.batch(PHANTOMS.get(0));
    float[] answer = TinyNetworks.organ(architecture, weights, whole.window(), whole.values());
    assertTrue(TinyNetworks.diceLoss(answer, whole.truth()) < 0.6, "on a phantom it learnt from");
  }
}
