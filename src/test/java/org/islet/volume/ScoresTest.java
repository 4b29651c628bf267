package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;

class ScoresTest {

  private static final float NAN = Float.NaN;

  private static Scores row(float[]... channels) {
    return Scores.of(Masks.grid(channels[0].length, 1, 1), channels);
  }

  @Example
  void a_voxel_is_found_by_channel_and_place() {
    float[][] channels = new float[2][24];
    channels[1][1 + 2 * (2 + 3 * 3)] = 7;
    Scores scores = Scores.of(Masks.grid(2, 3, 4), channels);
    assertEquals(7, scores.at(1, 1, 2, 3));
    assertEquals(0, scores.at(0, 1, 2, 3));
    assertEquals(2, scores.channels());
  }

  @Example
  void a_channel_is_a_volume_that_shares_its_scores() {
    float[] second = {3, 4};
    Volume volume = row(new float[] {1, 2}, second).channel(1);
    assertSame(second, volume.toFloats());
    assertEquals(Masks.grid(2, 1, 1), volume.geometry());
  }

  @Example
  void of_equal_scores_the_first_is_the_largest() {
    Scores scores =
        row(
            new float[] {2, 1, 1, 3, NAN},
            new float[] {1, 2, 1, 3, 0},
            new float[] {1, 1, 2, 3, 1});
    assertArrayEquals(new byte[] {1, 0, 0, 1, 0}, scores.largestIn(0).toBytes());
    assertArrayEquals(new byte[] {0, 1, 0, 0, 0}, scores.largestIn(1).toBytes());
    assertArrayEquals(new byte[] {0, 0, 1, 0, 0}, scores.largestIn(2).toBytes());
  }

  @Example
  void a_channel_that_is_not_there_is_refused() {
    Scores scores = row(new float[1], new float[1]);
    assertEquals(
        "There is no channel 2: the scores have 2, the first being 0.",
        assertThrows(IllegalArgumentException.class, () -> scores.largestIn(2)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> scores.channel(-1));
  }

  @Example
  void softmax_of_scores_worked_out_by_hand() {
    float ln3 = (float) Math.log(3);
    Scores scores = row(new float[] {0, 1000, -2000}, new float[] {ln3, 1000 + ln3, -1000});
    Scores probabilities = scores.softmax();
    assertArrayEquals(new float[] {0.25f, 0.25f, 0}, probabilities.channel(0).toFloats(), 1e-4f);
    assertArrayEquals(new float[] {0.75f, 0.75f, 1}, probabilities.channel(1).toFloats(), 1e-4f);
  }

  @Property
  void softmax_sums_to_one_and_keeps_the_order(
      @ForAll @Size(5) List<@FloatRange(min = -1e4f, max = 1e4f) Float> voxel) {
    float[][] channels = new float[5][1];
    for (int c = 0; c < 5; c++) {
      channels[c][0] = voxel.get(c);
    }
    Scores probabilities = row(channels).softmax();
    double sum = 0;
    for (int c = 0; c < 5; c++) {
      sum += probabilities.at(c, 0, 0, 0);
      for (int d = 0; d < 5; d++) {
        if (voxel.get(c) <= voxel.get(d)) {
          assertEquals(true, probabilities.at(c, 0, 0, 0) <= probabilities.at(d, 0, 0, 0), "order");
        }
      }
    }
    assertEquals(1, sum, 1e-5);
  }

  @Example
  void the_mean_is_taken_voxel_by_voxel_and_channel_by_channel() {
    Scores mean =
        Scores.mean(
            List.of(
                row(new float[] {1, 2}, new float[] {3, 4}),
                row(new float[] {2, 4}, new float[] {5, 4}),
                row(new float[] {6, 0}, new float[] {1, 4})));
    assertArrayEquals(new float[] {3, 2}, mean.channel(0).toFloats());
    assertArrayEquals(new float[] {3, 4}, mean.channel(1).toFloats());
  }

  @Example
  void scores_that_do_not_belong_together_have_no_mean() {
    Scores two = row(new float[2], new float[2]);
    for (Scores other :
        List.of(row(new float[2]), Scores.of(Masks.grid(1, 2, 1), new float[2], new float[2]))) {
      assertEquals(
          "Scores of 2×1×1 with 2 channel(s) and of %s with %d cannot be averaged: they must have one grid and as many channels."
              .formatted(other.size(), other.channels()),
          assertThrows(IllegalArgumentException.class, () -> Scores.mean(List.of(two, other)))
              .getMessage());
    }
  }

  @Example
  void as_many_scores_as_voxels_are_needed() {
    assertEquals(
        "A channel of 2×1×1 needs 2 scores, not 3.",
        assertThrows(
                IllegalArgumentException.class,
                () -> Scores.of(Masks.grid(2, 1, 1), new float[2], new float[3]))
            .getMessage());
    assertEquals(
        "Scores need at least one channel.",
        assertThrows(IllegalArgumentException.class, () -> Scores.of(Masks.grid(2, 1, 1)))
            .getMessage());
  }
}
