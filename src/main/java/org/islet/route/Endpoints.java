package org.islet.route;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.islet.format.OneLine;
import org.islet.route.RouteStep.Call;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.ToStage;
import org.islet.stage.Nearest;
import org.islet.stage.Slot;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what steps are sent to. What cannot be read is reported. */
final class Endpoints {

  private static final List<String> SCHEMES = List.of("stage", "direct", "handoff", "log");

  private final SourceText source;

  Endpoints(SourceText source) {
    this.source = source;
  }

  /** The step {@code to}, as a text or as a mapping of {@code uri} and {@code parameters}. */
  Optional<RouteStep> to(Fields.Field field) {
    if (field.value() instanceof ScalarNode) {
      return to("to", field, new LinkedHashMap<>());
    }
    Fields to = Fields.of(source, Vocabulary.TO, field.value());
    Optional<Fields.Field> uri = to.get("uri");
    return uri.isPresent()
        ? to("uri", uri.get(), parameters(to))
        : unreadable(field.location(), "");
  }

  private Optional<RouteStep> to(String key, Fields.Field uri, Map<String, Option> parameters) {
    Location place = uri.location();
    Optional<String> text = source.text(key, uri);
    Optional<Address> address = text.flatMap(t -> address(place, t));
    return address.isPresent()
        ? to(place, address.get(), parameters)
        : unreadable(place, text.orElse("") + parameters.values());
  }

  private static Optional<RouteStep> unreadable(Location place, String text) {
    return Optional.of(new RouteStep.Unreadable(place, text));
  }

  /** Reads an address; reports what is wrong with it. */
  Optional<Address> address(Location place, String uri) {
    try {
      return Optional.of(Address.parse(uri, sentence -> source.report(place, sentence)));
    } catch (IllegalArgumentException e) {
      source.report(place, e.getMessage());
      return Optional.empty();
    }
  }

  /** The name behind {@code direct:}, or in the parameters where Kaoto writes it. */
  Optional<String> routeName(Location place, Address address, Fields owner) {
    Map<String, Option> parameters = parameters(owner);
    return direct(place, named(address, parameters), parameters);
  }

  /** An address with the name that may stand in the parameters, where Kaoto writes it. */
  private static Address named(Address address, Map<String, Option> parameters) {
    return address.name().isEmpty() && parameters.containsKey("name")
        ? new Address(address.scheme(), parameters.remove("name").value(), address.options())
        : address;
  }

  private Optional<String> direct(Location place, Address address, Map<String, Option> parameters) {
    address.options().keySet().forEach(option -> refuseOption("direct", place, option));
    parameters.values().forEach(option -> refuseOption("direct", option.location(), option.name()));
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

  private Optional<RouteStep> to(Location place, Address given, Map<String, Option> parameters) {
    Address address = named(given, parameters);
    String scheme = address.scheme();
    if (!SCHEMES.contains(scheme)) {
      source.report(
          place,
          "a segmentation route cannot send to '%s:'%s It has stage:NAME, direct:NAME, handoff:NAME and log:NAME."
              .formatted(scheme, Nearest.hint(scheme, SCHEMES)));
    }
    return switch (Nearest.to(scheme, SCHEMES).orElse("")) {
      case "stage" ->
          Optional.of(
              new ToStage(
                  place,
                  address.name(),
                  Collections.unmodifiableMap(options(place, address, parameters))));
      case "direct" ->
          direct(place, address, parameters)
              .<RouteStep>map(name -> new Call(place, name))
              .or(() -> unreadable(place, ""));
      case "handoff" -> handOff(place, address, parameters);
      case "log" -> toLog(place, address.name(), options(place, address, parameters));
      default -> Optional.empty();
    };
  }

  private Optional<RouteStep> handOff(
      Location place, Address address, Map<String, Option> parameters) {
    address.options().keySet().forEach(option -> refuseOption("handoff", place, option));
    parameters
        .values()
        .forEach(option -> refuseOption("handoff", option.location(), option.name()));
    if (!address.name().matches(Slot.NAME)) {
      source.report(
          place,
          "'%s' is not a pool's name: up to 64 letters, digits and hyphens were expected behind handoff:."
              .formatted(address.name()));
      return Optional.empty();
    }
    return Optional.of(new RouteStep.HandOff(place, address.name()));
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
          .map(text -> new Log(field.location(), Log.Level.INFO, OneLine.of(text)));
    }
    Fields log = Fields.of(source, Vocabulary.LOG, field.value());
    Log.Level level =
        log.get("loggingLevel")
            .flatMap(l -> source.text("loggingLevel", l).map(text -> level(l.location(), text)))
            .orElse(Log.Level.INFO);
    return log.text("message").map(text -> new Log(field.location(), level, OneLine.of(text)));
  }

  private Log.Level level(Location place, String text) {
    String name = text.toUpperCase(Locale.ROOT);
    if (!Vocabulary.LEVELS.contains(name)) {
      source.report(
          place,
          "'%s' is not a level of the log%s"
              .formatted(text, Nearest.among(name, "There are", Vocabulary.LEVELS)));
      return Log.Level.INFO;
    }
    return Log.Level.valueOf(name);
  }
}
