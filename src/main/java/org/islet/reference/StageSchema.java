package org.islet.reference;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** The part of a route's schema that is about one stage. */
record StageSchema(StageDescription stage) {

  /** A text such as {@code stage:clip?min=-100}: its options by name, those required among them. */
  ObjectNode address() {
    String names = stage.optionNames().stream().collect(Collectors.joining("|", "(", ")"));
    String required =
        required().stream().map("(?=.*[?&]%s=)"::formatted).collect(Collectors.joining());
    String options = stage.options().isEmpty() ? "" : "(\\?%1$s=[^&]+(&%1$s=[^&]+)*)?";
    ObjectNode address =
        SchemaNodes.text(
            "^" + required + "stage:" + stage.name() + options.formatted(names) + "$",
            stage.purpose());
    address.put("patternErrorMessage", expected());
    address.put("markdownDescription", markdown());
    return address;
  }

  /** What an editor offers to write. */
  ObjectNode snippet() {
    return instance
        .objectNode()
        .put("label", "stage:" + stage.name())
        .put("description", stage.purpose())
        .put("body", new StageExample(stage).address());
  }

  private String expected() {
    return "The options of stage:%s are: %s.%s"
        .formatted(
            stage.name(),
            String.join(", ", stage.optionNames()),
            required().isEmpty()
                ? ""
                : " These must be given: %s.".formatted(String.join(", ", required())));
  }

  private String markdown() {
    String options =
        stage.options().stream()
            .map(
                option ->
                    "- `%s`: %s (%s%s)\n"
                        .formatted(
                            option.name(),
                            option.doc(),
                            new OptionWords(option).type(),
                            option.isRequired() ? "" : "; default " + option.defaultValue()))
            .collect(Collectors.joining());
    return "%s\n\n%s\n`%s`"
        .formatted(stage.purpose(), options, new StageExample(stage).step().substring(2));
  }

  /** A mapping of the stage's options. */
  ObjectNode parameters() {
    ObjectNode options = instance.objectNode();
    stage.options().forEach(option -> options.set(option.name(), value(option)));
    return SchemaNodes.mapping("", options, required());
  }

  private List<String> required() {
    return stage.options().stream().filter(Option::isRequired).map(Option::name).toList();
  }

  private static ObjectNode value(Option option) {
    ObjectNode value = option.kind() == Kind.PARAMETER ? parameter(option) : slot(option);
    value.put("description", "%s (%s)".formatted(option.doc(), new OptionWords(option).type()));
    return value;
  }

  private static ObjectNode slot(Option option) {
    String pattern = option.many() ? "^%1$s( *, *%1$s)*$" : "^%s$";
    return withDefault(SchemaNodes.text(pattern.formatted(Slot.NAME), ""), option);
  }

  private static ObjectNode parameter(Option option) {
    return switch (option.parameterType()) {
      case WHOLE_NUMBER -> number(option, "integer");
      case NUMBER -> number(option, "number");
      case SWITCH -> truth(option);
      case SIZE -> numbers(option, "[0-9]+");
      case SPACING -> numbers(option, "[0-9]*[.]?[0-9]+");
      case NETWORK -> withDefault(SchemaNodes.type("string"), option);
      case CHOICE -> withDefault(SchemaNodes.enumeration(option.choices()), option);
    };
  }

  private static ObjectNode withDefault(ObjectNode text, Option option) {
    return option.isRequired() ? text : text.put("default", option.defaultValue());
  }

  private static ObjectNode truth(Option option) {
    ObjectNode truth = SchemaNodes.type("boolean");
    return option.isRequired()
        ? truth
        : truth.put("default", Boolean.parseBoolean(option.defaultValue()));
  }

  /** One number, or three with commas between them, as a text. */
  private static ObjectNode numbers(Option option, String number) {
    ObjectNode numbers = withinLimits(SchemaNodes.type("number"), option);
    numbers.putArray("type").add("number").add("string");
    numbers.put("pattern", "^%1$s( *, *%1$s *, *%1$s)?$".formatted(number));
    return withDefault(numbers, option);
  }

  private static ObjectNode number(Option option, String type) {
    ObjectNode number = withinLimits(SchemaNodes.type(type), option);
    return option.isRequired()
        ? number
        : number.put("default", new BigDecimal(option.defaultValue()));
  }

  private static ObjectNode withinLimits(ObjectNode number, Option option) {
    if (Double.isFinite(option.min())) {
      number.put("minimum", new BigDecimal(Option.plain(option.min())));
    }
    if (Double.isFinite(option.max())) {
      number.put("maximum", new BigDecimal(Option.plain(option.max())));
    }
    return number;
  }
}
