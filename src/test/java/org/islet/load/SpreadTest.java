package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  private static List<Duration> millis(IntStream values) {
    List<Duration> all =
        values.mapToObj(Duration::ofMillis).collect(Collectors.toCollection(ArrayList::new));
    Collections.reverse(all);
    return all;
  }

  @Test
  void percentiles_are_the_lengths_that_so_many_do_not_exceed() {
    Spread spread = Spread.of(millis(IntStream.rangeClosed(1, 200)));
    assertEquals(200, spread.count());
    assertEquals(0.1005, spread.mean(), 0.0001);
    assertEquals(0.100, spread.p50(), 0.0001);
    assertEquals(0.180, spread.p90(), 0.0002);
    assertEquals(0.190, spread.p95(), 0.0002);
    assertEquals(0.198, spread.p99(), 0.0002);
    assertEquals(0.200, spread.max(), 0.0002);
  }

  @Test
  void one_that_waited_for_hours_is_seen() {
    Spread spread = Spread.of(List.of(Duration.ofHours(30), Duration.ofMillis(1)));
    assertEquals(108_000, spread.max(), 108);
    assertEquals(0.001, spread.p50(), 0.00001);
  }

  @Test
  void what_clocks_that_differ_make_less_than_nothing_is_nothing() {
    assertEquals(0, Spread.of(List.of(Duration.ofMillis(-3))).max());
  }
}
