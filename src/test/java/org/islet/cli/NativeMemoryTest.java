package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NativeMemoryTest {

  private static final long GIB = 1L << 30;

  @Test
  void a_size_is_taken_as_it_is() {
    assertEquals(1500L << 20, NativeMemory.of("1500M", () -> GIB).bytes());
  }

  @Test
  void a_share_is_of_all_memory() {
    assertEquals(4 * GIB / 100 * 30, NativeMemory.of("30%", () -> 4 * GIB).bytes());
    assertEquals(GIB / 100 * 100, NativeMemory.of("100%", () -> GIB).bytes());
  }

  @Test
  void all_memory_is_that_of_this_machine_or_container() {
    long all = NativeMemory.of("100%").bytes();
    assertTrue(all >= Runtime.getRuntime().maxMemory(), all + " bytes");
  }
}
