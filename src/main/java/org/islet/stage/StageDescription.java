package org.islet.stage;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What a stage declares.
 *
 * @param name as in {@code stage:name}
 * @param purpose in a sentence
 * @param jar the jar that the stage is from; nothing for Islet's own
 * @param options slots and parameters, in the order in which the stage declares them, and last the
 *     {@link NetworkOptions} of one that runs a network
 */
public record StageDescription(
    String name, String purpose, Optional<Jar> jar, List<Option> options) {

  /** A jar of stages: its name without folders, and the SHA-256 of its bytes in hexadecimal. */
  public record Jar(String file, String sha256) {}

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

    /** The numbers allowed, as the end of a phrase: " from 1 to 64"; empty where all are. */
    public String range() {
      boolean hasMin = Double.isFinite(min);
      boolean hasMax = Double.isFinite(max);
      if (hasMin && hasMax) {
        return " from %s to %s".formatted(plain(min), plain(max));
      } else if (hasMin) {
        return " of at least " + plain(min);
      }
      return hasMax ? " of at most " + plain(max) : "";
    }

    /**
     * What a route may give for a parameter.
     *
     * @throws NoSuchElementException if it is a slot
     */
    public ParameterType parameterType() {
      return ParameterType.of(type).filter(t -> kind == Kind.PARAMETER).orElseThrow();
    }

    /** A number without exponent or needless zeros. */
    public static String plain(double number) {
      return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** What a route may write for a parameter whose type is an enum; empty for all others. */
    public List<String> choices() {
      return type.isEnum()
          ? Arrays.stream(type.getEnumConstants()).map(OptionValue::kebab).toList()
          : List.of();
    }
  }

  /** The names of the options. */
  public List<String> optionNames() {
    return options.stream().map(Option::name).toList();
  }

  /** The options that the stage declares itself, beside those that {@link NetworkOptions} gives. */
  public List<Option> declared() {
    return options.stream().filter(option -> !NetworkOptions.DECLARED.contains(option)).toList();
  }

  /** The {@link NetworkOptions}; none of a stage without a network. */
  List<Option> running() {
    return options.stream().filter(NetworkOptions.DECLARED::contains).toList();
  }

  /** The options of a kind, in the order in which the stage declares them. */
  public List<Option> options(Kind kind) {
    return options.stream().filter(option -> option.kind() == kind).toList();
  }
}
