package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.islet.format.InputRefusedException;
import org.islet.format.InputUnreachableException;
import org.junit.jupiter.api.Test;

class CaseFailedExceptionTest {

  @Test
  void an_input_that_cannot_be_got_and_a_disk_may_pass_and_a_bad_input_does_not() {
    CaseFailedException unreachable =
        CaseFailedException.of("c", new InputUnreachableException("It is away.", null));
    assertEquals("unreachable", unreachable.code());
    assertEquals("It is away.", unreachable.getMessage());
    assertTrue(unreachable.mayPass());
    assertEquals("storage", CaseFailedException.of("c", new IOException()).code());
    assertTrue(CaseFailedException.of("c", new IOException()).mayPass());
    assertFalse(
        CaseFailedException.of("c", new InputRefusedException("constant", "It is.")).mayPass());
  }
}
