package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.islet.volume.Volume;

class PreparedCaseTest {

  private static final Geometry GRID = Masks.grid(5, 2, 3);

  @Property
  void values_come_back_to_half_a_step_and_the_ends_exactly(@ForAll int seed) {
    Random random = new Random(seed);
    float[] values = new float[30];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    values[3] = 0;
    values[17] = 1;
    Volume input = PreparedCase.of(Volume.of(GRID, values), Mask.empty(GRID)).input();
    assertEquals(GRID, input.geometry());
    // Floats below 65536 are 1/256 apart, so a value near the middle may go to the other side.
    assertArrayEquals(values, input.toFloats(), 0.505f / PreparedCase.ONE);
    assertEquals(0, input.at(3));
    assertEquals(1, input.at(17));
  }

  @Property
  void the_truth_comes_back_and_each_of_its_voxels_is_found(
      @ForAll(supplier = RandomMasks.class) Mask mask) {
    PreparedCase prepared =
        PreparedCase.of(Volume.of(mask.geometry(), new float[mask.size().count()]), mask);
    assertArrayEquals(mask.toBytes(), prepared.truth().toBytes());
    assertEquals(mask.count(), prepared.truthCount());
    int nth = 0;
    for (int i = 0; i < mask.toBytes().length; i++) {
      if (mask.toBytes()[i] == 1) {
        assertEquals(i, prepared.truthVoxel(nth));
        nth++;
      }
    }
  }
}
