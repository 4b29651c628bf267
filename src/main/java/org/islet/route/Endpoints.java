package org.islet.route;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.islet.route.RouteStep.Call;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.ToStage;
import org.islet.stage.Nearest;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what steps are sent to. What cannot be read is reported. */
final class Endpoints {

  private static final List<String> SCHEMES = List.of("stage", "direct", "log");

  private final SourceText source;

  Endpoints(SourceText source) {
    this.source = source;
  }

  /** The step {@code to}, as a text or as a mapping of {@code uri} and {@code parameters}. */
  Optional<RouteStep> to(Fields.Field field) {
    if (field.value() instanceof ScalarNode) {
      return source
          .text("to", field)
          .flatMap(uri -> address(field.location(), uri))
          .flatMap(address -> to(field.location(), address, Map.of()));
    }
    Fields to = Fields.of(source, Vocabulary.TO, field.value());
    return to.get("uri").flatMap(uri -> to(to, uri));
  }

  private Optional<RouteStep> to(Fields to, Fields.Field uri) {
    Location place = uri.location();
    return source
        .text("uri", uri)
        .flatMap(text -> address(place, text))
        .flatMap(
            address ->
                address.scheme().equals("direct")
                    ? routeName(place, address, to).map(name -> new Call(place, name))
                    : to(place, address, parameters(to)));
  }

  /** Reads an address; reports what is none. */
  Optional<Address> address(Location place, String uri) {
    try {
      return Optional.of(Address.parse(uri));
    } catch (IllegalArgumentException e) {
      source.report(place, e.getMessage());
      return Optional.empty();
    }
  }

  /** The name behind {@code direct:}, or in the parameters where Kaoto writes it. */
  Optional<String> routeName(Location place, Address address, Fields owner) {
    Map<String, Option> parameters = parameters(owner);
    String name =
        address.name().isEmpty() && parameters.containsKey("name")
            ? parameters.remove("name").value()
            : address.name();
    parameters.values().forEach(option -> refuseOption("direct", option.location(), option.name()));
    return direct(place, new Address("direct", name, address.options()));
  }

  private Optional<String> direct(Location place, Address address) {
    address.options().keySet().forEach(option -> refuseOption("direct", place, option));
    if (!address.name().matches(Route.NAME)) {
      source.report(
          place,
          "'%s' is not a route's name: up to 100 letters, digits, '.', '_' and '-' were expected behind direct:."
              .formatted(address.name()));
      return Optional.empty();
    }
    return Optional.of(address.name());
  }

  private void refuseOption(String scheme, Location place, String option) {
    source.report(place, "'%s:' has no parameter '%s' here.".formatted(scheme, option));
  }

  private Map<String, Option> parameters(Fields owner) {
    Map<String, Option> parameters = new LinkedHashMap<>();
    owner
        .get("parameters")
        .map(field -> new Fields(source, "parameters", field.value()).all())
        .orElse(Map.of())
        .forEach(
            (key, field) ->
                source
                    .text(key, field)
                    .flatMap(text -> plain(key, text, field.location()))
                    .ifPresent(option -> parameters.put(key, option)));
    return parameters;
  }

  /** A value as an address can hold it. */
  private Optional<Option> plain(String key, String text, Location place) {
    String value =
        Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.joining(","));
    if (!key.matches("[A-Za-z0-9-]+") || !value.matches("[A-Za-z0-9.,_/+-]*")) {
      source.report(
          place,
          "the parameter %s: '%s' has characters that mean nothing here; names and values are letters, digits and . , _ / + -."
              .formatted(key, text));
      return Optional.empty();
    }
    return Optional.of(new Option(key, value, place));
  }

  private Optional<RouteStep> to(Location place, Address address, Map<String, Option> parameters) {
    Map<String, Option> options = options(place, address, parameters);
    return switch (address.scheme()) {
      case "stage" ->
          Optional.of(new ToStage(place, address.name(), Collections.unmodifiableMap(options)));
      case "direct" -> direct(place, address).map(name -> new Call(place, name));
      case "log" -> toLog(place, address.name(), options);
      default -> {
        source.report(
            place,
            "a segmentation route cannot send to '%s:'%s It has stage:NAME, direct:NAME and log:NAME."
                .formatted(address.scheme(), Nearest.hint(address.scheme(), SCHEMES)));
        yield Optional.empty();
      }
    };
  }

  private Map<String, Option> options(
      Location place, Address address, Map<String, Option> parameters) {
    Map<String, Option> options = new LinkedHashMap<>();
    address.options().forEach((key, value) -> options.put(key, new Option(key, value, place)));
    parameters.forEach(
        (key, option) -> {
          if (options.putIfAbsent(key, option) != null) {
            source.report(
                option.location(), "the parameter '%s' is given twice; keep one.".formatted(key));
          }
        });
    return options;
  }

  private Optional<RouteStep> toLog(Location place, String name, Map<String, Option> options) {
    Option level = options.remove("level");
    options.values().forEach(option -> refuseOption("log", option.location(), option.name()));
    if (name.isEmpty()) {
      source.report(place, "log: needs a name or a text behind it.");
      return Optional.empty();
    }
    return Optional.of(
        new Log(
            place, level == null ? Log.Level.INFO : level(level.location(), level.value()), name));
  }

  /** The step {@code log}, as a text or as a mapping. */
  Optional<RouteStep> log(Fields.Field field) {
    if (field.value() instanceof ScalarNode) {
      return source
          .text("log", field)
          .map(text -> new Log(field.location(), Log.Level.INFO, oneLine(text)));
    }
    Fields log = Fields.of(source, Vocabulary.LOG, field.value());
    Log.Level level =
        log.get("loggingLevel")
            .flatMap(l -> source.text("loggingLevel", l).map(text -> level(l.location(), text)))
            .orElse(Log.Level.INFO);
    return log.text("message").map(text -> new Log(field.location(), level, oneLine(text)));
  }

  /** A text that cannot look like two lines of a log. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\s]+", " ");
  }

  private Log.Level level(Location place, String text) {
    String name = text.toUpperCase(Locale.ROOT);
    if (!Vocabulary.LEVELS.contains(name)) {
      source.report(
          place,
          "'%s' is not a level of the log%s There are: %s."
              .formatted(
                  text,
                  Nearest.hint(name, Vocabulary.LEVELS),
                  String.join(", ", Vocabulary.LEVELS)));
      return Log.Level.INFO;
    }
    return Log.Level.valueOf(name);
  }
}
