package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {

  @ParameterizedTest
  @CsvSource({
    "20:00-06:00, 19:59, false",
    "20:00-06:00, 20:00, true",
    "20:00-06:00, 00:00, true",
    "20:00-06:00, 05:59:59, true",
    "20:00-06:00, 06:00, false",
    "08:00-12:30, 08:00, true",
    "08:00-12:30, 12:29, true",
    "08:00-12:30, 12:30, false",
    "08:00-12:30, 23:00, false",
    "07:00-07:00, 07:00, true",
    "07:00-07:00, 06:59, true"
  })
  void hours_begin_with_their_first_moment_and_end_before_their_last(
      String hours, LocalTime time, boolean contained) {
    assertEquals(contained, Hours.parse(hours).contain(time));
  }

  @Test
  void spaces_do_not_matter() {
    assertEquals(Hours.parse("20:00-06:00"), Hours.parse(" 20:00 - 06:00 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20:00", "20-06", "20:00-25:00", "20:00-06:00-07:00", "at night"})
  void what_is_no_hours_is_told_with_an_example(String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Hours.parse(text));
    assertTrue(e.getMessage().contains("20:00-06:00"), e.getMessage());
  }
}
