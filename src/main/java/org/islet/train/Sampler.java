package org.islet.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Size;

/**
 * Draws batches of windows from prepared cases, changed at random as an {@link Augmentation} says.
 * A batch's first window holds a random voxel of the truth, at a random place; the next lies
 * anywhere in its case, so that the network sees much that is not the organ; and so on in turn.
 *
 * <p>A batch depends on the seed and the number of its step alone, so a training that was stopped
 * goes on with the batches that it would have had.
 */
final class Sampler {

  private final List<PreparedCase> cases;
  private final int divisor;
  private final Augmentation augmentation;
  private final long seed;

  /** A case that was drawn, and what the rest of its window depends on. */
  private record Drawn(PreparedCase from, SplittableRandom random) {}

  /**
   * @param divisor what a window's axes are multiples of; a case that is smaller is padded by 0
   */
  Sampler(List<PreparedCase> cases, int divisor, Augmentation augmentation, long seed) {
    this.cases = cases;
    this.divisor = divisor;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /** The batch of a step: windows no longer than the longest case among them. */
  Batch batch(long step, Windows windows) {
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < windows.count(); i++) {
      SplittableRandom random = random(seed, step, i);
      drawn.add(new Drawn(cases.get(random.nextInt(cases.size())), random));
    }
    Size window = windows.on(drawn.stream().map(d -> d.from().size()).toList(), divisor);
    int length = Math.multiplyExact(drawn.size(), window.count());
    Batch batch = new Batch(drawn.size(), window, new float[length], new float[length]);
    for (int i = 0; i < drawn.size(); i++) {
      draw(drawn.get(i), i % 2 == 0, batch, i * window.count());
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

  /** Draws a window that holds a voxel, of the truth or any, into a batch from an index on. */
  private void draw(Drawn drawn, boolean ofTruth, Batch batch, int start) {
    PreparedCase from = drawn.from();
    SplittableRandom random = drawn.random();
    Size window = batch.window();
    int voxel =
        ofTruth && from.truthCount() > 0
            ? from.truthVoxel(random.nextInt(from.truthCount()))
            : random.nextInt(from.size().count());
    WindowMap map = map(from, voxel, window, random);
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
  private WindowMap map(PreparedCase from, int voxel, Size window, SplittableRandom random) {
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
