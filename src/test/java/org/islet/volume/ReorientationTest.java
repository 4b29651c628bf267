package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReorientationTest {

  private static final double TILT = 0.3; // rad about each axis, the most that the tests turn

  /** All 48: six permutations, eight choices of sign. */
  private static Stream<Orientation> orientations() {
    return Stream.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")
        .flatMap(code -> Stream.of(code, code.replace('R', 'L')))
        .flatMap(code -> Stream.of(code, code.replace('A', 'P')))
        .flatMap(code -> Stream.of(code, code.replace('S', 'I')))
        .map(Orientation::new);
  }

  @Provide
  Arbitrary<Orientation> anyOrientation() {
    return Arbitraries.of(orientations().toList());
  }

  /** Grids of any orientation, tilted, with a different spacing along each axis. */
  @Provide
  Arbitrary<Geometry> anyGrid() {
    return Arbitraries.randomValue(
        random -> {
          double[][] turned = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
          for (int axis = 0; axis < 3; axis++) {
            turn(turned, axis, (2 * random.nextDouble() - 1) * TILT);
          }
          Orientation o = orientations().toList().get(random.nextInt(48));
          double[] rows = new double[12];
          for (int a = 0; a < 3; a++) {
            double step = (0.5 + 4 * random.nextDouble()) * (o.isReversed(a) ? -1 : 1);
            for (int row = 0; row < 3; row++) {
              rows[4 * row + a] = turned[row][o.worldAlong(a)] * step;
            }
          }
          for (int row = 0; row < 3; row++) {
            rows[4 * row + 3] = 400 * random.nextDouble() - 200;
          }
          Size size = new Size(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(6));
          return new Geometry(size, Affine.of(rows));
        });
  }

  private static void turn(double[][] m, int axis, double angle) {
    double[] u = m[(axis + 1) % 3].clone();
    double[] v = m[(axis + 2) % 3].clone();
    for (int c = 0; c < 3; c++) {
      m[(axis + 1) % 3][c] = Math.cos(angle) * u[c] - Math.sin(angle) * v[c];
      m[(axis + 2) % 3][c] = Math.sin(angle) * u[c] + Math.cos(angle) * v[c];
    }
  }

  @Test
  void there_are_48_and_each_reaches_each() {
    assertEquals(48, orientations().distinct().count());
    assertEquals(orientations().collect(Collectors.toSet()), Set.copyOf(Orientation.all()));
    Geometry ras = Geometry.of(new Size(2, 3, 4), 0.7, 0.8, 2.5);
    orientations()
        .forEach(
            from -> {
              Geometry grid = new Reorientation(ras, from).target();
              assertEquals(from, grid.orientation());
              orientations()
                  .forEach(
                      to -> assertEquals(to, new Reorientation(grid, to).target().orientation()));
            });
  }

  @Property(tries = 300)
  void every_voxel_keeps_its_value_and_its_place_in_the_patient(
      @ForAll("anyGrid") Geometry grid, @ForAll("anyOrientation") Orientation target) {
    Volume moved = new Reorientation(grid, target).apply(Masks.indices(grid));
    Size size = grid.size();
    boolean[] seen = new boolean[size.count()];
    for (int k = 0; k < moved.size().z(); k++) {
      for (int j = 0; j < moved.size().y(); j++) {
        for (int i = 0; i < moved.size().x(); i++) {
          int old = (int) moved.at(i, j, k);
          seen[old] = true;
          int x = old % size.x();
          int y = old / size.x() % size.y();
          int z = old / (size.x() * size.y());
          assertArrayEquals(
              grid.affine().apply(x, y, z), moved.geometry().affine().apply(i, j, k), 1e-9);
        }
      }
    }
    for (boolean s : seen) {
      assertTrue(s);
    }
  }

  @Property(tries = 300)
  void a_tilted_grid_goes_to_the_canonical_orientation_and_back(@ForAll("anyGrid") Geometry grid) {
    Reorientation there = Reorientation.toCanonical(grid);
    assertEquals(Orientation.CANONICAL, there.target().orientation());
    Volume volume = Masks.indices(grid);
    Reorientation back = new Reorientation(there.target(), grid.orientation());
    assertTrue(back.target().matches(grid));
    Volume returned = back.apply(there.apply(volume));
    assertArrayEquals(volume.toFloats(), returned.toFloats());
  }

  @Property(tries = 300)
  void a_mask_moves_as_a_volume_does_and_undo_brings_it_back(
      @ForAll("anyGrid") Geometry grid,
      @ForAll("anyOrientation") Orientation target,
      @ForAll @IntRange(min = 0, max = 1000) int seed,
      @ForAll @DoubleRange(min = 0, max = 1) double density) {
    Mask mask = Masks.random(grid, density, new Random(seed));
    Reorientation reorientation = new Reorientation(grid, target);
    Volume moved = reorientation.apply(asVolume(mask));
    byte[] inside = new byte[mask.size().count()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = (byte) moved.at(i);
    }
    Mask applied = reorientation.apply(mask.trimmed());
    assertArrayEquals(inside, applied.toBytes());
    assertEquals(reorientation.target(), applied.geometry());
    Mask undone = reorientation.undo(Mask.of(reorientation.target(), inside).trimmed());
    assertArrayEquals(mask.toBytes(), undone.toBytes());
    assertEquals(grid, undone.geometry());
  }

  private static Volume asVolume(Mask mask) {
    byte[] inside = mask.toBytes();
    float[] values = new float[inside.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = inside[i];
    }
    return Volume.of(mask.geometry(), values);
  }

  @Test
  void a_small_volume_in_asl_becomes_this_one_in_ras() {
    // x runs to the front in steps of 2 mm, y to the head in steps of 3, z to the left in steps of
    // 1
    Geometry asl = new Geometry(new Size(2, 1, 3), Affine.of(0, 0, -1, 10, 2, 0, 0, 0, 0, 3, 0, 5));
    Volume ras =
        Reorientation.toCanonical(asl).apply(Volume.of(asl, new short[] {0, 1, 2, 3, 4, 5}));
    assertEquals(new Size(3, 2, 1), ras.size());
    assertArrayEquals(new float[] {4, 2, 0, 5, 3, 1}, ras.toFloats());
    assertEquals(Affine.scaling(1, 2, 3, 8, 0, 5), ras.geometry().affine());
  }

  @Test
  void nothing_moves_where_the_orientation_is_right_already() {
    Geometry grid = Geometry.of(new Size(3, 2, 1), 1, 2, 3);
    Reorientation identity = Reorientation.toCanonical(grid);
    Volume volume = Masks.indices(grid);
    assertTrue(identity.isIdentity());
    assertSame(volume, identity.apply(volume));
  }

  @Test
  void refuses_a_volume_or_mask_on_another_grid() {
    Geometry las = new Geometry(new Size(3, 2, 1), Affine.of(-1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0));
    Reorientation reorientation = Reorientation.toCanonical(las);
    Volume other = Masks.indices(Masks.grid(3, 2, 2));
    var refusal = assertThrows(IllegalArgumentException.class, () -> reorientation.apply(other));
    assertTrue(refusal.getMessage().contains("3×2×2"), refusal.getMessage());
    Mask notMoved = Mask.empty(las);
    assertThrows(IllegalArgumentException.class, () -> reorientation.undo(notMoved));
  }
}
