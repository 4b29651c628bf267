package org.islet.diagram;

import java.util.Arrays;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Volume;

/** What a slot holds, and the colour that it has in pictures for that. */
enum SlotKind {
  VOLUME(Volume.class, "#0550ae", "#ddf4ff"),
  MASK(Mask.class, "#a63603", "#fff1e5"),
  BOX(Box.class, "#00695c", "#dff5f0"),
  SCORES(Scores.class, "#6f3391", "#f6ebfb"),
  NUMBER(Double.class, "#6b5200", "#fbf3d0"),
  SWITCH(Boolean.class, "#9b1c5a", "#fdeaf3"),
  OTHER(Object.class, "#57606a", "#eef1f4");

  private final Class<?> type;
  private final String dark;
  private final String light;

  SlotKind(Class<?> type, String dark, String light) {
    this.type = type;
    this.dark = dark;
    this.light = light;
  }

  static SlotKind of(Slot<?> slot) {
    return Arrays.stream(values())
        .filter(kind -> kind.type == slot.type())
        .findFirst()
        .orElse(OTHER);
  }

  /** The name of what such slots hold. */
  String words() {
    return this == OTHER ? "something else" : type.getSimpleName();
  }

  /** The colour of edges, and behind words in {@link #light}. */
  String dark() {
    return dark;
  }

  /** The colour behind words in {@link #dark}. */
  String light() {
    return light;
  }
}
