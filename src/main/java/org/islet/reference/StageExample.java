package org.islet.reference;

import java.util.stream.Collectors;
import org.islet.stage.StageDescription;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/**
 * A stage as a route may name it: with what the route has to give, and with all parameters that the
 * stage declares. Slots are named as the options are.
 */
record StageExample(StageDescription stage) {

  /** The address: {@code stage:clip?min=-100&max=240}. */
  String address() {
    String options =
        stage.declared().stream()
            .filter(option -> option.isRequired() || option.kind() == Kind.PARAMETER)
            .map(option -> option.name() + "=" + value(option))
            .collect(Collectors.joining("&"));
    return "stage:" + stage.name() + (options.isEmpty() ? "" : "?" + options);
  }

  /** The step: {@code - to: stage:clip?min=-100&max=240}. */
  String step() {
    return "- to: " + address();
  }

  private static String value(Option option) {
    if (!option.isRequired()) {
      return option.defaultValue();
    }
    return option.kind() == Kind.PARAMETER ? parameter(option) : slot(option);
  }

  private static String slot(Option option) {
    return option.many()
        ? "%1$s-1,%1$s-2".formatted(option.name().replaceFirst("s$", ""))
        : option.name();
  }

  private static String parameter(Option option) {
    return switch (option.parameterType()) {
      case WHOLE_NUMBER, NUMBER, SIZE, SPACING -> number(option);
      case SWITCH -> "true";
      case NETWORK -> "my-model";
      case CHOICE -> option.choices().get(0);
    };
  }

  /** The number of those allowed that is nearest to 1. */
  private static String number(Option option) {
    return Option.plain(Math.max(option.min(), Math.min(option.max(), 1)));
  }
}
