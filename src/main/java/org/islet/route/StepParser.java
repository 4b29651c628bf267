package org.islet.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.islet.route.RouteStep.Call;
import org.islet.route.RouteStep.Choice;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.Loop;
import org.islet.route.RouteStep.Parallel;
import org.islet.route.RouteStep.Series;
import org.islet.route.RouteStep.ToStage;
import org.islet.route.RouteStep.Try;
import org.islet.route.RouteStep.When;
import org.islet.stage.Nearest;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the steps of a route. A step that cannot be read is reported and left out. */
final class StepParser {

  private static final List<String> SCHEMES = List.of("stage", "direct", "log");

  private final SourceText source;

  StepParser(SourceText source) {
    this.source = source;
  }

  /** The steps below the key {@code steps}. */
  Series series(Fields owner) {
    List<RouteStep> steps = new ArrayList<>();
    for (Node member : owner.list("steps")) {
      step(member).ifPresent(steps::add);
    }
    return new Series(owner.location(), List.copyOf(steps));
  }

  private Optional<RouteStep> step(Node node) {
    Fields fields = new Fields(source, "a step", node);
    if (fields.all().size() != 1) {
      if (node instanceof MappingNode) {
        source.report(
            fields.location(),
            "a step should be one of %s, each behind a '-' of its own."
                .formatted(String.join(", ", Vocabulary.stepWords())));
      }
      return Optional.empty();
    }
    var entry = fields.all().entrySet().iterator().next();
    Optional<Vocabulary> word = Vocabulary.step(entry.getKey());
    if (word.isEmpty()) {
      source.report(
          entry.getValue().location(),
          "a segmentation route has no step '%s'%s It has: %s."
              .formatted(
                  entry.getKey(),
                  Nearest.hint(entry.getKey(), Vocabulary.stepWords()),
                  String.join(", ", Vocabulary.stepWords())));
    }
    return word.flatMap(w -> step(w, entry.getValue()));
  }

  private Optional<RouteStep> step(Vocabulary word, Fields.Field field) {
    return switch (word) {
      case TO -> to(field);
      case LOG -> log(field);
      case PIPELINE -> Optional.of(series(fields(word, field)));
      case MULTICAST -> Optional.of(parallel(fields(word, field), field.location()));
      case CHOICE -> Optional.of(choice(fields(word, field), field.location()));
      case FILTER -> filter(field);
      case LOOP -> loop(fields(word, field), field.location());
      case TRY -> Optional.of(attempt(fields(word, field), field.location()));
      default -> throw new IllegalStateException(word + " is no step.");
    };
  }

  private Fields fields(Vocabulary word, Fields.Field field) {
    return new Fields(source, word.word(), field.value()).only(word.keys());
  }

  private Optional<RouteStep> to(Fields.Field field) {
    if (field.value() instanceof ScalarNode) {
      return source
          .text("to", field)
          .flatMap(uri -> address(field.location(), uri))
          .flatMap(address -> to(field.location(), address, Map.of()));
    }
    Fields to = fields(Vocabulary.TO, field);
    Optional<Fields.Field> uri = to.require("uri");
    return uri.flatMap(u -> source.text("uri", u))
        .flatMap(text -> address(uri.get().location(), text))
        .flatMap(
            address ->
                address.scheme().equals("direct")
                    ? routeName(uri.get().location(), address, to)
                        .map(name -> new Call(uri.get().location(), name))
                    : to(uri.get().location(), address, parameters(to)));
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
    if (!address.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
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
        .ifPresent(
            field ->
                new Fields(source, "parameters", field.value())
                    .all()
                    .forEach(
                        (key, value) ->
                            source
                                .text(key, value)
                                .flatMap(text -> plain(key, text, value.location()))
                                .ifPresent(option -> parameters.put(key, option))));
    return parameters;
  }

  /** A value as an address can hold it. */
  private Optional<Option> plain(String key, String text, Location place) {
    String value = text.replaceAll("\\s*,\\s*", ",");
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
    Map<String, Option> options = new LinkedHashMap<>();
    address.options().forEach((key, value) -> options.put(key, new Option(key, value, place)));
    parameters.forEach(
        (key, option) -> {
          if (options.putIfAbsent(key, option) != null) {
            source.report(
                option.location(), "the parameter '%s' is given twice; keep one.".formatted(key));
          }
        });
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

  private Optional<RouteStep> log(Fields.Field field) {
    if (field.value() instanceof ScalarNode) {
      return source
          .text("log", field)
          .map(text -> new Log(field.location(), Log.Level.INFO, oneLine(text)));
    }
    Fields log = fields(Vocabulary.LOG, field);
    log.require("message");
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
    List<String> names = Arrays.stream(Log.Level.values()).map(Enum::name).toList();
    String name = text.toUpperCase(Locale.ROOT);
    if (!names.contains(name)) {
      source.report(
          place,
          "'%s' is not a level of the log%s There are: %s."
              .formatted(text, Nearest.hint(name, names), String.join(", ", names)));
      return Log.Level.INFO;
    }
    return Log.Level.valueOf(name);
  }

  private Parallel parallel(Fields multicast, Location place) {
    multicast
        .get("stopOnException")
        .flatMap(field -> source.text("stopOnException", field).map(text -> field))
        .filter(field -> !multicast.isTrue("stopOnException"))
        .ifPresent(
            field ->
                source.report(
                    field.location(),
                    "'stopOnException' cannot be false: a branch that fails fails the case. Leave it out, or use doTry."));
    multicast.require("steps");
    boolean concurrent = multicast.isTrue("parallelProcessing");
    return new Parallel(place, concurrent, series(multicast).steps());
  }

  private Choice choice(Fields choice, Location place) {
    choice.require("when");
    List<When> alternatives = new ArrayList<>();
    for (Node member : choice.list("when")) {
      Fields when = new Fields(source, "when", member).only(Vocabulary.WHEN.keys());
      when(when, when.location()).ifPresent(alternatives::add);
    }
    Optional<Series> otherwise =
        choice
            .get("otherwise")
            .map(field -> fields(Vocabulary.OTHERWISE, field))
            .map(this::requiredSeries);
    return new Choice(place, List.copyOf(alternatives), otherwise);
  }

  private Series requiredSeries(Fields owner) {
    owner.require("steps");
    return series(owner);
  }

  private Optional<RouteStep> filter(Fields.Field field) {
    return when(fields(Vocabulary.FILTER, field), field.location())
        .map(when -> new Choice(field.location(), List.of(when), Optional.empty()));
  }

  private Optional<When> when(Fields owner, Location place) {
    Series steps = requiredSeries(owner);
    Optional<Condition> condition = condition(owner);
    if (owner.get("language").isEmpty()) {
      source.report(
          place,
          "a condition is missing: write language: {language: slots, expression: …} before the steps.");
    }
    return condition.map(c -> new When(place, c, steps));
  }

  private Optional<Condition> condition(Fields owner) {
    return owner.get("language").flatMap(this::language);
  }

  private Optional<Condition> language(Fields.Field field) {
    Fields language = fields(Vocabulary.LANGUAGE, field);
    language.require("language");
    language.require("expression");
    Optional<String> name = language.text("language");
    Optional<String> text = language.text("expression");
    if (name.isPresent() && !name.get().equals(Vocabulary.SLOTS)) {
      source.report(
          language.get("language").orElseThrow().location(),
          "the language '%s' is not allowed: conditions are written in 'slots', as in 'touches and passes < 3'."
              .formatted(name.get()));
      return Optional.empty();
    }
    try {
      return text.map(Condition::parse);
    } catch (IllegalArgumentException e) {
      source.report(language.get("expression").orElseThrow().location(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<RouteStep> loop(Fields loop, Location place) {
    Series steps = requiredSeries(loop);
    Optional<Fields.Field> constant = loop.get("constant");
    boolean whilst = loop.isTrue("doWhile");
    if (constant.isPresent() && !whilst) {
      return passes(constant.get()).map(n -> new Loop(place, n, Optional.empty(), steps));
    }
    Optional<Condition> condition = condition(loop);
    if (condition.isEmpty() || !whilst) {
      if (loop.get("language").isEmpty() || !whilst) {
        source.report(
            place,
            "a loop needs either 'constant' with the number of its passes, or 'doWhile: true' and a"
                + " language: {language: slots, expression: …}.");
      }
      return Optional.empty();
    }
    OptionalInt most = condition.get().mostPasses();
    if (most.isEmpty() || most.getAsInt() < 1 || most.getAsInt() > Loop.MOST_PASSES) {
      source.report(
          place,
          "the loop's condition must end it after 1 to %d passes whatever the slots hold: add 'and passes < 10'."
              .formatted(Loop.MOST_PASSES));
      return Optional.empty();
    }
    return Optional.of(new Loop(place, most.getAsInt(), condition, steps));
  }

  private Optional<Integer> passes(Fields.Field field) {
    Optional<String> text = source.text("constant", field);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]?|100")) {
      source.report(
          field.location(),
          "a loop has 1 to %d passes, not '%s'.".formatted(Loop.MOST_PASSES, text.get()));
      return Optional.empty();
    }
    return text.map(Integer::valueOf);
  }

  private Try attempt(Fields attempt, Location place) {
    Series steps = requiredSeries(attempt);
    attempt.require("doCatch");
    List<Node> catches = attempt.list("doCatch");
    if (catches.size() > 1) {
      source.report(
          source.locationOf(catches.get(1)),
          "a doTry has one doCatch: whichever stage fails, the same steps run instead.");
    }
    Series rescue =
        catches.stream()
            .map(member -> new Fields(source, "doCatch", member).only(Vocabulary.CATCH.keys()))
            .map(this::rescue)
            .toList()
            .stream()
            .findFirst()
            .orElse(new Series(place, List.of()));
    return new Try(place, steps, rescue);
  }

  private Series rescue(Fields fields) {
    fields.require("exception");
    for (Node member : fields.list("exception")) {
      String name = member instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!Vocabulary.FAILURES.contains(name)) {
        source.report(
            source.locationOf(member),
            "doCatch catches a stage's failure: the exception must be %s, not '%s'."
                .formatted(Vocabulary.FAILURES.stream().collect(Collectors.joining(" or ")), name));
      }
    }
    return requiredSeries(fields);
  }
}
