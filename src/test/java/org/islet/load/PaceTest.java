package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void requests_are_due_at_equal_distances_that_do_not_add_up_their_rounding() {
    Pace third = new Pace(3);
    assertEquals(START, third.due(START, 0));
    assertEquals(START.plusNanos(333_333_333), third.due(START, 1));
    assertEquals(START.plusNanos(666_666_667), third.due(START, 2));
    assertEquals(START.plusSeconds(100_000), third.due(START, 300_000));
    assertEquals(START.plusSeconds(40), new Pace(0.05).due(START, 2));
  }

  @Test
  void without_a_rate_all_are_due_at_once() {
    assertEquals(START, new Pace(0).due(START, 1_000_000));
  }
}
