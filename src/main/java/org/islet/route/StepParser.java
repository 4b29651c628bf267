package org.islet.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.islet.route.RouteStep.Choice;
import org.islet.route.RouteStep.Loop;
import org.islet.route.RouteStep.Parallel;
import org.islet.route.RouteStep.Series;
import org.islet.route.RouteStep.Try;
import org.islet.route.RouteStep.When;
import org.islet.stage.Nearest;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads the steps of a route. What cannot be read is reported, and the nearest thing taken for it.
 */
final class StepParser {

  /** Stands for a condition that cannot be read, so that the steps behind it are still checked. */
  private static final Condition UNREADABLE = new Condition.Unreadable();

  private final SourceText source;
  private final Endpoints endpoints;

  StepParser(SourceText source, Endpoints endpoints) {
    this.source = source;
    this.endpoints = endpoints;
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
    if (node instanceof ScalarNode scalar
        && scalar.getValue().matches("(stage|direct|handoff|log):.*")) {
      Location place = source.locationOf(node);
      source.report(
          place, "a step says first what it does: write '- to: %s'.".formatted(scalar.getValue()));
      return endpoints.to(new Fields.Field(place, node));
    }
    Fields fields = new Fields(source, "a step", node);
    Optional<String> key = meant(fields);
    if (fields.all().isEmpty()) {
      return Optional.of(new RouteStep.Unreadable(fields.location(), ""));
    }
    fields.all().keySet().stream()
        .filter(other -> !key.equals(Optional.of(other)))
        .forEach(other -> refuse(other, fields.all().get(other).location(), key));
    return key.flatMap(
        k ->
            Nearest.to(k, Vocabulary.stepWords())
                .flatMap(Vocabulary::step)
                .flatMap(word -> step(word, fields.all().get(k))));
  }

  /** The key that says what a step does: a word for a step, or what is nearest to one. */
  private Optional<String> meant(Fields step) {
    List<String> words = Vocabulary.stepWords();
    Optional<String> right = step.all().keySet().stream().filter(words::contains).findFirst();
    Optional<String> near =
        right.or(
            () ->
                step.all().keySet().stream()
                    .filter(key -> Nearest.surely(key, words).isPresent())
                    .findFirst());
    near.filter(key -> !words.contains(key))
        .ifPresent(key -> refuse(key, step.all().get(key).location(), Optional.empty()));
    return near;
  }

  /**
   * @param step the key that says what the step does; nothing where there is none
   */
  private void refuse(String key, Location place, Optional<String> step) {
    boolean inside = key.equals("id") || key.equals("description");
    source.report(
        place,
        inside && step.isPresent()
            ? "'%s' belongs inside '%s', further in.".formatted(key, step.get())
            : step.filter(s -> Vocabulary.stepWords().contains(key)).isPresent()
                ? "'%s' begins a step of its own; put a '-' before it.".formatted(key)
                : "a segmentation route has no step '%s'%s"
                    .formatted(key, Nearest.among(key, "It has", Vocabulary.stepWords())));
  }

  private Optional<RouteStep> step(Vocabulary word, Fields.Field field) {
    return switch (word) {
      case TO -> endpoints.to(field);
      case LOG -> endpoints.log(field);
      default -> Optional.of(block(word, Fields.of(source, word, field.value()), field.location()));
    };
  }

  /** A step with steps inside. */
  private RouteStep block(Vocabulary word, Fields fields, Location place) {
    return switch (word) {
      case PIPELINE -> series(fields);
      case MULTICAST -> parallel(fields, place);
      case CHOICE -> choice(fields, place);
      case FILTER -> new Choice(place, List.of(when(fields, place)), Optional.empty());
      case LOOP -> loop(fields, place);
      case TRY -> attempt(fields, place);
      default -> throw new IllegalStateException(word + " is no step.");
    };
  }

  private Parallel parallel(Fields multicast, Location place) {
    multicast
        .get("stopOnException")
        .filter(field -> multicast.isFalse("stopOnException"))
        .ifPresent(
            field ->
                source.report(
                    field.location(),
                    "'stopOnException' cannot be false: a branch that fails fails the case. Leave it out, or use doTry."));
    boolean concurrent = multicast.isTrue("parallelProcessing");
    return new Parallel(place, concurrent, series(multicast).steps());
  }

  private Choice choice(Fields choice, Location place) {
    List<When> alternatives = new ArrayList<>();
    for (Node member : choice.list("when")) {
      Fields when = Fields.of(source, Vocabulary.WHEN, member);
      alternatives.add(when(when, when.location()));
    }
    Optional<Series> otherwise =
        choice
            .get("otherwise")
            .map(field -> Fields.of(source, Vocabulary.OTHERWISE, field.value()))
            .map(this::series);
    return new Choice(place, List.copyOf(alternatives), otherwise);
  }

  private When when(Fields owner, Location place) {
    Series steps = series(owner);
    if (owner.get("language").isEmpty()) {
      source.report(
          place,
          "a condition is missing: write language: {language: slots, expression: …} before the steps.");
    }
    Asked asked = asked(owner);
    return new When(place, asked.condition().orElse(UNREADABLE), asked.location(), steps);
  }

  /**
   * A condition; nothing where it is missing or cannot be read.
   *
   * @param location where it is written; else where it belongs
   */
  private record Asked(Optional<Condition> condition, Location location) {}

  private Asked asked(Fields owner) {
    return owner
        .get("language")
        .map(this::language)
        .orElse(new Asked(Optional.empty(), owner.location()));
  }

  private Asked language(Fields.Field field) {
    Fields language = Fields.of(source, Vocabulary.LANGUAGE, field.value());
    Optional<String> name = language.text("language");
    Optional<String> text = language.text("expression");
    Location place =
        language.get("expression").map(Fields.Field::location).orElse(field.location());
    if (name.isPresent() && !name.get().equals(Vocabulary.SLOTS)) {
      source.report(
          language.get("language").orElseThrow().location(),
          "the language '%s' is not allowed: conditions are written in 'slots', as in 'touches and passes < 3'."
              .formatted(name.get()));
      return new Asked(Optional.empty(), place);
    }
    try {
      return new Asked(text.map(Condition::parse), place);
    } catch (IllegalArgumentException e) {
      source.report(place, e.getMessage());
      return new Asked(Optional.empty(), place);
    }
  }

  private Loop loop(Fields loop, Location place) {
    Series steps = series(loop);
    boolean whilst = loop.isTrue("doWhile");
    Optional<Fields.Field> constant = loop.get("constant");
    if (constant.isPresent() != whilst && loop.get("language").isPresent() == whilst) {
      return whilst
          ? whilst(loop, place, steps)
          : new Loop(place, passes(constant.orElseThrow()), Optional.empty(), place, steps);
    }
    source.report(
        place,
        "a loop needs either 'constant' with the number of its passes, or 'doWhile: true' and a"
            + " language: {language: slots, expression: …}.");
    return new Loop(place, 1, Optional.empty(), place, steps);
  }

  private Loop whilst(Fields loop, Location place, Series steps) {
    Asked asked = asked(loop);
    Optional<Condition> condition = asked.condition();
    int most = condition.map(c -> c.mostPasses().orElse(0)).orElse(1);
    if (most < 1 || most > Loop.MOST_PASSES) {
      source.report(
          asked.location(),
          "the loop's condition must end it after 1 to %d passes whatever the slots hold: add 'and passes < 10'."
              .formatted(Loop.MOST_PASSES));
      return new Loop(place, 1, condition, asked.location(), steps);
    }
    return new Loop(place, most, condition, asked.location(), steps);
  }

  private int passes(Fields.Field field) {
    Optional<String> text = source.text("constant", field);
    if (text.isPresent() && text.get().matches("[1-9][0-9]?|100")) {
      return Integer.parseInt(text.get());
    }
    text.ifPresent(
        t ->
            source.report(
                field.location(),
                "a loop has 1 to %d passes, not '%s'.".formatted(Loop.MOST_PASSES, t)));
    return 1;
  }

  private Try attempt(Fields attempt, Location place) {
    Series steps = series(attempt);
    List<Node> catches = attempt.list("doCatch");
    if (catches.size() > 1) {
      source.report(
          source.locationOf(catches.get(1)),
          "a doTry has one doCatch: whichever stage fails, the same steps run instead.");
    }
    Series rescue =
        catches.stream()
            .map(member -> Fields.of(source, Vocabulary.CATCH, member))
            .map(this::rescue)
            .toList()
            .stream()
            .findFirst()
            .orElse(new Series(place, List.of()));
    return new Try(place, steps, rescue);
  }

  private Series rescue(Fields fields) {
    for (Node member : fields.list("exception")) {
      String name = member instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!Vocabulary.FAILURES.contains(name)) {
        source.report(
            source.locationOf(member),
            "doCatch catches a stage's failure: the exception must be %s, not '%s'."
                .formatted(Vocabulary.FAILURES.stream().collect(Collectors.joining(" or ")), name));
      }
    }
    return series(fields);
  }
}
