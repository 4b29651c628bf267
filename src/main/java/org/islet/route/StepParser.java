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
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the steps of a route. A step that cannot be read is reported and left out. */
final class StepParser {

  /** Stands for a condition that cannot be read, so that the steps behind it are still checked. */
  private static final Condition UNREADABLE =
      new Condition.Passes(Condition.Comparison.AT_LEAST, 0);

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
    return new When(place, condition(owner).orElse(UNREADABLE), steps);
  }

  private Optional<Condition> condition(Fields owner) {
    return owner.get("language").flatMap(this::language);
  }

  private Optional<Condition> language(Fields.Field field) {
    Fields language = Fields.of(source, Vocabulary.LANGUAGE, field.value());
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

  private Loop loop(Fields loop, Location place) {
    Series steps = series(loop);
    boolean whilst = loop.isTrue("doWhile");
    Optional<Fields.Field> constant = loop.get("constant");
    if (constant.isPresent() != whilst && loop.get("language").isPresent() == whilst) {
      return whilst
          ? whilst(loop, place, steps)
          : new Loop(place, passes(constant.orElseThrow()), Optional.empty(), steps);
    }
    source.report(
        place,
        "a loop needs either 'constant' with the number of its passes, or 'doWhile: true' and a"
            + " language: {language: slots, expression: …}.");
    return new Loop(place, 1, Optional.empty(), steps);
  }

  private Loop whilst(Fields loop, Location place, Series steps) {
    Optional<Condition> condition = condition(loop);
    int most = condition.map(c -> c.mostPasses().orElse(0)).orElse(1);
    if (most < 1 || most > Loop.MOST_PASSES) {
      source.report(
          place,
          "the loop's condition must end it after 1 to %d passes whatever the slots hold: add 'and passes < 10'."
              .formatted(Loop.MOST_PASSES));
      return new Loop(place, 1, condition, steps);
    }
    return new Loop(place, most, condition, steps);
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
