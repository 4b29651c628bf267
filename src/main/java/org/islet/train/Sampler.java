package org.islet.train;

import java.util.List;
import java.util.SplittableRandom;
import org.islet.volume.Mask;
import org.islet.volume.Size;

/**
 * Draws batches of windows from training cases, their values scaled, shifted and made noisy as
 * scanners and contrast phases differ. A batch's first window holds a random voxel of the truth, at
 * a random place; the next lies anywhere in its case, so that the network sees much that is not the
 * organ; and so on in turn. There is no mirroring: left and right are not alike in the abdomen.
 */
final class Sampler {

  private final List<TrainingCase> cases;
  private final Size window;
  private final SplittableRandom random;

  /**
   * @param largest the largest window; along an axis it is no longer than the longest case
   * @param divisor what a window's axes are multiples of; a case that is smaller is padded by 0
   */
  Sampler(List<TrainingCase> cases, Size largest, int divisor, long seed) {
    this.cases = cases;
    this.window =
        new Size(
            windowLength(0, largest, divisor),
            windowLength(1, largest, divisor),
            windowLength(2, largest, divisor));
    this.random = new SplittableRandom(seed);
  }

  private int windowLength(int axis, Size largest, int divisor) {
    int longest = cases.stream().mapToInt(c -> c.input().size().along(axis)).max().orElseThrow();
    return (Math.min(largest.along(axis), longest) + divisor - 1) / divisor * divisor;
  }

  /**
   * The next batch. The same seed, cases and counts give the same batches.
   *
   * @param count how many windows
   */
  Batch next(int count) {
    float[] values = new float[Math.multiplyExact(count, window.count())];
    float[] truth = new float[values.length];
    for (int i = 0; i < count; i++) {
      TrainingCase from = cases.get(random.nextInt(cases.size()));
      int inside =
          i % 2 == 0 ? voxelInside(from.truth()) : random.nextInt(from.truth().size().count());
      draw(from, inside, values, truth, i * window.count());
    }
    return new Batch(count, window, values, truth);
  }

  /** Draws a window that holds a voxel of a case into arrays, from an index on. */
  private void draw(TrainingCase from, int voxel, float[] values, float[] truth, int start) {
    Size whole = from.input().size();
    int x = offset(whole.x(), window.x(), voxel % whole.x());
    int y = offset(whole.y(), window.y(), voxel / whole.x() % whole.y());
    int z = offset(whole.z(), window.z(), voxel / whole.x() / whole.y());
    float gain = (float) (1 + 0.1 * (2 * random.nextDouble() - 1));
    float shift = (float) (0.05 * (2 * random.nextDouble() - 1));
    float noise = (float) (0.03 * random.nextDouble());
    for (int k = Math.max(0, z); k < Math.min(whole.z(), z + window.z()); k++) {
      for (int j = Math.max(0, y); j < Math.min(whole.y(), y + window.y()); j++) {
        for (int i = Math.max(0, x); i < Math.min(whole.x(), x + window.x()); i++) {
          int to = start + window.index(i - x, j - y, k - z);
          float value = from.input().at(i, j, k);
          // Voxels at the ends of the window of HU are clipped values, so they stay as they are.
          if (value > 0 && value < 1) {
            value = value * gain + shift + noise * triangular();
          }
          values[to] = Math.max(0, Math.min(1, value));
          truth[to] = from.truth().contains(i, j, k) ? 1 : 0;
        }
      }
    }
  }

  /** A random voxel of the truth, each as likely as any other; of an empty one, any voxel. */
  private int voxelInside(Mask truth) {
    byte[] voxels = truth.toBytes();
    int count = truth.count();
    if (count == 0) {
      return random.nextInt(voxels.length);
    }
    int at = -1;
    for (int left = random.nextInt(count); left >= 0; at++) {
      left -= voxels[at + 1];
    }
    return at;
  }

  /**
   * Where the window begins, so that it holds a place: anywhere inside the case, or up to the
   * padding before it.
   */
  private int offset(int whole, int window, int place) {
    int slack = whole - window;
    if (slack < 0) {
      return -random.nextInt(-slack + 1);
    }
    return random.nextInt(Math.max(0, place - window + 1), Math.min(slack, place) + 1);
  }

  /** Noise of mean 0 and standard deviation 1. */
  private float triangular() {
    double first = random.nextDouble();
    return (float) ((first - random.nextDouble()) * Math.sqrt(6));
  }
}
