package org.islet.volume;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Masks of up to 7 voxels along each axis, from empty to full, with any frame. */
public final class RandomMasks implements ArbitrarySupplier<Mask> {

  @Override
  public Arbitrary<Mask> get() {
    return Arbitraries.randomValue(
        random -> {
          Geometry grid =
              Geometry.of(
                  new Size(1 + random.nextInt(7), 1 + random.nextInt(7), 1 + random.nextInt(7)),
                  0.5 + random.nextDouble(),
                  0.5 + random.nextDouble(),
                  0.5 + 3 * random.nextDouble());
          Box frame = anyBox(grid.size(), random);
          double density = random.nextInt(5) / 4.0;
          return Masks.random(grid.cropped(frame), density, random).pastedInto(grid, frame);
        });
  }

  /** A grid of up to 7 voxels along each axis, turned about z and tilted. */
  public static Geometry anyTurnedGrid(Random random) {
    double turn = random.nextDouble();
    double x = 0.5 + random.nextDouble();
    double y = 0.5 + random.nextDouble();
    double z = 0.5 + 3 * random.nextDouble();
    return new Geometry(
        new Size(1 + random.nextInt(7), 1 + random.nextInt(7), 1 + random.nextInt(7)),
        Affine.of(
            x * Math.cos(turn),
            -y * Math.sin(turn),
            0.2 * random.nextDouble(),
            100 * random.nextDouble(),
            x * Math.sin(turn),
            y * Math.cos(turn),
            0.2 * random.nextDouble(),
            -40,
            0,
            0,
            z,
            7));
  }

  /** A box inside a grid. */
  public static Box anyBox(Size grid, Random random) {
    int x = random.nextInt(grid.x());
    int y = random.nextInt(grid.y());
    int z = random.nextInt(grid.z());
    return new Box(
        x,
        y,
        z,
        x + 1 + random.nextInt(grid.x() - x),
        y + 1 + random.nextInt(grid.y() - y),
        z + 1 + random.nextInt(grid.z() - z));
  }
}
