package org.islet.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlotKindTest {

  @Test
  void a_slot_is_of_the_kind_of_what_it_holds() {
    assertEquals(SlotKind.VOLUME, SlotKind.of(Case.CT));
    assertEquals(SlotKind.MASK, SlotKind.of(RoutePlan.RESULT));
    assertEquals(SlotKind.NUMBER, SlotKind.of(new Slot<>("n", Double.class)));
    assertEquals(SlotKind.OTHER, SlotKind.of(new Slot<>("s", String.class)));
  }

  /** WCAG 2.2, success criterion 1.4.3: text needs a contrast of at least 4.5 to 1. */
  @ParameterizedTest
  @EnumSource
  void words_stand_out_from_what_is_behind_them(SlotKind kind) {
    double dark = luminance(kind.dark());
    double light = luminance(kind.light());
    assertTrue((light + 0.05) / (dark + 0.05) >= 4.5, kind + "");
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int component) {
    double c = (component & 255) / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
