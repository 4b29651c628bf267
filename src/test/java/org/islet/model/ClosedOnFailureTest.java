package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClosedOnFailureTest {

  private final AtomicInteger closed = new AtomicInteger();

  static Stream<Throwable> failures() {
    return Stream.of(new IllegalArgumentException(), new OutOfMemoryError(), new LinkageError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatever_the_failure_it_is_closed_once(Throwable failure) {
    Throwable thrown =
        assertThrows(
            Throwable.class,
            () ->
                ClosedOnFailure.get(
                    closed::incrementAndGet,
                    () -> {
                      if (failure instanceof Error e) {
                        throw e;
                      }
                      throw (RuntimeException) failure;
                    }));
    assertSame(failure, thrown);
    assertEquals(1, closed.get());
  }

  @Test
  void what_succeeds_stays_open() {
    assertEquals("made", ClosedOnFailure.get(closed::incrementAndGet, () -> "made"));
    assertEquals(0, closed.get());
  }
}
