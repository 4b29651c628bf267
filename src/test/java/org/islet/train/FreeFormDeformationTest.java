package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Size;

class FreeFormDeformationTest {

  private static final Size WINDOW = new Size(31, 22, 14);

  private static float[] at(FreeFormDeformation bend, int i, int j, int k) {
    float[] row = bend.row(bend.slice(k), j);
    return new float[] {bend.at(row, i, 0), bend.at(row, i, 1), bend.at(row, i, 2)};
  }

  @Property(tries = 30)
  void displacements_stay_below_the_most_and_change_smoothly(
      @ForAll @IntRange(min = 4, max = 40) int spacing,
      @ForAll @DoubleRange(min = 0, max = 10) double most,
      @ForAll long seed) {
    FreeFormDeformation bend =
        new FreeFormDeformation(WINDOW, spacing, most, new SplittableRandom(seed));
    // The slope of a cubic B-spline is at most the difference of two nodes over their distance.
    double steepest = 2 * most / spacing + 1e-4;
    for (int k = 0; k < WINDOW.z(); k += 3) {
      for (int j = 1; j < WINDOW.y(); j++) {
        for (int i = 1; i < WINDOW.x(); i++) {
          for (int axis = 0; axis < 3; axis++) {
            float here = at(bend, i, j, k)[axis];
            assertTrue(Math.abs(here) <= most + 1e-4, "moved by " + here);
            assertTrue(Math.abs(here - at(bend, i - 1, j, k)[axis]) <= steepest);
            assertTrue(Math.abs(here - at(bend, i, j - 1, k)[axis]) <= steepest);
          }
        }
      }
    }
  }

  @Property(tries = 20)
  void nothing_is_folded_over_even_by_the_most_that_is_allowed(@ForAll long seed) {
    FreeFormDeformation bend =
        new FreeFormDeformation(WINDOW, 8, 0.4 * 8, new SplittableRandom(seed));
    for (int k = 1; k < WINDOW.z(); k++) {
      for (int j = 1; j < WINDOW.y(); j++) {
        for (int i = 1; i < WINDOW.x(); i++) {
          float[] here = at(bend, i, j, k);
          double[] x = step(here, at(bend, i - 1, j, k), 0);
          double[] y = step(here, at(bend, i, j - 1, k), 1);
          double[] z = step(here, at(bend, i, j, k - 1), 2);
          double volume =
              x[0] * (y[1] * z[2] - y[2] * z[1])
                  - x[1] * (y[0] * z[2] - y[2] * z[0])
                  + x[2] * (y[0] * z[1] - y[1] * z[0]);
          assertTrue(volume > 0, "at (%d, %d, %d): %s".formatted(i, j, k, volume));
        }
      }
    }
  }

  private static double[] step(float[] here, float[] before, int along) {
    double[] step = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      step[axis] = here[axis] - before[axis] + (axis == along ? 1 : 0);
    }
    return step;
  }

  @Example
  void a_voxel_on_a_node_is_moved_by_27_nodes_with_the_weights_of_cubic_splines() {
    // A window of one voxel has 4×4×4 nodes, drawn in order; the voxel lies on the second along
    // each axis, where the splines are 1/6, 4/6, 1/6 and 0.
    SplittableRandom random = new SplittableRandom(5);
    double[] expected = new double[3];
    double[] w = {1 / 6.0, 4 / 6.0, 1 / 6.0, 0};
    for (int n = 0; n < 64; n++) {
      for (int axis = 0; axis < 3; axis++) {
        double node = 2 * (2 * random.nextDouble() - 1);
        expected[axis] += w[n % 4] * w[n / 4 % 4] * w[n / 16] * node;
      }
    }
    FreeFormDeformation bend =
        new FreeFormDeformation(new Size(1, 1, 1), 9, 2, new SplittableRandom(5));
    for (int axis = 0; axis < 3; axis++) {
      assertEquals(expected[axis], at(bend, 0, 0, 0)[axis], 1e-6);
    }
  }

  @Example
  void a_voxel_moves_by_about_a_fifth_of_what_nodes_do() {
    double squares = 0;
    int count = 0;
    for (int seed = 0; seed < 20; seed++) {
      FreeFormDeformation bend =
          new FreeFormDeformation(new Size(96, 96, 96), 24, 6, new SplittableRandom(seed));
      for (int k = 0; k < 96; k += 8) {
        for (int j = 0; j < 96; j += 8) {
          float[] row = bend.row(bend.slice(k), j);
          for (int i = 0; i < 96; i++) {
            squares += bend.at(row, i, 0) * bend.at(row, i, 0);
            count++;
          }
        }
      }
    }
    assertEquals(0.2 * 6, Math.sqrt(squares / count), 0.15);
  }
}
