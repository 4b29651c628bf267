package org.islet.stage;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/**
 * The slots that a step of a route names, as far as its options can be understood; also where no
 * stage can be made from them.
 *
 * @param reads those that the stage reads
 * @param required those of the slots it reads without which it does not run
 * @param writes those that it writes
 * @param replaces those of the slots it writes that were written before, and get a new value
 * @param parameters the options that name no slots, with their values, as the step gives them
 */
public record Ports(
    List<Slot<?>> reads,
    List<Slot<?>> required,
    List<Slot<?>> writes,
    List<Slot<?>> replaces,
    Map<String, String> parameters) {

  /** The most slots that an option takes which takes several. */
  static final int MOST_OF_A_LIST = 127;

  static Ports of(StageDescription stage, Map<String, String> given) {
    Map<String, String> parameters = new LinkedHashMap<>(given);
    stage.options().stream()
        .filter(option -> option.kind() != Kind.PARAMETER)
        .forEach(option -> parameters.remove(option.name()));
    return new Ports(
        slots(stage, given, option -> option.kind() == Kind.READS),
        slots(stage, given, option -> option.kind() == Kind.READS && !option.many()),
        slots(stage, given, option -> option.kind() == Kind.WRITES),
        slots(stage, given, Option::replaces),
        Collections.unmodifiableMap(parameters));
  }

  private static List<Slot<?>> slots(
      StageDescription stage, Map<String, String> given, Predicate<Option> wanted) {
    return stage.options().stream()
        .filter(wanted)
        .<Slot<?>>flatMap(
            option ->
                slots(given.getOrDefault(option.name(), option.defaultValue()), option.type()))
        .toList();
  }

  /**
   * What a step of a stage that nobody knows may mean: an option names slots if one of that name
   * does in a stage that is known.
   */
  static Ports guessed(Collection<StageDescription> known, Map<String, String> given) {
    List<Slot<?>> reads = guessed(known, given, Kind.READS);
    return new Ports(reads, reads, guessed(known, given, Kind.WRITES), List.of(), Map.of());
  }

  private static List<Slot<?>> guessed(
      Collection<StageDescription> known, Map<String, String> given, Kind kind) {
    return known.stream()
        .flatMap(stage -> stage.options(kind).stream())
        .map(Option::name)
        .distinct()
        .filter(given::containsKey)
        .flatMap(option -> slots(given.get(option), Object.class))
        .toList();
  }

  /**
   * Refuses a slot that the stage may not read.
   *
   * @throws IllegalStateException if it neither reads nor writes one of that name
   */
  void requireReadable(Slot<?> slot) {
    if (!mayRead(slot.name())) {
      throw new IllegalStateException(
          "The slot '%s' is read, which the stage does not declare with @Reads; those are: %s."
              .formatted(slot.name(), named(reads)));
    }
  }

  /** Whether the stage may read a slot: one that it reads, or writes itself. */
  boolean mayRead(String name) {
    return Stream.of(reads, writes).flatMap(List::stream).anyMatch(s -> s.name().equals(name));
  }

  /**
   * Refuses a slot that the stage may not write.
   *
   * @throws IllegalStateException if it writes none of that name and type
   */
  void requireWritable(Slot<?> slot) {
    if (!writes.contains(slot)) {
      throw new IllegalStateException(
          "A %s is written to the slot '%s', which the stage does not declare with @Writes; those are: %s."
              .formatted(slot.type().getSimpleName(), slot.name(), named(writes)));
    }
  }

  private static String named(List<Slot<?>> slots) {
    return slots.isEmpty()
        ? "none"
        : slots.stream()
            .map(slot -> "%s (%s)".formatted(slot.name(), slot.type().getSimpleName()))
            .collect(Collectors.joining(", "));
  }

  private static Stream<Slot<?>> slots(String names, Class<?> type) {
    return Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(Slot::isName)
        .limit(MOST_OF_A_LIST)
        .map(name -> new Slot<>(name, type));
  }
}
