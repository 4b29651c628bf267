package org.islet.stage;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** What the class of a stage declares, which is refused where no route could be right with it. */
record StageDeclaration(Class<? extends Stage> type) {

  /**
   * What the class declares.
   *
   * @param jar the jar that the class is from; nothing for Islet's own
   * @throws IllegalArgumentException if it is not declared as {@link Stage} asks for; the message
   *     names the class, the component and what is wrong
   */
  StageDescription described(Optional<StageDescription.Jar> jar) {
    if (!type.isRecord() || !type.isAnnotationPresent(Purpose.class)) {
      throw new IllegalArgumentException(
          "The stage %s must be a record annotated @Purpose.".formatted(type.getName()));
    }
    String purpose = type.getAnnotation(Purpose.class).value();
    if (purpose.isBlank()) {
      throw new IllegalArgumentException(
          "The @Purpose of %s is empty; say in a sentence what the stage does."
              .formatted(type.getName()));
    }
    List<Option> options =
        Stream.concat(
                Arrays.stream(type.getRecordComponents()).map(StageDeclaration::option),
                runsNetwork() ? NetworkOptions.DECLARED.stream() : Stream.empty())
            .toList();
    StageDescription description =
        new StageDescription(kebab(type.getSimpleName()), purpose, jar, options);
    options.forEach(option -> requireRight(description.name(), option));
    requireDifferentOutputs(description);
    return description;
  }

  private static String kebab(String className) {
    return className.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  private static Option option(RecordComponent component) {
    Reads reads = component.getAnnotation(Reads.class);
    Writes writes = component.getAnnotation(Writes.class);
    Param param = component.getAnnotation(Param.class);
    boolean many = component.getType() == List.class;
    if (reads != null) {
      return slot(Kind.READS, component, many, false, reads.value(), reads.doc());
    } else if (writes != null && !many) {
      return slot(Kind.WRITES, component, false, writes.replaces(), writes.value(), writes.doc());
    } else if (param != null && ParameterType.of(component.getType()).isPresent()) {
      return new Option(
          Kind.PARAMETER,
          component.getName(),
          component.getType(),
          false,
          false,
          param.value(),
          param.unit(),
          param.min(),
          param.max(),
          param.doc());
    }
    throw wronglyDeclared(component);
  }

  private static Option slot(
      Kind kind,
      RecordComponent component,
      boolean many,
      boolean replaces,
      String defaultName,
      String doc) {
    return new Option(
        kind,
        component.getName(),
        slotType(component, many),
        many,
        replaces,
        defaultName,
        "",
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        doc);
  }

  /** The T of {@code Slot<T>} or {@code List<Slot<T>>}. */
  private static Class<?> slotType(RecordComponent component, boolean many) {
    Type declared = component.getGenericType();
    Type slot =
        many && declared instanceof ParameterizedType list
            ? list.getActualTypeArguments()[0]
            : declared;
    if (slot instanceof ParameterizedType generic
        && generic.getRawType() == Slot.class
        && generic.getActualTypeArguments()[0] instanceof Class<?> held) {
      return held;
    }
    throw wronglyDeclared(component);
  }

  private static IllegalArgumentException wronglyDeclared(RecordComponent component) {
    return new IllegalArgumentException(
        ("The component %s of %s must be a Slot annotated @Reads or @Writes, a List of Slots"
                + " annotated @Reads, or an %s annotated @Param.")
            .formatted(
                component.getName(),
                component.getDeclaringRecord().getName(),
                ParameterType.DECLARED));
  }

  private boolean runsNetwork() {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(component -> component.getType() == Network.class);
  }

  private void requireRight(String stage, Option option) {
    boolean isTaken =
        NetworkOptions.DECLARED.stream()
            .anyMatch(own -> !own.equals(option) && own.name().equals(option.name()));
    if (isTaken && runsNetwork()) {
      throw wrong(
          option,
          "has the name of an option that every stage with a Network has; rename it.",
          null);
    } else if (option.doc().isBlank()) {
      throw wrong(option, "has an empty doc; say what it is for.", null);
    } else if (!(option.min() <= option.max())) {
      throw wrong(
          option,
          "allows no number: its min is %s and its max %s.".formatted(option.min(), option.max()),
          null);
    } else if (!option.isRequired()) {
      requireRightDefault(stage, option);
    }
  }

  private void requireRightDefault(String stage, Option option) {
    try {
      new OptionValue(stage, option, model -> new AnyNetwork()).parse(Map.of());
    } catch (StageBindingException e) {
      throw wrong(option, "has a default that is not allowed: " + e.getMessage(), e);
    }
  }

  private void requireDifferentOutputs(StageDescription stage) {
    Map<String, String> writers = new HashMap<>();
    for (Option output : stage.options(Kind.WRITES)) {
      String other = writers.put(output.defaultValue(), output.name());
      if (other != null && !output.isRequired()) {
        throw wrong(
            output,
            "has the default '%s', as %s has; give each output a slot of its own."
                .formatted(output.defaultValue(), other),
            null);
      }
    }
  }

  private IllegalArgumentException wrong(Option option, String what, Throwable cause) {
    return new IllegalArgumentException(
        "The component %s of %s %s".formatted(option.name(), type.getName(), what), cause);
  }
}
