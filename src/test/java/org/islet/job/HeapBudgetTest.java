package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {

  private static final Size MEBIVOXEL = new Size(128, 128, 64);
  private static final long MIB = 1 << 20;

  private static String refusal(HeapBudget heap, long routeBytes) {
    return assertThrows(IllegalArgumentException.class, () -> heap.admit(MEBIVOXEL, routeBytes))
        .getMessage();
  }

  @Test
  void a_ct_fits_if_its_voxels_and_what_is_always_there_do() {
    assertDoesNotThrow(() -> new HeapBudget(16, 144 * MIB).admit(MEBIVOXEL, 0));
    assertEquals(
        "A CT of 128×128×64 voxels takes about 144 MiB of Java heap, but there are 143 MiB. Set"
            + " ISLET_JAVA_OPTS=-Xmx208m.",
        refusal(new HeapBudget(16, 144 * MIB - 1), 0));
  }

  @Test
  void a_route_whose_slots_take_more_needs_more() {
    assertDoesNotThrow(() -> new HeapBudget(16, 144 * MIB).admit(MEBIVOXEL, 12 * MIB));
    assertEquals(
        "A CT of 128×128×64 voxels takes about 145 MiB of Java heap, but there are 144 MiB. Set"
            + " ISLET_JAVA_OPTS=-Xmx209m.",
        refusal(new HeapBudget(16, 144 * MIB), 13 * MIB));
  }
}
