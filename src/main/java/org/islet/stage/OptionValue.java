package org.islet.stage;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** Turns what a route says of an option into the value that the stage is made with. */
record OptionValue(String stage, Option option, Networks networks) {

  /** Whether a parameter can be of a type. */
  static boolean canBe(Class<?> type) {
    return List.of(int.class, double.class, boolean.class, Network.class).contains(type)
        || type.isEnum();
  }

  /**
   * @throws StageBindingException if the route gives no value that is allowed
   */
  Object parse(Map<String, String> given) {
    String text = given.getOrDefault(option.name(), option.defaultValue()).strip();
    if (text.isEmpty()) {
      throw new StageBindingException(
          "%s: %s must be given: %s.".formatted(stage, option.name(), option.doc()));
    }
    try {
      if (option.kind() == Kind.PARAMETER) {
        return parameter(text);
      }
      return option.many()
          ? Arrays.stream(text.split(",", -1)).map(name -> slot(name.strip())).toList()
          : slot(text);
    } catch (StageBindingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new StageBindingException(
          "%s: %s: %s".formatted(stage, option.name(), e.getMessage()), e);
    }
  }

  private Slot<?> slot(String name) {
    return new Slot<>(name, option.type());
  }

  private Object parameter(String text) {
    Class<?> type = option.type();
    if (type == int.class) {
      return wholeNumber(text);
    } else if (type == double.class) {
      return number(text);
    } else if (type == boolean.class) {
      return truth(text);
    } else if (type == Network.class) {
      return networks.get(text);
    }
    return constant(type, text);
  }

  private int wholeNumber(String text) {
    String expected = "a whole number" + range();
    try {
      return (int) inRange(Integer.parseInt(text), text, expected);
    } catch (NumberFormatException e) {
      throw refusal(expected, text, e);
    }
  }

  private double number(String text) {
    String expected = "a number" + range();
    try {
      return inRange(Double.parseDouble(text), text, expected);
    } catch (NumberFormatException e) {
      throw refusal(expected, text, e);
    }
  }

  private double inRange(double value, String text, String expected) {
    if (!Double.isFinite(value) || value < option.min() || value > option.max()) {
      throw refusal(expected, text, null);
    }
    return value;
  }

  private String range() {
    boolean hasMin = Double.isFinite(option.min());
    boolean hasMax = Double.isFinite(option.max());
    if (hasMin && hasMax) {
      return " from " + plain(option.min()) + " to " + plain(option.max());
    } else if (hasMin) {
      return " of at least " + plain(option.min());
    }
    return hasMax ? " of at most " + plain(option.max()) : "";
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  private boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal("true or false", text, null);
    };
  }

  private Object constant(Class<?> type, String text) {
    Map<String, Object> constants =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(OptionValue::kebab, c -> c, (a, b) -> a, TreeMap::new));
    if (!constants.containsKey(text)) {
      throw refusal("one of " + String.join(", ", constants.keySet()), text, null);
    }
    return constants.get(text);
  }

  static String kebab(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private StageBindingException refusal(String expected, String text, Throwable cause) {
    return new StageBindingException(
        "%s: %s must be %s, not '%s'.".formatted(stage, option.name(), expected, text), cause);
  }
}
