package org.islet.stage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;
import org.islet.volume.Size;
import org.islet.volume.Spacing;

/** Turns what a route says of an option into the value that the stage is made with. */
record OptionValue(String stage, Option option, Function<String, Network> networks) {

  /** Numbers as people write them; Java reads more, such as {@code 0x1p7}, and for any length. */
  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,10}");

  private static final Pattern DECIMAL =
      Pattern.compile("(?=.{1,40}$)[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  /** How much of a value a refusal cites. */
  private static final int LONGEST_CITED = 60;

  /**
   * @throws StageBindingException if the route gives no value that is allowed
   */
  Object parse(Map<String, String> given) {
    String text = given.getOrDefault(option.name(), option.defaultValue()).strip();
    if (text.isEmpty()) {
      throw new StageBindingException(
          option.name(),
          "%s: %s must be given: %s.".formatted(stage, option.name(), option.doc()),
          null);
    }
    try {
      if (option.kind() == Kind.PARAMETER) {
        return parameter(text);
      }
      return option.many() ? slots(text) : slot(text);
    } catch (StageBindingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new StageBindingException(
          option.name(), "%s: %s: %s".formatted(stage, option.name(), e.getMessage()), e);
    }
  }

  private List<Slot<?>> slots(String text) {
    String[] names = text.split(",", -1);
    if (names.length > Ports.MOST_OF_A_LIST) {
      throw new IllegalArgumentException(
          "%d slots are more than the %d allowed; put some together first."
              .formatted(names.length, Ports.MOST_OF_A_LIST));
    }
    return Arrays.stream(names).<Slot<?>>map(name -> slot(name.strip())).toList();
  }

  private Slot<?> slot(String name) {
    return new Slot<>(name, option.type());
  }

  private Object parameter(String text) {
    return switch (option.parameterType()) {
      case WHOLE_NUMBER -> wholeNumber(text);
      case NUMBER -> number(text);
      case SWITCH -> truth(text);
      case SIZE -> size(text);
      case SPACING -> spacing(text);
      case NETWORK -> networks.apply(text);
      case CHOICE -> constant(text);
    };
  }

  private int wholeNumber(String text) {
    return (int) number(text, text, "a whole number" + option.range(), OptionValue::whole);
  }

  private double number(String text) {
    return number(text, text, "a number" + option.range(), OptionValue::decimal);
  }

  private Size size(String text) {
    double[] n = perAxis(text, "a whole number", "144,144,144", OptionValue::whole);
    return new Size((int) n[0], (int) n[1], (int) n[2]);
  }

  private Spacing spacing(String text) {
    double[] mm = perAxis(text, "a number", "1,1,2.5", OptionValue::decimal);
    return new Spacing(mm[0], mm[1], mm[2]);
  }

  /** The numbers for x, y and z of a text that holds three, or one that stands for all three. */
  private double[] perAxis(
      String text, String kind, String example, ToDoubleFunction<String> parse) {
    String expected =
        "%s%s, or three for x, y and z as in %s".formatted(kind, option.range(), example);
    String[] parts = text.split(",", -1);
    if (parts.length != 1 && parts.length != 3) {
      throw refusal(expected, text, null);
    }
    return IntStream.range(0, 3)
        .mapToObj(axis -> parts[parts.length == 1 ? 0 : axis].strip())
        .mapToDouble(part -> number(part, text, expected, parse))
        .toArray();
  }

  /** One number, which may be a part of the whole text. */
  private double number(String part, String text, String expected, ToDoubleFunction<String> parse) {
    double value;
    try {
      value = parse.applyAsDouble(part);
    } catch (NumberFormatException e) {
      throw refusal(expected, text, e);
    }
    if (!Double.isFinite(value) || value < option.min() || value > option.max()) {
      throw refusal(expected, text, null);
    }
    return value;
  }

  private static double whole(String text) {
    return Integer.parseInt(written(text, WHOLE));
  }

  private static double decimal(String text) {
    return Double.parseDouble(written(text, DECIMAL));
  }

  private static String written(String number, Pattern form) {
    if (!form.matcher(number).matches()) {
      throw new NumberFormatException("It is not written as " + form);
    }
    return number;
  }

  private boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal("true or false", text, null);
    };
  }

  private Object constant(String text) {
    Map<String, Object> constants =
        Arrays.stream(option.type().getEnumConstants())
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
        option.name(),
        "%s: %s must be %s, not '%s'.".formatted(stage, option.name(), expected, cited(text)),
        cause);
  }

  /** What a refusal says of a text that a route gives. */
  static String cited(String text) {
    return text.length() <= LONGEST_CITED ? text : text.substring(0, LONGEST_CITED) + "…";
  }
}
