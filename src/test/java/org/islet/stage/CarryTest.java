package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.junit.jupiter.api.Test;

class CarryTest {

  private static final Geometry GRID = Masks.grid(2, 2, 2);
  private static final Slot<Mask> BEFORE = Stages.mask("before");
  private static final Slot<Mask> FOUND = Stages.mask("found");

  private final Case c = new Case("1", Masks.indices(GRID));
  private final BoundStage carry = Stages.bind("carry?input=found&output=before");
  private final Mask found = Masks.of(GRID, new int[] {1, 1, 1});

  @Test
  void the_next_pass_reads_what_this_one_found() {
    c.put(BEFORE, Mask.empty(GRID));
    c.put(FOUND, found);
    carry.run(c);
    assertSame(found, c.get(BEFORE));
    assertSame(found, c.get(FOUND));
    assertEquals(List.of(BEFORE), carry.ports().replaces());
  }

  @Test
  void a_slot_that_was_absent_holds_what_this_pass_found() {
    c.markAbsent(BEFORE);
    c.put(FOUND, found);
    carry.run(c);
    assertSame(found, c.get(BEFORE));
  }

  @Test
  void where_this_pass_found_nothing_the_next_one_has_nothing() {
    c.put(BEFORE, found);
    c.markAbsent(FOUND);
    carry.run(c);
    assertEquals(Optional.empty(), c.find(BEFORE));
  }

  @Test
  void refuses_a_slot_that_was_not_written_before_the_loop() {
    c.put(FOUND, found);
    var refusal = assertThrows(IllegalStateException.class, () -> carry.run(c));
    assertEquals(
        "The slot 'before' is to be replaced before anything was written to it; written so far: ct,"
            + " found.",
        refusal.getMessage());
  }

  @Test
  void refuses_to_carry_a_mask_to_itself() {
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("carry?input=found&output=found"));
    assertEquals(
        "carry: input and output must be different slots, not found,found.", refusal.getMessage());
  }
}
