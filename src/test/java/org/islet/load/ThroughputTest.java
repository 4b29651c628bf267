package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void the_steady_part_is_without_the_first_and_the_last_tenth() {
    List<Instant> times = new ArrayList<>();
    times.add(START.plusSeconds(160)); // the last two are slow
    times.add(START.plusSeconds(130));
    times.add(START.plusSeconds(40)); // and so are the first two
    times.add(START.plusSeconds(80));
    for (int i = 1; i <= 16; i++) {
      times.add(START.plusSeconds(80 + 2 * i));
    }
    // In order: 40, 80, 82, 84, …, 112, 130, 160.
    assertEquals(
        new Throughput(20, OptionalDouble.of(20 / 160.0), OptionalDouble.of(15 / 30.0)),
        Throughput.of(START, times));
  }

  @Test
  void few_have_no_steady_part_and_none_no_rate() {
    assertEquals(
        new Throughput(1, OptionalDouble.of(0.5), OptionalDouble.empty()),
        Throughput.of(START, List.of(START.plusSeconds(2))));
    assertEquals(
        new Throughput(1, OptionalDouble.empty(), OptionalDouble.empty()),
        Throughput.of(START, List.of(START)));
    assertEquals(
        new Throughput(0, OptionalDouble.empty(), OptionalDouble.empty()),
        Throughput.of(START, List.of()));
  }
}
