package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class DownsampleTest {

  @Test
  void a_small_voxel_is_the_mean_of_a_block_of_four_along_each_axis() {
    Volume clipped = Masks.indices(Geometry.of(new Size(9, 4, 4), 0.7, 0.7, 1));
    Case c = new Case("1", clipped);
    c.put(Stages.volume("clipped"), clipped);
    Stages.bind("downsample?output=small").run(c);
    Volume small = c.get(Stages.volume("small"));
    assertEquals(new Size(3, 1, 1), small.size());
    // a block's mean index is that of its middle: 1.5 + 9 * 1.5 + 36 * 1.5
    assertArrayEquals(new float[] {69, 73, 75.5f}, small.toFloats());
    assertEquals(2.8, small.geometry().spacing(0), 1e-12);
    assertEquals(4, small.geometry().spacing(2), 1e-12);
  }

  @Test
  void joins_as_many_voxels_as_the_route_says() {
    Case c = new Case("1", Masks.indices(Masks.grid(4, 1, 1)));
    Stages.bind("downsample?input=ct&factor=2&output=small").run(c);
    assertArrayEquals(new float[] {0.5f, 2.5f}, c.get(Stages.volume("small")).toFloats());
  }
}
