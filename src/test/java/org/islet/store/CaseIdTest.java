package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseIdTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  @Test
  void a_case_is_named_by_the_first_twelve_digits() {
    assertEquals("0123456789ab", CaseId.of(SHA256));
    assertEquals("0123456789ab", CaseId.free(SHA256, id -> true));
  }

  @Test
  void further_cases_of_a_ct_are_counted_from_two() {
    Set<String> taken = Set.of("0123456789ab", "0123456789ab-2", "0123456789ab-4");
    assertEquals("0123456789ab-3", CaseId.free(SHA256, id -> !taken.contains(id)));
  }
}
