package org.islet.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import org.islet.stage.Slot;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {

  @Test
  void the_slots_are_those_that_it_reads_each_as_what_it_must_hold() {
    assertEquals(
        List.of(
            new Slot<>("a", Boolean.class),
            new Slot<>("b", Mask.class),
            new Slot<>("c", Object.class),
            new Slot<>("d", Double.class)),
        Condition.parse("not a and (b is empty or c is absent) and d < 3 and passes < 2 and a")
            .slots());
  }

  @Test
  void a_name_is_no_longer_than_a_slots() {
    assertEquals("2nd", Condition.parse("2nd is empty").slots().get(0).name());
    String longest = "s".repeat(64);
    assertEquals(longest, Condition.parse(longest).slots().get(0).name());
    String message =
        assertThrows(IllegalArgumentException.class, () -> Condition.parse(longest + "s"))
            .getMessage();
    assertEquals(
        "the condition '%ss' should have a slot's name, 'not' or a parenthesis where it has '%ss'."
            .formatted(longest, longest),
        message);
  }

  /** The fewest passes after which the condition cannot hold, whatever the slots are. */
  @ParameterizedTest
  @CsvSource({
    "passes < 3, 3",
    "passes <= 3, 4",
    "passes < 2.5, 3",
    "passes <= 2.5, 3",
    "passes = 0, 1",
    "passes < 100, 100",
    "passes < 0, 0",
    "passes > 0, 0",
    "passes = 5, 0",
    "touches and passes < 3, 3",
    "touches and (passes < 3 or passes < 5), 5",
    "passes < 7 and passes < 5, 5",
    "passes < 3 or passes = 3, 4",
    "passes < 3 or passes = 4, 3",
    "not passes >= 3, 3",
    "not (passes >= 3 or touches), 3",
    "not (passes >= 3 and touches), -1",
    "touches, -1",
    "touches or passes < 3, -1",
    "passes >= 0, -1",
    "passes < 1e9, -1",
  })
  void the_most_passes_are_those_until_the_condition_cannot_hold(String text, int passes) {
    assertEquals(
        passes < 0 ? OptionalInt.empty() : OptionalInt.of(passes),
        Condition.parse(text).mostPasses());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a b | and, or, or nothing more | 'b'",
        "(a | a closing parenthesis | nothing more",
        "a is | empty or absent behind 'is' | nothing more",
        "a is full | empty or absent behind 'is' | 'full'",
        "a < b | a number | 'b'",
        "passes | <, <=, >, >= or = and a number behind 'passes' | nothing more",
        "and | a slot's name, 'not' or a parenthesis | 'and'",
        "3 < a | a slot's name, 'not' or a parenthesis | '3'",
      })
  void says_what_should_be_where(String text, String expected, String found) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Condition.parse(text)).getMessage();
    assertEquals(
        "the condition '%s' should have %s where it has %s.".formatted(text, expected, found),
        message);
  }
}
