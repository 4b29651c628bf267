package org.islet.reference;

import java.util.List;
import java.util.stream.Collectors;
import org.islet.stage.Network;
import org.islet.stage.StageDescription;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;
import org.islet.volume.Size;
import org.islet.volume.Spacing;

/**
 * A stage as a route may name it: with what the route has to give, and with all parameters. Slots
 * are named as the options are.
 */
record StageExample(StageDescription stage) {

  private static final List<Class<?>> NUMBERS =
      List.of(int.class, double.class, Size.class, Spacing.class);

  /** The address: {@code stage:clip?min=-100&max=240}. */
  String address() {
    String options =
        stage.options().stream()
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
    } else if (option.many()) {
      return "%1$s-1,%1$s-2".formatted(option.name().replaceFirst("s$", ""));
    } else if (!option.choices().isEmpty()) {
      return option.choices().get(0);
    } else if (option.type() == boolean.class) {
      return "true";
    } else if (NUMBERS.contains(option.type())) {
      return number(option);
    }
    return option.type() == Network.class ? "my-model" : option.name();
  }

  /** The number of those allowed that is nearest to 1. */
  private static String number(Option option) {
    return Option.plain(Math.max(option.min(), Math.min(option.max(), 1)));
  }
}
