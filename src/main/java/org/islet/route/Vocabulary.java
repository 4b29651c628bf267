package org.islet.route;

import static org.islet.route.Key.optional;
import static org.islet.route.Key.required;
import static org.islet.route.Key.withCommon;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.islet.route.Key.Value;
import org.islet.route.RouteStep.Log;

/**
 * The words that segmentation routes are written with, and the keys of the mapping behind each:
 * Camel's, as far as they order and choose stages. What is not here is refused.
 */
public enum Vocabulary {
  ROUTE("route", "A route.", required("from", Value.PART, "")),
  FROM("from", "", Key.URI, Key.PARAMETERS, Key.STEPS),
  TO(
      "to",
      "Runs a stage, calls a route, hands the case to a pool or writes to the log.",
      Key.URI,
      Key.PARAMETERS),
  LOG(
      "log",
      "Writes a line to the log.",
      required("message", Value.TEXT, "The line."),
      optional("loggingLevel", Value.LEVEL, "How loud it is; INFO if not given.")),
  MULTICAST(
      "multicast",
      "Runs its steps as branches, each on the case as it is now.",
      optional("parallelProcessing", Value.SWITCH, "Whether the branches run side by side."),
      optional("stopOnException", Value.ON, "A branch that fails ends the others and the case."),
      Key.STEPS),
  PIPELINE(
      "pipeline", "Runs its steps one after another, as one branch of a multicast.", Key.STEPS),
  CHOICE(
      "choice",
      "Runs the first branch whose condition holds.",
      required("when", Value.PARTS, "The branches, from the first to be tried to the last."),
      optional("otherwise", Value.PART, "")),
  FILTER("filter", "Runs its steps if a condition holds.", Key.CONDITION, Key.STEPS),
  LOOP(
      "loop",
      "Runs its steps again and again.",
      List.of(
          withCommon(required("constant", Value.COUNT, "How many times."), Key.STEPS),
          withCommon(
              Key.CONDITION,
              required("doWhile", Value.ON, "The steps run as long as the condition holds."),
              Key.STEPS))),
  TRY(
      "doTry",
      "Runs its steps, and others instead if one of them fails.",
      Key.STEPS,
      required("doCatch", Value.PARTS, "What runs where a step failed.")),
  WHEN("when", "A branch of a choice.", Key.CONDITION, Key.STEPS),
  OTHERWISE("otherwise", "The branch where no condition holds.", Key.STEPS),
  CATCH(
      "doCatch",
      "What runs where a step failed.",
      required("exception", Value.EXCEPTIONS, "The failures that it is for: of any stage."),
      Key.STEPS),
  LANGUAGE(
      "language",
      "",
      List.of(
          List.of(
              required("language", Value.LANGUAGE, ""), required("expression", Value.TEXT, ""))));

  /** The only language of conditions: see {@link Condition}. */
  public static final String SLOTS = "slots";

  /** What a {@code doCatch} may name; each stands for any stage that fails. */
  public static final List<String> FAILURES =
      List.of("org.islet.stage.StageFailedException", "java.lang.Exception");

  /** How loud a line of the log is. */
  public static final List<String> LEVELS =
      Arrays.stream(Log.Level.values()).map(Enum::name).toList();

  /** In the order in which sentences name them. */
  private static final List<Vocabulary> STEPS =
      List.of(TO, LOG, PIPELINE, MULTICAST, CHOICE, FILTER, LOOP, TRY);

  private final String word;
  private final String doc;
  private final List<List<Key>> forms;

  Vocabulary(String word, String doc, Key... own) {
    this(word, doc, List.of(withCommon(own)));
  }

  Vocabulary(String word, String doc, List<List<Key>> forms) {
    this.word = word;
    this.doc = doc;
    this.forms = forms;
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  /** What it is for; empty where its keys say it. */
  public String doc() {
    return doc;
  }

  /** The keys of each of the ways to write it. */
  public List<List<Key>> forms() {
    return forms;
  }

  /** Whether a list of steps may hold it. */
  public boolean isStep() {
    return STEPS.contains(this);
  }

  /** Whether a text may stand in the place of its keys. */
  public boolean isText() {
    return this == TO || this == LOG;
  }

  /** The names of the keys that it may have. */
  List<String> keys() {
    return forms.stream().flatMap(List::stream).map(Key::name).distinct().toList();
  }

  /**
   * The names of the keys that it must have in whichever way it is written, but for a condition: a
   * sentence of its own says that one is missing.
   */
  List<String> requiredKeys() {
    return forms.get(0).stream()
        .filter(key -> forms.stream().allMatch(form -> form.contains(key)))
        .filter(key -> key.required() && key.value() != Value.CONDITION)
        .map(Key::name)
        .toList();
  }

  static Optional<Vocabulary> step(String word) {
    return STEPS.stream().filter(step -> step.word.equals(word)).findFirst();
  }

  static List<String> stepWords() {
    return STEPS.stream().map(Vocabulary::word).toList();
  }
}
