package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  @Test
  void the_first_processor_is_told_by_its_name_and_flags() {
    assertEquals(
        new Processor("AMD EPYC 7571", Set.of("fpu", "avx", "avx2")),
        Processor.of(
            List.of(
                "processor\t: 0",
                "model\t\t: 1",
                "model name\t: AMD EPYC 7571",
                "flags\t\t: fpu avx avx2",
                "",
                "processor\t: 1",
                "model name\t: another",
                "flags\t\t: fpu avx512f")));
  }

  @Test
  void nothing_is_known_where_nothing_is_told() {
    assertEquals(new Processor("", Set.of()), Processor.of(List.of()));
  }
}
