package org.islet.reference;

import java.util.Locale;
import org.islet.stage.Network;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;
import org.islet.volume.Size;
import org.islet.volume.Spacing;

/** An option of a stage in words. */
record OptionWords(Option option) {

  /** What a route may give: {@code whole number from 1 to 64, in voxels}. */
  String type() {
    return noun() + option.range() + (option.unit().isEmpty() ? "" : ", in " + option.unit());
  }

  private String noun() {
    Class<?> type = option.type();
    if (option.kind() != Kind.PARAMETER) {
      String held = type.getSimpleName().toLowerCase(Locale.ROOT);
      return option.many() ? "one or more of type %s, separated by commas".formatted(held) : held;
    } else if (type == int.class) {
      return "whole number";
    } else if (type == double.class) {
      return "number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Size.class) {
      return "one or three whole numbers";
    } else if (type == Spacing.class) {
      return "one or three numbers";
    } else if (type == Network.class) {
      return "model";
    }
    return option.choices().isEmpty() ? "text" : String.join(" or ", option.choices());
  }
}
