package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoneOptionsTest {

  private static final Path A = Path.of("a.json");
  private static final Path B = Path.of("b.json");

  private final LoneOptions options = new LoneOptions(Duration.ofMillis(100));

  @Test
  void options_are_late_when_they_have_waited_for_so_long() throws Exception {
    assertEquals(0, options.late(Set.of(A)));
    Thread.sleep(110);
    assertEquals(1, options.late(Set.of(A, B)));
    Thread.sleep(110);
    assertEquals(2, options.late(Set.of(A, B)));
  }

  @Test
  void options_whose_ct_came_in_between_begin_to_wait_anew() throws Exception {
    options.late(Set.of(A));
    Thread.sleep(110);
    assertEquals(0, options.late(Set.of()));
    assertEquals(0, options.late(Set.of(A)));
  }
}
