package org.islet.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionOnCaseTest {

  private static Case aCase() {
    Geometry geometry = Geometry.of(new Size(2, 1, 1), 1, 1, 1);
    Case c = new Case("test", Volume.of(geometry, new short[2]));
    c.put(new Slot<>("yes", Boolean.class), true);
    c.put(new Slot<>("no", Boolean.class), false);
    c.put(new Slot<>("half", Double.class), 0.5);
    c.put(Stages.mask("full"), Mask.of(geometry, new byte[] {1, 0}));
    c.put(Stages.mask("nothing"), Mask.of(geometry, new byte[2]));
    c.markAbsent(Stages.mask("gone"));
    return c;
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "no, false",
    "gone, false",
    "not gone, true",
    "not no, true",
    "full is empty, false",
    "nothing is empty, true",
    "gone is empty, true",
    "gone is not empty, false",
    "gone is absent, true",
    "ct is absent, false",
    "nothing is absent, false",
    "half < 0.5, false",
    "half <= 0.5, true",
    "half > 0.4, true",
    "half >= 0.6, false",
    "half = 0.5, true",
    "half = 0, false",
    "gone < 1, false",
    "gone >= 1, false",
    "not gone < 1, true",
    "passes = 2, true",
    "passes < 2, false",
    "yes and no, false",
    "yes or no, true",
    "no or yes and no, false",
    "(no or yes) and half > 0, true",
  })
  void holds_as_it_reads(String text, boolean holds) {
    assertEquals(holds, Condition.parse(text).holds(aCase(), 2));
  }

  @Test
  void what_was_not_written_cannot_be_judged() {
    Case c = aCase();
    assertFalse(Condition.parse("yes or later").canJudge(c));
    assertTrue(Condition.parse("yes or gone and passes < 3").canJudge(c));
    Condition later = Condition.parse("later");
    String message =
        assertThrows(IllegalStateException.class, () -> later.holds(c, 0)).getMessage();
    assertTrue(message.startsWith("The slot 'later' is read before anything was written"), message);
  }
}
