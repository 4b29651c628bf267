package org.islet.train;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Size;

/**
 * Draws batches of windows from prepared cases, changed at random as an {@link Augmentation} says.
 * Every other window holds a random voxel of the truth, at a random place, the first of two in a
 * batch; the others lie anywhere in their case, so that the network sees much that is not the
 * organ.
 *
 * <p>A batch depends on the seed and the number of its step alone, so a training that was stopped
 * goes on with the batches that it would have had.
 */
final class Sampler {

  private final List<PreparedCase> cases;
  private final Size window;
  private final Augmentation augmentation;
  private final long seed;

  /**
   * @param largest the largest window; along an axis it is no longer than the longest case
   * @param divisor what a window's axes are multiples of; a case that is smaller is padded by 0
   */
  Sampler(
      List<PreparedCase> cases, Size largest, int divisor, Augmentation augmentation, long seed) {
    this.cases = cases;
    this.window =
        new Size(
            windowLength(0, largest, divisor),
            windowLength(1, largest, divisor),
            windowLength(2, largest, divisor));
    this.augmentation = augmentation;
    this.seed = seed;
  }

  private int windowLength(int axis, Size largest, int divisor) {
    int longest = cases.stream().mapToInt(c -> c.size().along(axis)).max().orElseThrow();
    return (Math.min(largest.along(axis), longest) + divisor - 1) / divisor * divisor;
  }

  /**
   * The batch of a step.
   *
   * @param count how many windows
   */
  Batch batch(long step, int count) {
    int length = Math.multiplyExact(count, window.count());
    Batch batch = new Batch(count, window, new float[length], new float[length]);
    for (int i = 0; i < count; i++) {
      SplittableRandom random = random(seed, step, i);
      PreparedCase from = cases.get(random.nextInt(cases.size()));
      int voxel =
          (step * count + i) % 2 == 0 && from.truthCount() > 0
              ? from.truthVoxel(random.nextInt(from.truthCount()))
              : random.nextInt(from.size().count());
      draw(from, voxel, random, batch, i * window.count());
    }
    return batch;
  }

  /** Random numbers that depend on all parts and their order. */
  private static SplittableRandom random(long... parts) {
    SplittableRandom random = new SplittableRandom(0);
    for (long part : parts) {
      random = new SplittableRandom(random.nextLong() + part);
    }
    return random;
  }

  /** Draws a window that holds a voxel of a case into a batch, from an index on. */
  private void draw(PreparedCase from, int voxel, SplittableRandom random, Batch batch, int start) {
    WindowMap map = map(from, voxel, random);
    Intensity intensity = Intensity.random(augmentation, random);
    Interpolation interpolation = new Interpolation(from);
    long noiseSeed = random.nextLong();
    int slice = window.x() * window.y();
    IntStream.range(0, window.z())
        .parallel()
        .forEach(
            k -> {
              int first = start + k * slice;
              WindowMap.Slice rows = map.slice(k);
              float[][] places = new float[3][window.x()];
              for (int j = 0; j < window.y(); j++) {
                rows.row(j, places);
                interpolation.read(places, batch.values(), batch.truth(), first + j * window.x());
              }
              intensity.change(batch.values(), first, first + slice, random(noiseSeed, k));
            });
  }

  /** A random map that brings a voxel of a case into the window. */
  private WindowMap map(PreparedCase from, int voxel, SplittableRandom random) {
    Size whole = from.size();
    int[] place = {voxel % whole.x(), voxel / whole.x() % whole.y(), voxel / whole.x() / whole.y()};
    int[] anchor = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      anchor[axis] =
          place[axis] - offset(whole.along(axis), window.along(axis), place[axis], random);
    }
    boolean moved = random.nextDouble() < augmentation.share();
    Augmentation amounts = moved ? augmentation : augmentation.unmoved();
    boolean flipped = augmentation.leftRightFlip() && random.nextInt(2) == 1;
    if (flipped) {
      anchor[0] = window.x() - 1 - anchor[0];
    }
    float[] linear = WindowMap.randomLinear(amounts, flipped, from.geometry(), random);
    return new WindowMap(
        linear,
        anchor,
        place,
        new FreeFormDeformation(window, amounts.lattice(), amounts.displacement(), random));
  }

  /**
   * Where the window begins, so that it holds a place: anywhere inside the case, or up to the
   * padding before it.
   */
  private static int offset(int whole, int window, int place, SplittableRandom random) {
    int slack = whole - window;
    if (slack < 0) {
      return -random.nextInt(-slack + 1);
    }
    return random.nextInt(Math.max(0, place - window + 1), Math.min(slack, place) + 1);
  }
}
