package org.islet.route;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An endpoint's address, {@code scheme:name?option=value&option=value}.
 *
 * @param name without the options; empty where there is none
 * @param options by name; the values as they are written
 */
record Address(String scheme, String name, Map<String, String> options) {

  /**
   * Reads an address. Nothing in it is decoded: what is allowed needs no code.
   *
   * @param wrong is told of what is left out, and of what is taken for what it should be
   * @throws IllegalArgumentException whose message says what was expected, if it is no address
   */
  static Address parse(String uri, Consumer<String> wrong) {
    if (!uri.matches("[A-Za-z0-9:?&=.,_/+-]*")) {
      throw new IllegalArgumentException(
          ("the address '%s' has characters that mean nothing here; it is made of letters, digits and"
                  + " ? & = . , _ / + -, as in stage:clip?min=-100&max=240.")
              .formatted(uri));
    }
    String[] parts = uri.split("\\?", 2);
    Map<String, String> options = parts.length < 2 ? Map.of() : options(parts[1], wrong);
    String[] path = parts[0].split(":", 2);
    if (path.length < 2 && parts.length > 1) {
      wrong.accept(
          "'%s' does not say what it is; did you mean 'stage:%s'?".formatted(path[0], path[0]));
      return new Address("stage", path[0], options);
    }
    String name = path.length < 2 ? "" : path[1].replaceFirst("^//", "");
    return new Address(path[0], name, options);
  }

  private static Map<String, String> options(String query, Consumer<String> wrong) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : query.split("&", -1)) {
      String[] pair = option.split("=", 2);
      if (pair.length < 2 || pair[0].isEmpty()) {
        wrong.accept(
            "'%s' behind the '?' should be name=value, and the next behind a '&'."
                .formatted(option));
      } else if (options.putIfAbsent(pair[0], pair[1]) != null) {
        wrong.accept("the parameter '%s' is given twice; keep one.".formatted(pair[0]));
      }
    }
    return options;
  }
}
