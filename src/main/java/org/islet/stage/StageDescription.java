package org.islet.stage;

import java.util.List;

/**
 * What a stage declares.
 *
 * @param name as in {@code stage:name}
 * @param purpose in a sentence
 * @param options slots and parameters, in the order in which the stage declares them
 */
public record StageDescription(String name, String purpose, List<Option> options) {

  /** What an option of a stage is. */
  public enum Kind {
    /** A slot that the stage reads. */
    READS,
    /** A slot that the stage writes. */
    WRITES,
    /** A number, a switch or a name. */
    PARAMETER
  }

  /**
   * An option.
   *
   * @param kind slot or parameter
   * @param name as in the route
   * @param type what the slot holds, or the parameter is
   * @param many whether it takes a list, separated by commas
   * @param replaces whether it is a slot that was written before and gets another value
   * @param defaultValue what it is where the route does not give it; empty if it has to
   * @param unit mm, HU, voxels; empty for none
   * @param min the least number allowed
   * @param max the largest number allowed
   * @param doc for operators
   */
  public record Option(
      Kind kind,
      String name,
      Class<?> type,
      boolean many,
      boolean replaces,
      String defaultValue,
      String unit,
      double min,
      double max,
      String doc) {

    /** Whether the route has to give it. */
    public boolean isRequired() {
      return defaultValue.isEmpty();
    }
  }

  /** The names of the options. */
  public List<String> optionNames() {
    return options.stream().map(Option::name).toList();
  }
}
