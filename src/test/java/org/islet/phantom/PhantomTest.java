package org.islet.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.ConnectedComponents;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Resampling;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PhantomTest {

  private static final Geometry COARSE = Phantom.wholeAbdomen(new Size(128, 128, 80));
  private static final int PATIENTS = 20;
  private static List<Phantom> patients;

  @BeforeAll
  static void makePatients() {
    patients =
        IntStream.range(0, PATIENTS).mapToObj(seed -> Phantom.generate(seed, COARSE)).toList();
  }

  @Test
  void same_seed_and_grid_give_the_same_voxels_on_one_thread_as_on_many() throws Exception {
    ForkJoinPool oneThread = new ForkJoinPool(1);
    try {
      Phantom alone = oneThread.submit(() -> Phantom.generate(3, COARSE)).get();
      assertArrayEquals(patients.get(3).ct().toFloats(), alone.ct().toFloats());
      assertArrayEquals(patients.get(3).pancreas().toBytes(), alone.pancreas().toBytes());
    } finally {
      oneThread.shutdown();
    }
  }

  @Test
  void a_seed_gives_these_voxels_on_any_machine() {
    assertEquals(6401503240L, checksum(patients.get(0)));
  }

  @Test
  void pancreas_volumes_are_those_of_adults() {
    double[] ml = patients.stream().mapToDouble(p -> p.pancreas().millilitres()).toArray();
    for (double v : ml) {
      assertTrue(v > 30 && v < 140, () -> Arrays.toString(ml));
    }
    double mean = Arrays.stream(ml).average().orElseThrow();
    assertTrue(mean > 60 && mean < 90, () -> "mean " + mean + " ml");
  }

  @Test
  void pancreas_is_one_piece_inside_the_grid() {
    for (Phantom p : patients) {
      assertEquals(1, new ConnectedComponents(p.pancreas()).count());
      Box around = Box.around(p.pancreas()).orElseThrow();
      assertFalse(around.touchesBorderOf(p.pancreas().size()));
    }
  }

  /** A bow of 120 mm, 26 mm thick at the head and 14 at the tail: about 40 ml. */
  private static Mask bow() {
    Geometry grid = Geometry.of(new Size(80, 60, 30), 2, 2, 2.5);
    Shape tube = new Tube(new double[][] {{130, 40, 30, 13}, {80, 70, 40, 9}, {25, 45, 45, 7}}, 1);
    return filled(grid, tube);
  }

  @Test
  void a_pancreas_that_somebody_drew_comes_out_about_as_large_in_one_piece_and_in_its_place() {
    Mask real = bow();
    for (int seed = 0; seed < 8; seed++) {
      Mask mask = Phantom.generate(seed, COARSE, Optional.of(real)).pancreas();
      assertEquals(1, mask.millilitres() / real.millilitres(), 0.4);
      Mask largest = new ConnectedComponents(mask).largest();
      assertTrue(largest.count() > 0.97 * mask.count(), "pieces");
      double[] c = centre(mask);
      assertEquals(-13, c[0], 25);
      assertEquals(9, c[1], 22);
      assertEquals(-2, c[2], 30);
    }
  }

  @Test
  void a_pancreas_that_somebody_drew_is_deformed_otherwise_for_each_seed() {
    Optional<Mask> real = Optional.of(bow());
    Phantom one = Phantom.generate(1, COARSE, real);
    assertArrayEquals(
        one.pancreas().toBytes(), Phantom.generate(1, COARSE, real).pancreas().toBytes());
    assertTrue(dice(one.pancreas(), Phantom.generate(2, COARSE, real).pancreas()) < 0.8);
    assertTrue(dice(one.pancreas(), patients.get(1).pancreas()) < 0.8);
  }

  private static Organ pancreasOf(int seed) {
    return new Anatomy(new SplittableRandom(seed), Optional.empty())
        .organs().stream().filter(o -> o.outline().isPresent()).findFirst().orElseThrow();
  }

  /** Where the pancreas itself is, which its outline strays from. */
  private static Mask tissue(int seed) {
    return filled(COARSE, pancreasOf(seed).shape());
  }

  private static Mask filled(Geometry grid, Shape shape) {
    Size size = grid.size();
    byte[] inside = new byte[size.count()];
    for (int at = 0; at < inside.length; at++) {
      int row = Math.floorDiv(at, size.x());
      double[] mm =
          grid.affine().apply(at % size.x(), row % size.y(), Math.floorDiv(row, size.y()));
      inside[at] = (byte) (shape.distance(mm[0], mm[1], mm[2]) < 0 ? 1 : 0);
    }
    return Mask.of(grid, inside);
  }

  @Test
  void the_outline_strays_from_the_edge_of_the_pancreas_but_not_far() {
    Organ pancreas = pancreasOf(1);
    Shape outline = pancreas.outline().orElseThrow();
    Shape.Bounds b = pancreas.shape().bounds();
    SplittableRandom random = new SplittableRandom(2);
    double sum = 0;
    int near = 0;
    for (int i = 0; i < 50_000; i++) {
      double x = b.x0() + (b.x1() - b.x0()) * random.nextDouble();
      double y = b.y0() + (b.y1() - b.y0()) * random.nextDouble();
      double z = b.z0() + (b.z1() - b.z0()) * random.nextDouble();
      double d = pancreas.shape().distance(x, y, z);
      if (Math.abs(d) < 1) {
        double stray = Math.abs(outline.distance(x, y, z) - d);
        assertTrue(stray <= 2.2, "strays by " + stray);
        sum += stray;
        near++;
      }
    }
    assertEquals(0.7, sum / near, 0.15);
  }

  @Test
  void patients_differ_in_place_size_and_direction() {
    List<double[]> centres = patients.stream().map(p -> centre(p.pancreas())).toList();
    double[] minimum = {5, 4, 6};
    for (int axis = 0; axis < 3; axis++) {
      int a = axis;
      double sd = deviation(centres.stream().mapToDouble(c -> c[a]).toArray());
      assertTrue(sd > minimum[axis], "axis " + axis + ": sd " + sd + " mm");
    }
    assertTrue(
        deviation(patients.stream().mapToDouble(p -> p.pancreas().millilitres()).toArray()) > 8);
    double overlap = 0;
    for (int i = 1; i < PATIENTS; i++) {
      overlap += dice(patients.get(i - 1).pancreas(), patients.get(i).pancreas());
    }
    assertTrue(
        overlap / (PATIENTS - 1) < 0.55, "mean DSC between patients " + overlap / (PATIENTS - 1));
  }

  @Test
  void centre_of_the_pancreas_lies_near_the_centre_of_the_grid() {
    for (Phantom p : patients) {
      double[] c = centre(p.pancreas());
      assertTrue(Math.hypot(Math.hypot(c[0], c[1]), c[2]) < 45, () -> Arrays.toString(c));
    }
  }

  @Test
  void no_window_of_attenuation_finds_the_pancreas() {
    for (Phantom p : patients.subList(0, 6)) {
      double best = bestWindow(p);
      assertTrue(best < 0.5, () -> "DSC " + best);
    }
  }

  @Test
  void neighbours_of_its_own_attenuation_touch_the_pancreas() {
    double sum = 0;
    for (int seed = 0; seed < PATIENTS; seed++) {
      sum += shareOfSurfaceThatLooksLikePancreas(patients.get(seed).ct(), tissue(seed));
    }
    assertTrue(sum / PATIENTS > 0.25, "mean share " + sum / PATIENTS);
  }

  @Test
  void finer_voxels_show_the_same_patient() {
    Mask fine = Phantom.generate(5, Phantom.wholeAbdomen(new Size(256, 256, 160))).pancreas();
    assertTrue(dice(Resampling.downsample(fine, 2), patients.get(5).pancreas()) > 0.95);
  }

  @Test
  void coarse_voxels_look_like_fine_ones_averaged() {
    Phantom fine = Phantom.generate(5, Phantom.wholeAbdomen(new Size(256, 256, 160)));
    float[] averaged = Resampling.downsample(fine.ct(), 2).toFloats();
    float[] coarse = patients.get(5).ct().toFloats();
    int alike = 0;
    for (int i = 0; i < coarse.length; i++) {
      alike += Math.abs(coarse[i] - averaged[i]) < 40 ? 1 : 0;
    }
    assertTrue(alike > 0.95 * coarse.length, alike + " of " + coarse.length);
  }

  @Test
  void a_close_up_shows_the_same_patient() {
    Box box = Box.around(patients.get(7).pancreas()).orElseThrow().grown(4);
    Mask closeUp = Phantom.generate(7, COARSE.cropped(box)).pancreas();
    assertArrayEquals(patients.get(7).pancreas().cropped(box).toBytes(), closeUp.toBytes());
  }

  @Test
  void other_orientations_show_the_same_patient() {
    for (String code : new String[] {"LPS", "SRA", "PIL"}) {
      Reorientation turned = new Reorientation(COARSE, new Orientation(code));
      Mask mask = turned.undo(Phantom.generate(2, turned.target()).pancreas());
      assertArrayEquals(patients.get(2).pancreas().toBytes(), mask.toBytes(), code);
    }
  }

  @Test
  void a_tilted_grid_shows_a_pancreas_of_the_same_volume() {
    double c = Math.cos(0.3);
    double s = Math.sin(0.3);
    double mm = 2.5;
    Affine tilted =
        Affine.of(
            mm * c,
            -mm * s,
            0,
            -mm * 64 * (c - s),
            mm * s,
            mm * c,
            0,
            -mm * 64 * (c + s),
            0,
            0,
            3,
            -120);
    Mask mask = Phantom.generate(4, new Geometry(COARSE.size(), tilted)).pancreas();
    assertEquals(patients.get(4).pancreas().millilitres(), mask.millilitres(), 2);
  }

  @Test
  void attenuations_are_those_of_air_fat_and_bone() {
    float[] hu = patients.get(0).ct().toFloats();
    assertEquals(-1000, patients.get(0).ct().at(1, 1, 40), 40);
    int[] counts = new int[3];
    for (float v : hu) {
      assertTrue(v >= -1024 && v <= 3071);
      counts[0] += v > -130 && v < -70 ? 1 : 0;
      counts[1] += v > 40 && v < 140 ? 1 : 0;
      counts[2] += v > 220 ? 1 : 0;
    }
    assertTrue(counts[0] > 0.1 * hu.length, "fat " + counts[0]);
    assertTrue(counts[1] > 0.1 * hu.length, "soft tissue " + counts[1]);
    assertTrue(counts[2] > 0.002 * hu.length, "bone " + counts[2]);
  }

  private static long checksum(Phantom p) {
    return 31L * Arrays.hashCode(p.ct().toFloats()) + Arrays.hashCode(p.pancreas().toBytes());
  }

  /** The centre of a mask, in mm. */
  private static double[] centre(Mask mask) {
    double[] sum = new double[3];
    Size size = mask.size();
    int count = mask.count();
    byte[] inside = mask.toBytes();
    for (int at = 0; at < inside.length; at++) {
      if (inside[at] != 0) {
        int row = at / size.x();
        double[] mm =
            mask.geometry()
                .affine()
                .apply(at % size.x(), row % size.y(), Math.floorDiv(row, size.y()));
        for (int axis = 0; axis < 3; axis++) {
          sum[axis] += mm[axis] / count;
        }
      }
    }
    return sum;
  }

  /** The DSC of the best window of 20 to 60 HU, of all voxels in it or their largest component. */
  private static double bestWindow(Phantom p) {
    double best = 0;
    float[] hu = p.ct().toFloats();
    for (int low = 50; low <= 110; low += 10) {
      for (int high = low + 20; high <= low + 60; high += 20) {
        byte[] inside = new byte[hu.length];
        for (int i = 0; i < hu.length; i++) {
          inside[i] = (byte) (hu[i] >= low && hu[i] < high ? 1 : 0);
        }
        Mask window = Mask.of(p.ct().geometry(), inside);
        best = Math.max(best, dice(window, p.pancreas()));
        best = Math.max(best, dice(new ConnectedComponents(window).largest(), p.pancreas()));
      }
    }
    return best;
  }

  /** Of the voxels one to two steps outside the mask, those within 25 HU of its mean. */
  private static double shareOfSurfaceThatLooksLikePancreas(Volume ct, Mask tissue) {
    byte[] grown = grown(grown(tissue)).toBytes();
    byte[] pancreas = tissue.toBytes();
    byte[] inner = grown(tissue).toBytes();
    float[] hu = ct.toFloats();
    double sum = 0;
    for (int i = 0; i < hu.length; i++) {
      sum += pancreas[i] * hu[i];
    }
    double mean = sum / tissue.count();
    int outside = 0;
    int alike = 0;
    for (int i = 0; i < hu.length; i++) {
      if (grown[i] != 0 && inner[i] == 0) {
        outside++;
        alike += Math.abs(hu[i] - mean) < 25 ? 1 : 0;
      }
    }
    return (double) alike / outside;
  }

  /** The mask and the voxels that share a face with one of its own. */
  private static Mask grown(Mask mask) {
    Size size = mask.size();
    byte[] inside = mask.toBytes();
    byte[] grown = inside.clone();
    List<Integer> steps = new ArrayList<>(List.of(1, size.x(), size.x() * size.y()));
    for (int i = 0; i < grown.length; i++) {
      if (inside[i] != 0) {
        for (int step : steps) {
          grown[i - step] = 1;
          grown[i + step] = 1;
        }
      }
    }
    return Mask.of(mask.geometry(), grown);
  }

  private static double dice(Mask a, Mask b) {
    byte[] insideA = a.toBytes();
    byte[] insideB = b.toBytes();
    int both = 0;
    for (int i = 0; i < insideA.length; i++) {
      both += insideA[i] & insideB[i];
    }
    return 2.0 * both / (a.count() + b.count());
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
