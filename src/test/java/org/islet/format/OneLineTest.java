package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void what_breaks_lines_or_commands_a_terminal_becomes_a_space() {
    assertEquals(
        "a b c d [31m e f g",
        OneLine.of(" a\n\tb\u0007c\u2028d\u001b[31m\u202Ee\u0085f\ud800g\r\n"));
  }

  @Test
  void what_is_too_long_is_cut_between_characters() {
    assertEquals("abc", OneLine.of("abc", 3));
    assertEquals("ab…", OneLine.of("abc", 2));
    assertEquals("\ud83e\udec1…", OneLine.of("\ud83e\udec1\ud83e\udec1", 1));
    assertEquals(1001, OneLine.of("x".repeat(5000)).length());
  }
}
