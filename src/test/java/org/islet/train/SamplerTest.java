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
import org.islet.dataset.PreparedCase;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class SamplerTest {

  private static final Size LARGEST = new Size(16, 8, 8);
  private static final Windows ONE = new Windows(1, LARGEST);
  private static final Windows TWO = new Windows(2, LARGEST);

  /** Changes values alone. */
  private static final Augmentation VALUES =
      new Augmentation(1, 0, 0, 0, 24, 0.1, 0.05, 0.03, false);

  /** Changes places alone. */
  private static final Augmentation PLACES = new Augmentation(1, 10, 0.1, 6, 24, 0, 0, 0, false);

  /** A case with truth where the value is above a half, at random places. */
  private static PreparedCase speckled(Size size, long seed) {
    Random random = new Random(seed);
    Geometry grid = Geometry.of(size, 1, 1, 1);
    float[] values = new float[size.count()];
    byte[] truth = new byte[size.count()];
    for (int i = 0; i < values.length; i++) {
      truth[i] = (byte) random.nextInt(2);
      // Far enough from the middle that gain, shift and noise cannot carry a value across.
      values[i] = 0.2f + 0.6f * truth[i];
    }
    return PreparedCase.of(Volume.of(grid, values), Mask.of(grid, truth));
  }

  @Property(tries = 200)
  void windows_are_as_long_as_the_longest_case_among_them_at_most_the_largest_and_a_multiple(
      @ForAll @IntRange(min = 1, max = 30) int x,
      @ForAll @IntRange(min = 1, max = 30) int y,
      @ForAll @IntRange(min = 1, max = 30) int z,
      @ForAll @IntRange(min = 1, max = 3) int count,
      @ForAll long seed) {
    Size size = new Size(x, y, z);
    Sampler sampler = new Sampler(List.of(speckled(size, 1)), 4, Augmentation.DEFAULT, seed);
    Batch batch = sampler.batch(1, new Windows(count, LARGEST));
    for (int axis = 0; axis < 3; axis++) {
      int expected = Math.min(LARGEST.along(axis), (size.along(axis) + 3) / 4 * 4);
      assertEquals(expected, batch.window().along(axis));
    }
    assertEquals(count, batch.count());
    assertEquals(count * batch.window().count(), batch.values().length);
    assertEquals(count * batch.window().count(), batch.truth().length);
  }

  @Example
  void a_batch_is_no_larger_than_the_cases_in_it_ask_for() {
    List<PreparedCase> cases =
        List.of(speckled(new Size(12, 3, 4), 1), speckled(new Size(4, 8, 4), 2));
    Sampler sampler = new Sampler(cases, 4, Augmentation.NONE, 1);
    Set<Size> alone = new HashSet<>();
    Set<Size> together = new HashSet<>();
    for (int step = 1; step <= 40; step++) {
      alone.add(sampler.batch(step, ONE).window());
      together.add(sampler.batch(step, TWO).window());
    }
    Size one = new Size(12, 4, 4);
    Size other = new Size(4, 8, 4);
    assertEquals(Set.of(one, other), alone);
    assertEquals(Set.of(one, other, new Size(12, 8, 4)), together);
  }

  @Property(tries = 200)
  void truth_stays_with_its_values_which_stay_between_0_and_1(@ForAll long seed) {
    Size size = new Size(20, 9, 8);
    Batch batch =
        new Sampler(List.of(speckled(size, 3)), 4, VALUES, seed).batch(1, new Windows(3, LARGEST));
    for (int i = 0; i < batch.values().length; i++) {
      float value = batch.values()[i];
      assertTrue(value > 0 && value <= 1, "value " + value);
      assertEquals(value > 0.5 ? 1 : 0, batch.truth()[i], "value " + value);
    }
  }

  @Example
  void a_share_of_the_windows_is_moved_and_the_others_keep_their_voxels() {
    List<PreparedCase> cases = List.of(speckled(new Size(30, 20, 20), 3));
    Augmentation half = new Augmentation(0.5, 10, 0.1, 6, 24, 0, 0, 0, false);
    Sampler moving = new Sampler(cases, 4, half, 1);
    Sampler keeping = new Sampler(cases, 4, Augmentation.NONE, 1);
    int kept = 0;
    for (int step = 1; step <= 200; step++) {
      float[] values = moving.batch(step, ONE).values();
      kept += Arrays.equals(values, keeping.batch(step, ONE).values()) ? 1 : 0;
    }
    assertEquals(100, kept, 25);
  }

  @Property(tries = 100)
  void a_smaller_case_is_whole_and_padded_by_0(@ForAll long seed) {
    Size size = new Size(5, 7, 4);
    PreparedCase small = speckled(size, 3);
    Batch batch = new Sampler(List.of(small), 4, VALUES, seed).batch(1, TWO);
    assertEquals(new Size(8, 8, 4), batch.window());
    int padding = 0;
    int inside = 0;
    for (int i = 0; i < batch.values().length; i++) {
      padding += batch.values()[i] == 0 ? 1 : 0;
      inside += (int) batch.truth()[i];
    }
    assertEquals(2 * (8 * 8 * 4 - size.count()), padding);
    assertEquals(2 * small.truthCount(), inside);
  }

  @Example
  void the_first_of_two_windows_holds_truth_and_the_second_lies_anywhere() {
    Geometry grid = Geometry.of(new Size(160, 8, 8), 1, 1, 1);
    byte[] corner = new byte[grid.size().count()];
    corner[0] = 1;
    PreparedCase rare =
        PreparedCase.of(Volume.of(grid, new float[corner.length]), Mask.of(grid, corner));
    Sampler sampler = new Sampler(List.of(rare), 4, Augmentation.NONE, 5);
    int window = LARGEST.count();
    int anywhere = 0;
    for (int i = 0; i < 300; i++) {
      float[] truth = sampler.batch(i, TWO).truth();
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
    PreparedCase two = PreparedCase.of(Volume.of(grid, brightAtFirst), Mask.of(grid, ends));
    Sampler sampler = new Sampler(List.of(two), 4, VALUES, 2);
    int low = 0;
    for (int i = 0; i < 400; i++) {
      float[] values = sampler.batch(i, new Windows(1, new Size(4, 4, 4))).values();
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
    PreparedCase clipped = PreparedCase.of(Volume.of(grid, ends), Mask.empty(grid));
    Sampler sampler = new Sampler(List.of(clipped), 4, VALUES, 1);
    for (int i = 0; i < 10; i++) {
      assertArrayEquals(ends, sampler.batch(i, ONE).values());
    }
  }

  @Example
  void a_batch_depends_on_the_seed_and_the_step_alone() {
    List<PreparedCase> cases = List.of(speckled(new Size(20, 9, 8), 3));
    Sampler one = new Sampler(cases, 4, Augmentation.DEFAULT, 7);
    Sampler resumed = new Sampler(cases, 4, Augmentation.DEFAULT, 7);
    Sampler other = new Sampler(cases, 4, Augmentation.DEFAULT, 8);
    Set<Integer> different = new HashSet<>();
    for (int step = 1; step <= 5; step++) {
      Batch batch = one.batch(step, TWO);
      different.add(Arrays.hashCode(batch.values()));
      assertFalse(Arrays.equals(batch.values(), other.batch(step, TWO).values()));
      if (step > 3) {
        Batch again = resumed.batch(step, TWO);
        assertArrayEquals(batch.values(), again.values());
        assertArrayEquals(batch.truth(), again.truth());
      }
    }
    assertEquals(5, different.size());
  }

  @Property(tries = 100)
  void without_augmentation_a_window_is_a_crop(
      @ForAll @IntRange(min = 1, max = 20) int x,
      @ForAll @IntRange(min = 1, max = 12) int y,
      @ForAll @IntRange(min = 1, max = 12) int z,
      @ForAll long seed) {
    Size size = new Size(x, y, z);
    float[] numbers = new float[size.count()];
    byte[] truth = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i + 1f) / PreparedCase.ONE;
      truth[i] = (byte) (i % 3 == 0 ? 1 : 0);
    }
    Geometry grid = Geometry.of(size, 0.7, 0.8, 2);
    PreparedCase whole = PreparedCase.of(Volume.of(grid, numbers), Mask.of(grid, truth));
    Batch batch = new Sampler(List.of(whole), 4, Augmentation.NONE, seed).batch(1, TWO);
    Size window = batch.window();
    for (int w = 0; w < 2; w++) {
      int start = w * window.count();
      int first = 0; // of the case's voxels in the window
      while (batch.values()[start + first] == 0) {
        first++;
      }
      int index = Math.round(batch.values()[start + first] * PreparedCase.ONE) - 1;
      int dx = index % x - first % window.x();
      int dy = index / x % y - first / window.x() % window.y();
      int dz = index / x / y - first / window.x() / window.y();
      for (int at = 0; at < window.count(); at++) {
        int i = at % window.x() + dx;
        int j = at / window.x() % window.y() + dy;
        int k = at / window.x() / window.y() + dz;
        boolean outside = i < 0 || j < 0 || k < 0 || i >= x || j >= y || k >= z;
        int voxel = outside ? 0 : size.index(i, j, k);
        assertEquals(outside ? 0 : numbers[voxel], batch.values()[start + at]);
        assertEquals(outside ? 0 : truth[voxel], batch.truth()[start + at]);
      }
    }
  }

  @Property(tries = 100)
  void values_and_truth_move_together(@ForAll long seed) {
    PreparedCase bright = brightTruth(new Size(20, 12, 10), 3);
    Batch batch = new Sampler(List.of(bright), 4, PLACES, seed).batch(1, TWO);
    int inside = 0;
    for (int i = 0; i < batch.values().length; i++) {
      float share = batch.values()[i] / 0.8f;
      if (Math.abs(share - 0.5) > 1e-3) {
        assertEquals(share > 0.5 ? 1 : 0, batch.truth()[i], "a share of " + share);
      }
      inside += (int) batch.truth()[i];
    }
    assertTrue(inside > 100, "inside: " + inside);
  }

  /** A case that is 0.8 inside and 0 outside, in blocks of 4 voxels' edge. */
  private static PreparedCase brightTruth(Size size, long seed) {
    Geometry grid = Geometry.of(size, 1, 1, 2);
    float[] values = new float[size.count()];
    byte[] truth = new byte[values.length];
    Random random = new Random(seed);
    boolean[] blocks = new boolean[1000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = random.nextBoolean();
    }
    for (int i = 0; i < values.length; i++) {
      int block = i % size.x() / 4 + 10 * (i / size.x() % size.y() / 4);
      truth[i] = (byte) (blocks[block + 100 * (i / size.x() / size.y() / 4)] ? 1 : 0);
      values[i] = 0.8f * truth[i];
    }
    return PreparedCase.of(Volume.of(grid, values), Mask.of(grid, truth));
  }

  @Property(tries = 200)
  void the_first_window_holds_its_voxel_of_truth_however_it_is_turned_and_bent(
      @ForAll @IntRange(min = 0, max = 39) int x,
      @ForAll @IntRange(min = 0, max = 19) int y,
      @ForAll @IntRange(min = 0, max = 9) int z,
      @ForAll boolean flip,
      @ForAll long seed) {
    Size size = new Size(40, 20, 10);
    Geometry grid = Geometry.of(size, 0.8, 0.8, 2.5);
    byte[] truth = new byte[size.count()];
    truth[size.index(x, y, z)] = 1;
    PreparedCase rare =
        PreparedCase.of(Volume.of(grid, new float[truth.length]), Mask.of(grid, truth));
    Augmentation strong = new Augmentation(1, 45, 0.3, 9, 24, 0, 0, 0, flip);
    float[] drawn = new Sampler(List.of(rare), 4, strong, seed).batch(1, ONE).truth();
    float most = 0;
    for (float inside : drawn) {
      most = Math.max(most, inside);
    }
    assertEquals(1, most);
  }

  @Example
  void with_the_flip_every_other_window_is_mirrored() {
    Size size = new Size(16, 8, 8);
    PreparedCase one = speckled(size, 3);
    float[] values = one.input().toFloats();
    Augmentation flip = new Augmentation(1, 0, 0, 0, 24, 0, 0, 0, true);
    Sampler sampler = new Sampler(List.of(one), 4, flip, 1);
    int mirrored = 0;
    for (int step = 0; step < 100; step++) {
      float[] drawn = sampler.batch(step, ONE).values();
      boolean isMirrored = !Arrays.equals(values, drawn);
      mirrored += isMirrored ? 1 : 0;
      for (int i = 0; i < values.length; i++) {
        int from = isMirrored ? i / 16 * 16 + 15 - i % 16 : i;
        assertEquals(values[from], drawn[i]);
      }
    }
    assertTrue(mirrored > 35 && mirrored < 65, mirrored + " of 100");
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
                PreparedCase.of(Volume.of(grid, dark), truth),
                PreparedCase.of(Volume.of(grid, bright), truth)),
            4,
            Augmentation.NONE,
            1);
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Batch batch = sampler.batch(i, ONE);
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
