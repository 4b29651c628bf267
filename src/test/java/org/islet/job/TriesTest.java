package org.islet.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.islet.store.Attempt;
import org.junit.jupiter.api.Test;

class TriesTest {

  /** Attempts, each as its outcome, or as the stage after which its process ended. */
  private static Tries tries(String... attempts) {
    List<Attempt> before =
        Arrays.stream(attempts)
            .map(
                each ->
                    each.equals("failed")
                        ? new Attempt(1, "w", null, null, "failed", "infer", null, null)
                        : new Attempt(1, "w", null, null, Tries.LOST, stage(each), null, null))
            .toList();
    return new Tries(before);
  }

  private static String stage(String name) {
    return name.equals("start") ? null : name;
  }

  @Test
  void ends_after_a_stage_count_as_long_as_they_follow_each_other() {
    assertEquals(0, tries().endsAfter(null));
    assertEquals(2, tries("infer", "clip", "infer", "infer").endsAfter("infer"));
    assertEquals(0, tries("infer", "infer", "clip").endsAfter("infer"));
    assertEquals(1, tries("infer", "failed", "infer").endsAfter("infer"));
    assertEquals(2, tries("start", "start").endsAfter(null));
    assertEquals(0, tries("start", "infer").endsAfter(null));
  }

  @Test
  void troubles_are_what_failed_and_not_what_was_lost() {
    assertEquals(2, tries("failed", "infer", "start", "failed", "clip").troubles());
  }
}
