package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.Pancreases;
import org.islet.dataset.PhantomDataSet;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.train.Architecture.Block;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.islet.volume.Resampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LearnerTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);
  private static final List<PreparedCase> BALLS =
      List.of(TinyNetworks.ball(12, 1), TinyNetworks.ball(12, 2));

  /** Pancreases of phantoms, in voxels six times as long as the phantoms'. */
  private static final List<PreparedCase> PHANTOMS = phantoms();

  private static List<PreparedCase> phantoms() {
    PhantomDataSet phantoms = new PhantomDataSet(5, 2, Pancreases.NONE);
    return phantoms.ids().stream().map(phantoms::read).map(LearnerTest::small).toList();
  }

  private static PreparedCase small(LabelledCt phantom) {
    return new Preparation.Fine(4)
        .apply(
            new LabelledCt(
                Resampling.downsample(phantom.ct(), 6), Resampling.downsample(phantom.organ(), 6)));
  }

  private static Training training(Architecture architecture, int steps, double rate) {
    return new Training(
        Stage.FINE,
        new Preparation.Fine(4),
        architecture,
        Stage.FINE.defaultWindow(),
        Stage.FINE.defaultLastWindow(),
        steps,
        1,
        rate,
        CentreLoss.NONE,
        Augmentation.DEFAULT,
        1);
  }

  private static List<Double> losses(Learner learner, int steps) {
    List<Double> losses = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      losses.add(learner.learn().diceLoss());
    }
    return losses;
  }

  @Test
  void learning_goes_on_where_normalisation_ends() {
    try (Learner learner = new Learner(training(SMALL, 20, 1e-9), BALLS, Checkpoint.START)) {
      losses(learner, 14);
      LearntWeights folded = learner.weights();
      assertTrue(learner.checkpoint().state().arrays().containsKey("down0/first/variance"));
      losses(learner, 1);
      assertFalse(learner.checkpoint().state().arrays().containsKey("down0/first/variance"));
      LearntWeights next = learner.weights();
      folded
          .arrays()
          .forEach(
              (name, array) ->
                  assertArrayEquals(array.values(), next.arrays().get(name).values(), 1e-6f, name));
    }
  }

  private static Training standingStill(int batchesPerStep) {
    return new Training(
        Stage.FINE,
        new Preparation.Fine(4),
        SMALL,
        Stage.FINE.defaultWindow(),
        Stage.FINE.defaultLastWindow(),
        10,
        batchesPerStep,
        1e-9,
        CentreLoss.NONE,
        Augmentation.DEFAULT,
        1);
  }

  @Test
  void a_step_of_two_batches_learns_from_what_two_steps_of_one_do() {
    try (Learner pairs = new Learner(standingStill(2), BALLS, Checkpoint.START);
        Learner singles = new Learner(standingStill(1), BALLS, Checkpoint.START)) {
      List<Double> each = losses(singles, 4);
      List<Double> both = losses(pairs, 2);
      assertEquals((each.get(0) + each.get(1)) / 2, both.get(0), 1e-5);
      assertEquals((each.get(2) + each.get(3)) / 2, both.get(1), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void from_a_checkpoint_it_goes_on_as_if_it_had_never_stopped(int stop) {
    Training training = training(SMALL, 20, 0.05); // normalised up to step 14
    LearntWeights expected;
    try (Learner learner = new Learner(training, BALLS, Checkpoint.START)) {
      losses(learner, 20);
      expected = learner.weights();
    }
    Checkpoint kept;
    try (Learner learner = new Learner(training, BALLS, Checkpoint.START)) {
      losses(learner, stop);
      kept = learner.checkpoint();
    }
    try (Learner learner = new Learner(training, BALLS, kept)) {
      assertEquals(stop, learner.step());
      losses(learner, 20 - stop);
      LearntWeights weights = learner.weights();
      expected
          .arrays()
          .forEach(
              (name, array) ->
                  assertArrayEquals(array.values(), weights.arrays().get(name).values(), name));
    }
  }

  static Stream<Architecture> architectures() {
    return Stream.of(
        new Architecture(2, 4, Block.PLAIN, false, false, Normalisation.BATCH, 1),
        new Architecture(2, 4, Block.RESIDUAL, false, false, Normalisation.BATCH, 1),
        new Architecture(2, 4, Block.PLAIN, true, false, Normalisation.BATCH, 1),
        new Architecture(3, 4, Block.PLAIN, false, true, Normalisation.BATCH, 2));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void every_architecture_learns_phantoms_and_answers_after_export_as_it_learnt(
      Architecture architecture) {
    try (Learner learner =
        new Learner(training(architecture, 60, 0.03), PHANTOMS, Checkpoint.START)) {
      List<Double> losses = losses(learner, 60);
      assertTrue(losses.get(59) < losses.get(0) - 0.2, losses::toString);
      Batch whole = TinyNetworks.batch(PHANTOMS.get(0));
      float[] answer =
          TinyNetworks.organ(architecture, learner.weights(), whole.window(), whole.values());
      double loss = TinyNetworks.diceLoss(answer, whole.truth());
      assertTrue(loss < 0.6, "on a phantom it learnt from: " + loss);
    }
  }
}
