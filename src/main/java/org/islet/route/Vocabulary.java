package org.islet.route;

import java.util.List;
import java.util.Optional;

/**
 * The words that segmentation routes are written with: Camel's, as far as they order and choose
 * stages. What is not here is refused.
 */
public enum Vocabulary {
  ROUTE("route", "id", "description", "from"),
  FROM("from", "id", "description", "uri", "parameters", "steps"),
  TO("to", "id", "description", "uri", "parameters"),
  LOG("log", "id", "description", "message", "loggingLevel"),
  PIPELINE("pipeline", "id", "description", "steps"),
  MULTICAST("multicast", "id", "description", "parallelProcessing", "stopOnException", "steps"),
  CHOICE("choice", "id", "description", "when", "otherwise"),
  WHEN("when", "id", "description", "language", "steps"),
  OTHERWISE("otherwise", "id", "description", "steps"),
  FILTER("filter", "id", "description", "language", "steps"),
  LOOP("loop", "id", "description", "constant", "doWhile", "language", "steps"),
  TRY("doTry", "id", "description", "steps", "doCatch"),
  CATCH("doCatch", "id", "description", "exception", "steps"),
  LANGUAGE("language", "language", "expression");

  /** The only language of conditions: see {@link Condition}. */
  public static final String SLOTS = "slots";

  /** What a {@code doCatch} may name; each stands for any stage that fails. */
  public static final List<String> FAILURES =
      List.of("org.islet.stage.StageFailedException", "java.lang.Exception");

  private static final List<Vocabulary> STEPS =
      List.of(TO, LOG, PIPELINE, MULTICAST, CHOICE, FILTER, LOOP, TRY);

  private final String word;
  private final List<String> keys;

  Vocabulary(String word, String... keys) {
    this.word = word;
    this.keys = List.of(keys);
  }

  /** As it is written. */
  public String word() {
    return word;
  }

  /** The keys that it may have. */
  public List<String> keys() {
    return keys;
  }

  /** The words that a list of steps may hold. */
  public static List<Vocabulary> steps() {
    return STEPS;
  }

  static Optional<Vocabulary> step(String word) {
    return STEPS.stream().filter(step -> step.word.equals(word)).findFirst();
  }

  static List<String> stepWords() {
    return STEPS.stream().map(Vocabulary::word).toList();
  }
}
