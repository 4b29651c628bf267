package org.islet.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * A key of a mapping in a route.
 *
 * @param name as Camel's YAML has it
 * @param value what stands at it
 * @param required whether it must be there
 * @param doc for whoever writes a route; empty where what stands at it tells of itself
 */
public record Key(String name, Value value, boolean required, String doc) {

  /** What the value of a key is. */
  public enum Value {
    /** Any text. */
    TEXT,
    /** True or false. */
    SWITCH,
    /** True. */
    ON,
    /** A whole number from 1 to {@link RouteStep.Loop#MOST_PASSES}. */
    COUNT,
    /** One of {@link Vocabulary#LEVELS}. */
    LEVEL,
    /** The address of an endpoint, or its parameters: what they may be depends on the endpoint. */
    ENDPOINT,
    /** A condition: {@link Vocabulary#LANGUAGE}. */
    CONDITION,
    /** The language of conditions: {@link Vocabulary#SLOTS}. */
    LANGUAGE,
    /** The names of failures: {@link Vocabulary#FAILURES}. */
    EXCEPTIONS,
    /** A list of steps. */
    STEPS,
    /** The mapping of {@link Vocabulary} that has the key's name. */
    PART,
    /** A list of such mappings. */
    PARTS
  }

  /** What each step and each part of one may have: a name, and a note for readers. */
  public static final List<Key> COMMON =
      List.of(
          optional("id", Value.TEXT, "The name that logs and metrics have for it."),
          optional("description", Value.TEXT, "A note for whoever reads the route."));

  static final Key URI = required("uri", Value.ENDPOINT, "");
  static final Key PARAMETERS = optional("parameters", Value.ENDPOINT, "");
  static final Key STEPS = required("steps", Value.STEPS, "");
  static final Key CONDITION =
      required("language", Value.CONDITION, "The condition, on the case's slots.");

  static Key required(String name, Value value, String doc) {
    return new Key(name, value, true, doc);
  }

  static Key optional(String name, Value value, String doc) {
    return new Key(name, value, false, doc);
  }

  /** Some keys behind those that are {@link #COMMON}. */
  static List<Key> withCommon(Key... own) {
    return Stream.concat(COMMON.stream(), Stream.of(own)).toList();
  }
}
