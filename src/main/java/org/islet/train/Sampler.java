package org.islet.train;

import java.util.List;
import java.util.SplittableRandom;
import org.islet.volume.Mask;
import org.islet.volume.Size;

/**
 * Draws samples from training cases: a window of at most a given size that holds a random voxel of
 * the truth at a random place, its values scaled, shifted and made noisy as scanners and contrast
 * phases differ. There is no mirroring: left and right are not alike in the abdomen.
 */
final class Sampler {

  private final List<TrainingCase> cases;
  private final Size largest;
  private final int divisor;
  private final SplittableRandom random;

  /**
   * @param largest the largest window, each axis a multiple of the divisor
   * @param divisor what a window's axes are multiples of; a case that is smaller is padded by 0
   */
  Sampler(List<TrainingCase> cases, Size largest, int divisor, long seed) {
    this.cases = cases;
    this.largest = largest;
    this.divisor = divisor;
    this.random = new SplittableRandom(seed);
  }

  /** The next sample. The same seed and cases give the same samples. */
  Sample next() {
    TrainingCase from = cases.get(random.nextInt(cases.size()));
    Size whole = from.input().size();
    Size window =
        new Size(
            windowLength(whole.x(), largest.x()),
            windowLength(whole.y(), largest.y()),
            windowLength(whole.z(), largest.z()));
    int inside = voxelInside(from.truth());
    int x = offset(whole.x(), window.x(), inside % whole.x());
    int y = offset(whole.y(), window.y(), inside / whole.x() % whole.y());
    int z = offset(whole.z(), window.z(), inside / whole.x() / whole.y());
    float[] values = new float[window.count()];
    float[] truth = new float[window.count()];
    float gain = (float) (1 + 0.1 * (2 * random.nextDouble() - 1));
    float shift = (float) (0.05 * (2 * random.nextDouble() - 1));
    float noise = (float) (0.03 * random.nextDouble());
    for (int k = Math.max(0, z); k < Math.min(whole.z(), z + window.z()); k++) {
      for (int j = Math.max(0, y); j < Math.min(whole.y(), y + window.y()); j++) {
        for (int i = Math.max(0, x); i < Math.min(whole.x(), x + window.x()); i++) {
          int to = window.index(i - x, j - y, k - z);
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
    return new Sample(window, values, truth);
  }

  private int windowLength(int whole, int most) {
    return Math.min(most, (whole + divisor - 1) / divisor * divisor);
  }

  /** A random voxel of the truth; of an empty one, any voxel. */
  private int voxelInside(Mask truth) {
    byte[] voxels = truth.voxels();
    int start = random.nextInt(voxels.length);
    for (int i = 0; i < voxels.length; i++) {
      int at = (start + i) % voxels.length;
      if (voxels[at] != 0) {
        return at;
      }
    }
    return start;
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
