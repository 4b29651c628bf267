package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.islet.dataset.PreparedCase;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class InterpolationTest {

  private static final Geometry GRID = Masks.grid(6, 5, 4);

  /** 0.1 + 0.04 x + 0.03 y + 0.1 z; inside where x is 3 or more. */
  private static PreparedCase ramp() {
    float[] values = new float[GRID.size().count()];
    byte[] inside = new byte[values.length];
    Size size = GRID.size();
    for (int i = 0; i < values.length; i++) {
      int x = i % size.x();
      int y = i / size.x() % size.y();
      int z = i / size.x() / size.y();
      values[i] = 0.1f + 0.04f * x + 0.03f * y + 0.1f * z;
      inside[i] = (byte) (x >= 3 ? 1 : 0);
    }
    return PreparedCase.of(Volume.of(GRID, values), Mask.of(GRID, inside));
  }

  private static float[] read(PreparedCase from, float x, float y, float z) {
    float[] value = new float[3];
    float[] truth = new float[3];
    new Interpolation(from).read(new float[][] {{x}, {y}, {z}}, value, truth, 1);
    assertArrayEquals(
        new float[] {0, 0, 0, 0}, new float[] {value[0], value[2], truth[0], truth[2]});
    return new float[] {value[1], truth[1]};
  }

  @Property
  void a_linear_function_is_met_everywhere_inside(
      @ForAll @FloatRange(min = 0, max = 5) float x,
      @ForAll @FloatRange(min = 0, max = 4) float y,
      @ForAll @FloatRange(min = 0, max = 3) float z) {
    float[] read = read(ramp(), x, y, z);
    assertEquals(0.1 + 0.04 * x + 0.03 * y + 0.1 * z, read[0], 2e-5);
    if (Math.abs(x - 2.5) > 1e-5) {
      assertEquals(x > 2.5 ? 1 : 0, read[1]);
    }
  }

  @Example
  void beyond_the_outermost_voxels_values_fall_to_0_within_a_voxel() {
    PreparedCase ramp = ramp();
    float corner = read(ramp, 5, 0, 0)[0];
    assertEquals(0.3f, corner, 1e-5f);
    assertEquals(0.75f * corner, read(ramp, 5.25f, 0, 0)[0], 1e-5f);
    assertEquals(0.25f * corner, read(ramp, 5.5f, -0.5f, 0)[0], 1e-5f);
    assertArrayEquals(new float[] {0, 0}, read(ramp, 6, 0, 0));
    assertArrayEquals(new float[] {0, 0}, read(ramp, 0, -1, 0));
    assertArrayEquals(new float[] {0, 0}, read(ramp, 0, 0, 1e9f));
    assertArrayEquals(new float[] {0, 0}, read(ramp, 0, -1e9f, 0));
    assertEquals(1, read(ramp, 5.5f, 0, 0)[1]);
    assertEquals(0, read(ramp, 5.51f, 0, 0)[1]);
  }

  @Example
  void a_place_that_is_all_but_beyond_the_last_voxel_is_read_as_beyond_it() {
    float[] last = read(ramp(), Math.nextDown(6f), Math.nextDown(5f), Math.nextDown(4f));
    assertArrayEquals(new float[] {0, 0}, last);
    float[] first = read(ramp(), Math.nextUp(-1f), Math.nextUp(-1f), Math.nextUp(-1f));
    assertArrayEquals(new float[] {0, 0}, first);
  }

  @Property
  void between_clipped_values_are_clipped_values(
      @ForAll @FloatRange(min = 0, max = 5) float x,
      @ForAll @FloatRange(min = 0, max = 4) float y,
      @ForAll @FloatRange(min = 0, max = 3) float z) {
    float[] ones = new float[GRID.size().count()];
    Arrays.fill(ones, 1);
    Mask empty = Mask.empty(GRID);
    assertEquals(1, read(PreparedCase.of(Volume.of(GRID, ones), empty), x, y, z)[0]);
    float[] zeros = new float[ones.length];
    assertEquals(0, read(PreparedCase.of(Volume.of(GRID, zeros), empty), x, y, z)[0]);
  }
}
