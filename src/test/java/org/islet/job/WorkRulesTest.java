package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkRulesTest {

  private static WorkRules rules(int atOnce, int attempts, int retries, Duration lease) {
    return new WorkRules(
        atOnce,
        attempts,
        retries,
        Duration.ofSeconds(2),
        lease,
        Duration.ofHours(1),
        Duration.ZERO,
        Set.of(),
        Optional.empty());
  }

  private static final WorkRules USUAL = rules(2, 10, 5, Duration.ofMinutes(1));

  @Test
  void pauses_after_trouble_grow_fourfold_up_to_ten_minutes() {
    assertEquals(
        List.of(2L, 8L, 32L, 128L, 512L, 600L, 600L),
        IntStream.rangeClosed(1, 7)
            .mapToObj(tries -> USUAL.pauseAfterTrouble(tries).toSeconds())
            .toList());
    assertEquals(Duration.ofMinutes(10), USUAL.pauseAfterTrouble(Integer.MAX_VALUE / 4));
  }

  @Test
  void the_first_two_losses_cost_no_pause_and_the_others_up_to_a_minute() {
    assertEquals(
        List.of(0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L),
        IntStream.rangeClosed(1, 10)
            .mapToObj(tries -> USUAL.pauseAfterLoss(tries).toSeconds())
            .toList());
  }

  @Test
  void pauses_before_an_answer_is_given_again_double_up_to_half_a_minute() {
    assertEquals(
        List.of(2L, 4L, 8L, 16L, 30L, 30L),
        IntStream.rangeClosed(1, 6)
            .mapToObj(tries -> USUAL.pauseAfterAnswer(tries).toSeconds())
            .toList());
    assertEquals(Duration.ofSeconds(30), USUAL.pauseAfterAnswer(Integer.MAX_VALUE));
  }

  @Test
  void a_case_under_which_two_processes_ended_is_suspect() {
    assertFalse(WorkRules.isSuspect(1));
    assertTrue(WorkRules.isSuspect(2));
  }

  @Test
  void a_case_is_given_up_after_ten_ends_at_one_place_in_a_row_or_fifty_anywhere() {
    assertFalse(USUAL.isHopeless(49, 9));
    assertTrue(USUAL.isHopeless(10, 10));
    assertTrue(USUAL.isHopeless(50, 1));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 0, PT1S", "1, 0, 0, PT1S", "1, 1, -1, PT1S", "1, 1, 0, PT0.9S"})
  void rules_by_which_nothing_could_be_done_are_refused(
      int atOnce, int attempts, int retries, Duration lease) {
    assertThrows(IllegalArgumentException.class, () -> rules(atOnce, attempts, retries, lease));
  }
}
