package org.islet.reference;

import java.util.Locale;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** An option of a stage in words. */
record OptionWords(Option option) {

  /** What a route may give: {@code whole number from 1 to 64, in voxels}. */
  String type() {
    return noun() + option.range() + (option.unit().isEmpty() ? "" : ", in " + option.unit());
  }

  private String noun() {
    return option.kind() == Kind.PARAMETER ? parameter() : slot();
  }

  private String slot() {
    String held = option.type().getSimpleName().toLowerCase(Locale.ROOT);
    return option.many() ? "one or more of type %s, separated by commas".formatted(held) : held;
  }

  private String parameter() {
    return switch (option.parameterType()) {
      case WHOLE_NUMBER -> "whole number";
      case NUMBER -> "number";
      case SWITCH -> "true or false";
      case SIZE -> "one or three whole numbers";
      case SPACING -> "one or three numbers";
      case NETWORK -> "model";
      case CHOICE -> String.join(" or ", option.choices());
    };
  }
}
