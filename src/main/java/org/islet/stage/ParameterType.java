package org.islet.stage;

import java.util.Map;
import java.util.Optional;
import org.islet.volume.Size;
import org.islet.volume.Spacing;

/** What a route may give for a parameter of a stage. */
public enum ParameterType {
  /** For an {@code int}. */
  WHOLE_NUMBER,
  /** For a {@code double}. */
  NUMBER,
  /** True or false, for a {@code boolean}. */
  SWITCH,
  /** Three whole numbers for x, y and z, or one for all three, for a {@link Size}. */
  SIZE,
  /** Three numbers for x, y and z, or one for all three, for a {@link Spacing}. */
  SPACING,
  /** A model's name, for a {@link Network}. */
  NETWORK,
  /** One of some words, for an enum. */
  CHOICE;

  /** The types of Java that there is a type for, as a sentence says them. */
  static final String DECLARED = "int, double, boolean, Size, Spacing, enum or Network";

  private static final Map<Class<?>, ParameterType> OF =
      Map.of(
          int.class, WHOLE_NUMBER,
          double.class, NUMBER,
          boolean.class, SWITCH,
          Size.class, SIZE,
          Spacing.class, SPACING,
          Network.class, NETWORK);

  /** The type of a parameter that is declared as a type of Java; nothing if none can be. */
  static Optional<ParameterType> of(Class<?> declared) {
    return declared.isEnum() ? Optional.of(CHOICE) : Optional.ofNullable(OF.get(declared));
  }
}
