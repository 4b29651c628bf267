package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void a_log_has_the_sentence_unless_it_may_quote_what_came_from_outside() {
    assertEquals(
        "truncated: It is cut short.", new Failure("truncated", "It is cut short.").forLog());
    String log = new Failure(Failure.BAD_REQUEST, "Unrecognized token 'DOE_JOHN'.").forLog();
    assertFalse(log.contains("DOE"), log);
  }
}
