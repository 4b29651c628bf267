package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class AxisTest {

  private static List<String> labels(Axis axis) {
    return IntStream.rangeClosed(0, axis.steps()).mapToObj(axis::label).toList();
  }

  @Test
  void has_round_numbers_and_none_closer_than_asked_for() {
    assertEquals(List.of("0.2", "0.3", "0.4", "0.5"), labels(Axis.around(0.21, 0.47, 0.1)));
    assertEquals(List.of("0", "1", "2", "3"), labels(Axis.around(0, 3, 1)));
    assertEquals(List.of("0", "1"), labels(Axis.around(0, 0, 1)));
    assertEquals(List.of("0", "50", "100", "150", "200", "250"), labels(Axis.around(0, 250, 1)));
  }

  @Property
  void every_value_lies_on_it(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
    Axis axis = Axis.around(Math.min(a, b), Math.max(a, b), 0);
    assertTrue(axis.share(a) > -1e-9 && axis.share(a) < 1 + 1e-9, axis::toString);
    assertTrue(axis.share(b) > -1e-9 && axis.share(b) < 1 + 1e-9, axis::toString);
    assertTrue(axis.steps() >= 1 && axis.steps() <= 10, axis::toString);
  }
}
