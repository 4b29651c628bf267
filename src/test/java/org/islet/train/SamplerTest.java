package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class SamplerTest {

  private static final Size LARGEST = new Size(16, 8, 8);

  /** A case with truth where the value is above a half, at random places. */
  private static TrainingCase speckled(Size size, long seed) {
    Random random = new Random(seed);
    Geometry grid = Geometry.of(size, 1, 1, 1);
    float[] values = new float[size.count()];
    byte[] truth = new byte[size.count()];
    for (int i = 0; i < values.length; i++) {
      truth[i] = (byte) random.nextInt(2);
      // Far enough from the middle that gain, shift and noise cannot carry a value across.
      values[i] = 0.2f + 0.6f * truth[i];
    }
    return new TrainingCase(Volume.of(grid, values), Mask.of(grid, truth));
  }

  @Property(tries = 200)
  void a_window_is_at_most_the_largest_and_a_multiple_of_the_divisor(
      @ForAll @IntRange(min = 1, max = 30) int x,
      @ForAll @IntRange(min = 1, max = 30) int y,
      @ForAll @IntRange(min = 1, max = 30) int z,
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll long seed) {
    List<TrainingCase> cases =
        List.of(speckled(new Size(x, y, 1), 1), speckled(new Size(1, 1, z), 2));
    Batch batch = new Sampler(cases, LARGEST, 4, seed).next(count);
    for (int axis = 0; axis < 3; axis++) {
      int longest = new Size(x, y, z).along(axis);
      int expected = Math.min(LARGEST.along(axis), (longest + 3) / 4 * 4);
      assertEquals(expected, batch.window().along(axis));
    }
    assertEquals(count, batch.count());
    assertEquals(count * batch.window().count(), batch.values().length);
    assertEquals(count * batch.window().count(), batch.truth().length);
  }

  @Property(tries = 200)
  void truth_stays_with_its_values_which_stay_between_0_and_1(@ForAll long seed) {
    Size size = new Size(20, 9, 8);
    Batch batch = new Sampler(List.of(speckled(size, 3)), LARGEST, 4, seed).next(3);
    for (int i = 0; i < batch.values().length; i++) {
      float value = batch.values()[i];
      assertTrue(value > 0 && value <= 1, "value " + value);
      assertEquals(value > 0.5 ? 1 : 0, batch.truth()[i], "value " + value);
    }
  }

  @Property(tries = 100)
  void a_smaller_case_is_whole_and_padded_by_0(@ForAll long seed) {
    Size size = new Size(5, 7, 4);
    TrainingCase small = speckled(size, 3);
    Batch batch = new Sampler(List.of(small), LARGEST, 4, seed).next(2);
    assertEquals(new Size(8, 8, 4), batch.window());
    int padding = 0;
    int inside = 0;
    for (int i = 0; i < batch.values().length; i++) {
      padding += batch.values()[i] == 0 ? 1 : 0;
      inside += (int) batch.truth()[i];
    }
    assertEquals(2 * (8 * 8 * 4 - size.count()), padding);
    assertEquals(2 * small.truth().count(), inside);
  }

  @Example
  void the_first_of_two_windows_holds_truth_and_the_second_lies_anywhere() {
    Geometry grid = Geometry.of(new Size(160, 8, 8), 1, 1, 1);
    byte[] corner = new byte[grid.size().count()];
    corner[0] = 1;
    TrainingCase rare =
        new TrainingCase(Volume.of(grid, new float[corner.length]), Mask.of(grid, corner));
    Sampler sampler = new Sampler(List.of(rare), LARGEST, 4, 5);
    int window = LARGEST.count();
    int anywhere = 0;
    for (int i = 0; i < 300; i++) {
      float[] truth = sampler.next(2).truth();
      assertEquals(1, truth[0]);
      anywhere += (int) truth[window];
    }
    // A voxel anywhere is among the first 16 of 160 along x one time in ten, and then the window
    // begins at 0 for all of its 1 to 16 possible places with a chance of 21 % on average.
    assertTrue(anywhere > 0 && anywhere < 30, "in " + anywhere + " of 300");
  }

  @Example
  void each_voxel_of_truth_is_as_likely_to_be_held() {
    Geometry grid = Geometry.of(new Size(400, 1, 1), 1, 1, 1);
    byte[] ends = new byte[400];
    ends[10] = 1;
    ends[390] = 1;
    float[] brightAtFirst = new float[400];
    Arrays.fill(brightAtFirst, 0, 200, 0.9f);
    TrainingCase two = new TrainingCase(Volume.of(grid, brightAtFirst), Mask.of(grid, ends));
    Sampler sampler = new Sampler(List.of(two), new Size(4, 4, 4), 4, 2);
    int low = 0;
    for (int i = 0; i < 400; i++) {
      float[] values = sampler.next(1).values();
      float most = 0;
      for (float value : values) {
        most = Math.max(most, value);
      }
      low += most > 0.5 ? 1 : 0;
    }
    assertTrue(low > 150 && low < 250, low + " of 400");
  }

  @Example
  void clipped_values_stay_as_they_are() {
    Geometry grid = Geometry.of(new Size(4, 4, 4), 1, 1, 1);
    float[] ends = new float[64];
    Arrays.fill(ends, 32, 64, 1);
    TrainingCase clipped = new TrainingCase(Volume.of(grid, ends), Mask.empty(grid));
    Sampler sampler = new Sampler(List.of(clipped), LARGEST, 4, 1);
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(ends, sampler.next(1).values());
    }
  }

  @Example
  void the_same_seed_gives_the_same_batches_and_another_seed_others() {
    List<TrainingCase> cases = List.of(speckled(new Size(20, 9, 8), 3));
    Sampler one = new Sampler(cases, LARGEST, 4, 7);
    Sampler same = new Sampler(cases, LARGEST, 4, 7);
    Sampler other = new Sampler(cases, LARGEST, 4, 8);
    for (int i = 0; i < 5; i++) {
      Batch batch = one.next(2);
      Batch again = same.next(2);
      assertArrayEquals(batch.values(), again.values());
      assertArrayEquals(batch.truth(), again.truth());
      assertFalse(Arrays.equals(batch.values(), other.next(2).values()));
    }
  }

  @Example
  void every_place_and_every_case_is_drawn() {
    Size size = new Size(19, 8, 8);
    Geometry grid = Geometry.of(size, 1, 1, 1);
    // A row's only voxel of truth tells where the window begins, its value which case it is.
    byte[] marker = new byte[size.count()];
    marker[size.index(9, 0, 0)] = 1;
    float[] dark = new float[size.count()];
    Arrays.fill(dark, 0.2f);
    float[] bright = new float[size.count()];
    Arrays.fill(bright, 0.8f);
    Mask truth = Mask.of(grid, marker);
    Sampler sampler =
        new Sampler(
            List.of(
                new TrainingCase(Volume.of(grid, dark), truth),
                new TrainingCase(Volume.of(grid, bright), truth)),
            LARGEST,
            4,
            1);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Batch batch = sampler.next(1);
      int at = 0;
      while (batch.truth()[at] == 0) {
        at++;
      }
      drawn.add((9 - at) + (batch.values()[0] > 0.5 ? " bright" : " dark"));
    }
    assertEquals(
        Set.of(
            "0 dark", "1 dark", "2 dark", "3 dark", "0 bright", "1 bright", "2 bright", "3 bright"),
        drawn);
  }
}
