package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "truncated, It is cut short., truncated: It is cut short.",
        "bad-request, Unrecognized token 'DOE_JOHN'., bad-request (why is told to whoever asked)",
        "unknown-route, There is no route 'DOE_JOHN'., unknown-route (why is told to whoever asked)"
      })
  void a_log_has_the_sentence_unless_it_may_quote_what_came_from_outside(
      String code, String sentence, String log) {
    assertEquals(log, new Failure(code, sentence).forLog());
  }
}
