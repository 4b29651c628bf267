package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class WindowMapTest {

  private static final Size WINDOW = new Size(9, 7, 5);

  private static FreeFormDeformation none() {
    return new FreeFormDeformation(WINDOW, 24, 0, new SplittableRandom(0));
  }

  private static Geometry grid(double dx, double dy, double dz) {
    return Geometry.of(new Size(12, 11, 10), dx, dy, dz);
  }

  @Property(tries = 200)
  void a_turn_by_90_degrees_is_the_turned_crop(
      @ForAll @IntRange(min = 0, max = 2) int axis,
      @ForAll boolean flipped,
      @ForAll @IntRange(min = 0, max = 8) int ax,
      @ForAll @IntRange(min = 0, max = 6) int ay,
      @ForAll @IntRange(min = 0, max = 4) int az,
      @ForAll @IntRange(min = 0, max = 11) int x,
      @ForAll @IntRange(min = 0, max = 9) int y) {
    Geometry grid = grid(0.7, 0.7, 0.7);
    float[] numbers = new float[grid.size().count()];
    byte[] truth = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (37 * i % 60_000 + 1f) / PreparedCase.ONE;
      truth[i] = (byte) (i * 7 % 5 < 2 ? 1 : 0);
    }
    PreparedCase whole = PreparedCase.of(Volume.of(grid, numbers), Mask.of(grid, truth));
    double[] degrees = new double[3];
    degrees[axis] = 90;
    int[] place = {x, y, 4};
    WindowMap map =
        new WindowMap(
            WindowMap.linear(degrees, 1, flipped, grid), new int[] {ax, ay, az}, place, none());
    Interpolation interpolation = new Interpolation(whole);
    float[][] places = new float[3][WINDOW.x()];
    float[] values = new float[WINDOW.x()];
    float[] inside = new float[WINDOW.x()];
    for (int k = 0; k < WINDOW.z(); k++) {
      for (int j = 0; j < WINDOW.y(); j++) {
        Arrays.fill(values, 0);
        Arrays.fill(inside, 0);
        map.slice(k).row(j, places);
        interpolation.read(places, values, inside, 0);
        for (int i = 0; i < WINDOW.x(); i++) {
          int[] step = {flipped ? ax - i : i - ax, j - ay, k - az};
          int[] from = place.clone();
          // About z, for one, a step along x in the window is one along y in the case.
          from[axis] += step[axis];
          from[(axis + 1) % 3] -= step[(axis + 2) % 3];
          from[(axis + 2) % 3] += step[(axis + 1) % 3];
          Size size = grid.size();
          boolean outside = false;
          for (int a = 0; a < 3; a++) {
            outside |= from[a] < 0 || from[a] >= size.along(a);
          }
          int voxel = outside ? 0 : size.index(from[0], from[1], from[2]);
          assertEquals(outside ? 0 : numbers[voxel], values[i], 1e-4);
          assertEquals(outside ? 0 : truth[voxel], inside[i]);
        }
      }
    }
  }

  @Property(tries = 200)
  void lengths_in_mm_change_by_the_scale_alone_whatever_the_spacing(
      @ForAll @DoubleRange(min = -180, max = 180) double a,
      @ForAll @DoubleRange(min = -180, max = 180) double b,
      @ForAll @DoubleRange(min = -180, max = 180) double c,
      @ForAll @DoubleRange(min = 0.5, max = 1.5) double scale,
      @ForAll boolean flipped,
      @ForAll @DoubleRange(min = 0.5, max = 5) double dz,
      @ForAll @IntRange(min = -50, max = 50) int x,
      @ForAll @IntRange(min = -50, max = 50) int y,
      @ForAll @IntRange(min = -50, max = 50) int z) {
    Geometry grid = grid(0.7, 0.9, dz);
    float[] m = WindowMap.linear(new double[] {a, b, c}, scale, flipped, grid);
    double before = Math.hypot(Math.hypot(x * 0.7, y * 0.9), z * dz);
    double[] to = new double[3];
    for (int row = 0; row < 3; row++) {
      to[row] =
          (m[3 * row] * x + m[3 * row + 1] * y + m[3 * row + 2] * z) * grid.spacing(row) * scale;
    }
    assertEquals(before, Math.hypot(Math.hypot(to[0], to[1]), to[2]), 1e-4 * (1 + before));
    double determinant =
        m[0] * (m[4] * m[8] - m[5] * m[7])
            - m[1] * (m[3] * m[8] - m[5] * m[6])
            + m[2] * (m[3] * m[7] - m[4] * m[6]);
    assertEquals((flipped ? -1 : 1) / (scale * scale * scale), determinant, 1e-3);
  }

  @Property(tries = 100)
  void the_anchor_stays_where_it_is(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 8) int i,
      @ForAll @IntRange(min = 0, max = 6) int j,
      @ForAll @IntRange(min = 0, max = 4) int k) {
    SplittableRandom random = new SplittableRandom(seed);
    Geometry grid = grid(0.7, 0.9, 2.5);
    int[] place = {3, 8, 100};
    WindowMap map =
        new WindowMap(
            WindowMap.randomLinear(Augmentation.DEFAULT, false, grid, random),
            new int[] {i, j, k},
            place,
            new FreeFormDeformation(WINDOW, 6, 2.4, random));
    float[][] places = new float[3][WINDOW.x()];
    map.slice(k).row(j, places);
    assertArrayEquals(
        new float[] {3, 8, 100}, new float[] {places[0][i], places[1][i], places[2][i]});
    boolean moved = false;
    for (int other = 0; other < WINDOW.x(); other++) {
      moved |= places[1][other] != 8 || places[0][other] != 3 + other - i;
    }
    assertTrue(moved);
  }

  @Property(tries = 200)
  void angles_and_scales_lie_within_their_amounts(@ForAll long seed) {
    Augmentation amounts = new Augmentation(1, 10, 0.1, 0, 24, 0, 0, 0, false);
    float[] m = WindowMap.randomLinear(amounts, false, grid(1, 1, 1), new SplittableRandom(seed));
    double determinant =
        m[0] * (m[4] * m[8] - m[5] * m[7])
            - m[1] * (m[3] * m[8] - m[5] * m[6])
            + m[2] * (m[3] * m[7] - m[4] * m[6]);
    double scale = 1 / Math.cbrt(determinant);
    assertTrue(scale > 0.9 - 1e-6 && scale < 1.1 + 1e-6, "scale " + scale);
    // The angle of a product of three turns is at most the sum of theirs.
    double angle = Math.toDegrees(Math.acos(Math.min(1, ((m[0] + m[4] + m[8]) * scale - 1) / 2)));
    assertTrue(angle <= 30 + 1e-3, "angle " + angle);
  }
}
