package org.islet.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.islet.format.Sha256;
import org.islet.phantom.Phantom;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;

/**
 * A series of phantoms, made when they are read, of as many sizes and spacings as CTs come in: 384
 * to 512 voxels in plane over 320 to 420 mm, slices 0.8 to 2 mm apart over 180 to 250 mm, and one
 * in eight a close-up of the pancreas. They are called {@code phantom-0001} and so on; a longer
 * series begins with the shorter one.
 *
 * <p>Where there are masks of real pancreases, every other phantom is made after one of them, each
 * in turn; the others have made-up ones, so that there are more shapes to learn from than masks.
 */
public final class PhantomDataSet implements DataSet {

  /** The longest series. */
  public static final int MOST = 9999;

  private static final int[] IN_PLANE = {384, 448, 512, 512};

  /** So coarse that a phantom is made in no time, and fine enough that its organs are seen. */
  private static final Geometry SKETCH = Phantom.wholeAbdomen(new Size(24, 24, 16));

  private final long seed;
  private final Pancreases pancreases;
  private final List<String> ids;

  /**
   * @param seed of the series; series of different seeds share no phantom
   * @param count how many, 1 to 9999
   * @param pancreases after which every other one is made
   */
  public PhantomDataSet(long seed, int count, Pancreases pancreases) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "A series of phantoms has 1 to %d of them, not %d.".formatted(MOST, count));
    }
    this.seed = seed;
    this.pancreases = pancreases;
    this.ids =
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> String.format(Locale.ROOT, "phantom-%04d", number))
            .toList();
  }

  @Override
  public List<String> ids() {
    return ids;
  }

  @Override
  public List<Problem> problems() {
    return List.of();
  }

  @Override
  public LabelledCt read(String id) {
    SplittableRandom random = random(id);
    Phantom phantom = Phantom.generate(random.nextLong(), geometry(random), mask(index(id)));
    return new LabelledCt(phantom.ct(), phantom.pancreas());
  }

  /** Of the same phantom on a coarse grid, so that it changes when phantoms are made otherwise. */
  @Override
  public String fingerprint(String id) {
    SplittableRandom random = random(id);
    Phantom sketch = Phantom.generate(random.nextLong(), SKETCH, mask(index(id)));
    return new Sha256()
        .add(geometry(random).toString())
        .add(Arrays.toString(sketch.ct().shorts().orElseThrow()))
        .add(Arrays.toString(sketch.pancreas().toBytes()))
        .toHex();
  }

  /** Phantoms made after one mask are of one subject. */
  @Override
  public String subject(String id) {
    return mask(index(id)).map(m -> "mask " + pancreases.masks().indexOf(m)).orElse(id);
  }

  private Optional<Mask> mask(int index) {
    return index % 2 == 0 ? pancreases.of(index / 2) : Optional.empty();
  }

  private SplittableRandom random(String id) {
    return new SplittableRandom(Phantom.seed(seed, index(id)));
  }

  private int index(String id) {
    int index = ids.indexOf(id);
    if (index < 0) {
      throw new IllegalArgumentException("There is no case " + id + " in the series.");
    }
    return index;
  }

  private static Geometry geometry(SplittableRandom random) {
    if (random.nextInt(8) == 0) {
      double spacing = between(random, 0.65, 0.85);
      int n = 16 * (14 + random.nextInt(8));
      return Phantom.centred(
          new Size(n, n, 90 + random.nextInt(60)), spacing, spacing, between(random, 1, 1.5));
    }
    int n = IN_PLANE[random.nextInt(IN_PLANE.length)];
    double spacing = between(random, 320, 420) / n;
    double sliceSpacing = between(random, 0.8, 2);
    int slices = (int) (between(random, 180, 250) / sliceSpacing);
    return Phantom.centred(new Size(n, n, slices), spacing, spacing, sliceSpacing);
  }

  private static double between(SplittableRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
