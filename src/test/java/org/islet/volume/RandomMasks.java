package org.islet.volume;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;

/** Masks of up to 7 voxels along each axis, from empty to full. */
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
          return Masks.random(grid, random.nextInt(5) / 4.0, random);
        });
  }
}
