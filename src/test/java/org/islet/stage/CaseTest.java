package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class CaseTest {

  private static final Geometry GRID = Masks.grid(2, 2, 2);
  private static final Slot<Mask> COARSE = Stages.mask("coarse");

  private final Volume ct = Masks.indices(GRID);
  private final Case c = new Case("case-1", ct);

  @Test
  void begins_with_the_ct() {
    assertEquals("case-1", c.id());
    assertSame(ct, c.get(Case.CT));
  }

  @Test
  void gives_back_what_was_written() {
    Mask mask = Mask.empty(GRID);
    assertFalse(c.isWritten(COARSE));
    c.put(COARSE, mask);
    assertTrue(c.isWritten(COARSE));
    assertSame(mask, c.get(COARSE));
    assertEquals(Map.of("coarse", mask), c.slotsOf(Mask.class));
  }

  @Test
  void a_slot_is_written_only_once() {
    c.markAbsent(COARSE);
    Mask mask = Mask.empty(GRID);
    var refusal = assertThrows(IllegalStateException.class, () -> c.put(COARSE, mask));
    assertEquals(
        "The slot 'coarse' is written a second time; give each output its own name.",
        refusal.getMessage());
    assertThrows(IllegalStateException.class, () -> c.markAbsent(Case.CT));
  }

  @Test
  void an_absent_slot_is_written_but_has_no_value() {
    c.markAbsent(COARSE);
    assertTrue(c.isWritten(COARSE));
    assertEquals(Optional.empty(), c.find(COARSE));
    var refusal = assertThrows(IllegalStateException.class, () -> c.get(COARSE));
    assertEquals("The slot 'coarse' has no value here.", refusal.getMessage());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void a_slot_takes_neither_null_nor_another_type() {
    assertEquals(
        "The slot 'coarse' was given null; write a Mask, or mark it absent.",
        assertThrows(IllegalArgumentException.class, () -> c.put(COARSE, null)).getMessage());
    Slot raw = COARSE;
    assertEquals(
        "The slot 'coarse' was given a Volume; write a Mask.",
        assertThrows(IllegalArgumentException.class, () -> c.put(raw, ct)).getMessage());
    assertFalse(c.isWritten(COARSE));
    c.markAbsent(COARSE);
    assertThrows(IllegalArgumentException.class, () -> c.replace(COARSE, null));
    assertThrows(IllegalArgumentException.class, () -> c.replace(raw, ct));
    assertEquals(Optional.empty(), c.find(COARSE));
  }

  @Test
  void a_warning_says_something() {
    for (String nothing : new String[] {null, " "}) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> c.warn(nothing));
      assertEquals("A warning must be a sentence, but it says nothing.", refusal.getMessage());
    }
    assertEquals(List.of(), c.warnings());
  }

  @Test
  void refuses_to_read_a_slot_as_another_type() {
    Slot<Mask> ctAsMask = Stages.mask("ct");
    var refusal = assertThrows(IllegalStateException.class, () -> c.find(ctAsMask));
    assertEquals("The slot 'ct' holds a Volume, but a Mask is wanted here.", refusal.getMessage());
  }

  @Test
  void a_slot_that_was_written_or_absent_is_replaced() {
    Mask first = Mask.empty(GRID);
    Mask second = Mask.empty(GRID);
    c.markAbsent(COARSE);
    c.replace(COARSE, first);
    assertSame(first, c.get(COARSE));
    c.replace(COARSE, second);
    assertSame(second, c.get(COARSE));
    c.replaceByAbsent(COARSE);
    assertEquals(Optional.empty(), c.find(COARSE));
    assertThrows(IllegalStateException.class, () -> c.put(COARSE, first));
  }

  @Test
  void a_slot_that_was_not_written_cannot_be_replaced_and_stays_so() {
    Mask mask = Mask.empty(GRID);
    var refusal = assertThrows(IllegalStateException.class, () -> c.replace(COARSE, mask));
    assertEquals(
        "The slot 'coarse' is to be replaced before anything was written to it; written so far:"
            + " ct.",
        refusal.getMessage());
    assertThrows(IllegalStateException.class, () -> c.replaceByAbsent(COARSE));
    assertFalse(c.isWritten(COARSE));
  }

  @Test
  void forgotten_slots_can_be_written_again_and_the_others_stay() {
    Mask mask = Mask.empty(GRID);
    c.put(COARSE, mask);
    c.markAbsent(Stages.box("box-1"));
    c.put(Stages.mask("mask"), mask);
    c.forget(List.of("coarse", "box-1", "never-written"));
    assertFalse(c.isWritten(COARSE));
    assertFalse(c.isWritten(Stages.box("box-1")));
    assertSame(mask, c.get(Stages.mask("mask")));
    c.put(COARSE, mask);
    assertSame(mask, c.get(COARSE));
  }

  @Test
  void the_ct_is_neither_replaced_nor_forgotten() {
    c.put(COARSE, Mask.empty(GRID));
    var refusal = assertThrows(IllegalStateException.class, () -> c.replace(Case.CT, ct));
    assertEquals(
        "The slot 'ct' holds the CT, which can neither be replaced nor forgotten.",
        refusal.getMessage());
    assertThrows(IllegalStateException.class, () -> c.replaceByAbsent(Case.CT));
    List<String> names = List.of("coarse", "ct");
    assertThrows(IllegalStateException.class, () -> c.forget(names));
    assertSame(ct, c.get(Case.CT));
    assertTrue(c.isWritten(COARSE));
  }

  @Test
  void is_named_by_its_identity_in_a_log() {
    assertEquals("case case-1", c.toString());
  }

  @Test
  void the_same_warning_is_kept_once() {
    c.warn("The mask 'coarse' touches the border.");
    c.warn("Another.");
    c.warn("The mask 'coarse' touches the border.");
    assertEquals(List.of("The mask 'coarse' touches the border.", "Another."), c.warnings());
  }

  @Test
  void models_are_named_once_in_alphabetical_order() {
    c.recordModel("fine/2");
    c.recordModel("coarse/1");
    c.recordModel("fine/2");
    assertEquals(List.of("coarse/1", "fine/2"), c.models());
  }

  @Test
  void a_slot_has_a_name_of_letters_digits_and_hyphens() {
    assertEquals("coarse-full", Stages.mask("coarse-full").name());
    assertThrows(IllegalArgumentException.class, () -> Stages.mask(""));
    assertThrows(IllegalArgumentException.class, () -> Stages.mask("-a"));
    assertThrows(IllegalArgumentException.class, () -> Stages.mask("a_b"));
    assertThrows(IllegalArgumentException.class, () -> Stages.mask("a".repeat(65)));
  }
}
