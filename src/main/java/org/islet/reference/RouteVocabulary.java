package org.islet.reference;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.islet.route.RouteStep.Log;
import org.islet.route.Vocabulary;

/**
 * The steps that a segmentation route may be written in, besides {@code to}, as data. They are
 * Camel's enterprise integration patterns by the names that its YAML has for them; what Camel knows
 * beyond these has no place in a segmentation route.
 */
final class RouteVocabulary {

  /** What the value of a key is. */
  enum Value {
    /** Any text. */
    TEXT,
    /** True or false. */
    SWITCH,
    /** True. */
    ON,
    /** A whole number from 1 to 100. */
    COUNT,
    /** One of {@link #LEVELS}. */
    LEVEL,
    /** An expression in the language of slots. */
    CONDITION,
    /** The names of failures: {@link Vocabulary#FAILURES}. */
    EXCEPTIONS,
    /** A list of steps. */
    STEPS,
    /** The mapping of {@link #PARTS} that has the key's name. */
    PART,
    /** A list of such mappings. */
    PARTS
  }

  /**
   * A key of a mapping.
   *
   * @param name as Camel's YAML has it
   * @param value what stands at it
   * @param required whether it must be there
   * @param doc for whoever writes a route
   */
  record Key(String name, Value value, boolean required, String doc) {}

  /**
   * A mapping.
   *
   * @param doc what it is for
   * @param isText whether a text may stand in its place
   * @param forms the keys of each of the ways to write it
   */
  record Block(String doc, boolean isText, List<List<Key>> forms) {

    /** The mapping that may also be written with other keys. */
    Block or(List<Key> keys) {
      return new Block(doc, isText, Stream.concat(forms.stream(), Stream.of(keys)).toList());
    }
  }

  /** How loud a line of the log is. */
  static final List<String> LEVELS = Arrays.stream(Log.Level.values()).map(Enum::name).toList();

  /** What each step and each part of one may have: a name, and a note for readers. */
  static final List<Key> COMMON =
      List.of(
          optional("id", Value.TEXT, "The name that logs and metrics have for it."),
          optional("description", Value.TEXT, "A note for whoever reads the route."));

  private static final Key INNER = required("steps", Value.STEPS, "The steps inside.");
  private static final Key CONDITION =
      required("language", Value.CONDITION, "The condition, on the case's slots.");

  /** The steps, by name. */
  static final Map<String, Block> STEPS = steps();

  /** The mappings inside steps, by the key that they stand at. */
  static final Map<String, Block> PARTS = parts();

  private RouteVocabulary() {}

  private static Map<String, Block> steps() {
    Map<String, Block> steps = new LinkedHashMap<>();
    steps.put(
        "log",
        new Block(
            "Writes a line to the log.",
            true,
            List.of(
                keys(
                    required("message", Value.TEXT, "The line."),
                    optional("loggingLevel", Value.LEVEL, "How loud it is; INFO if not given.")))));
    steps.put("multicast", multicast());
    steps.put(
        "pipeline",
        block("Runs its steps one after another, as one branch of a multicast.", keys(INNER)));
    steps.put("choice", choice());
    steps.put("filter", block("Runs its steps if a condition holds.", keys(CONDITION, INNER)));
    steps.put("loop", loop());
    steps.put("doTry", doTry());
    return Collections.unmodifiableMap(steps);
  }

  private static Block multicast() {
    return block(
        "Runs its steps as branches, each on the case as it is now.",
        keys(
            optional("parallelProcessing", Value.SWITCH, "Whether the branches run side by side."),
            optional(
                "stopOnException", Value.ON, "A branch that fails ends the others and the case."),
            INNER));
  }

  private static Block choice() {
    return block(
        "Runs the first branch whose condition holds.",
        keys(
            required("when", Value.PARTS, "The branches, from the first to be tried to the last."),
            optional("otherwise", Value.PART, "What runs where no condition holds.")));
  }

  private static Block loop() {
    Block times =
        block(
            "Runs its steps again and again.",
            keys(required("constant", Value.COUNT, "How many times."), INNER));
    return times.or(
        keys(
            CONDITION,
            required("doWhile", Value.ON, "The steps run as long as the condition holds."),
            INNER));
  }

  private static Block doTry() {
    return block(
        "Runs its steps, and others instead if one of them fails.",
        keys(INNER, required("doCatch", Value.PARTS, "What runs where a step failed.")));
  }

  private static Map<String, Block> parts() {
    Key exception =
        required("exception", Value.EXCEPTIONS, "The failures that it is for: of any stage.");
    Map<String, Block> parts = new LinkedHashMap<>();
    parts.put("when", block("A branch of a choice.", keys(CONDITION, INNER)));
    parts.put("otherwise", block("The branch where no condition holds.", keys(INNER)));
    parts.put("doCatch", block("What runs where a step failed.", keys(exception, INNER)));
    return Collections.unmodifiableMap(parts);
  }

  private static Block block(String doc, List<Key> keys) {
    return new Block(doc, false, List.of(keys));
  }

  private static List<Key> keys(Key... own) {
    return Stream.concat(COMMON.stream(), Stream.of(own)).toList();
  }

  private static Key required(String name, Value value, String doc) {
    return new Key(name, value, true, doc);
  }

  private static Key optional(String name, Value value, String doc) {
    return new Key(name, value, false, doc);
  }
}
