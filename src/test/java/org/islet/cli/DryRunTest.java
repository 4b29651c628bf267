package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class DryRunTest {

  @Test
  void a_volume_is_told_by_its_size_and_range() {
    Volume hu = Volume.of(Masks.grid(3, 1, 1), new short[] {40, -1024, 3071});
    assertEquals("Volume 3×1×1, -1024 to 3071", DryRun.describe(hu));
    Volume unit = Volume.of(Masks.grid(3, 1, 1), new float[] {1, 0.41176f, 0.5f});
    assertEquals("Volume 3×1×1, 0.4118 to 1.000", DryRun.describe(unit));
  }
}
