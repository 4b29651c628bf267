package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.islet.format.InputRefusedException;
import org.islet.format.InputUnreachableException;
import org.islet.stage.NetworkMemoryException;
import org.islet.stage.StageFailedException;
import org.junit.jupiter.api.Test;

class CaseFailedExceptionTest {

  @Test
  void memory_that_a_network_did_not_get_may_be_there_another_time() {
    var cause = new NetworkMemoryException("The model got too little.", new RuntimeException("x"));
    var failure = CaseFailedException.of("c", new StageFailedException("infer", cause));
    assertEquals("memory", failure.code());
    assertEquals("infer", failure.stage());
    assertEquals("The model got too little.", failure.getMessage());
    assertTrue(failure.mayPass());
  }

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
