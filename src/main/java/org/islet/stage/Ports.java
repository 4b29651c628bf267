package org.islet.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/**
 * The slots that a step of a route names, as far as its options can be understood; also where no
 * stage can be made from them.
 *
 * @param reads those that the stage reads
 * @param writes those that it writes
 * @param replaces those of the slots it writes that were written before, and get a new value
 * @param parameters the options that name no slots, with their values, as the step gives them
 */
public record Ports(
    List<Slot<?>> reads,
    List<Slot<?>> writes,
    List<Slot<?>> replaces,
    Map<String, String> parameters) {

  static Ports of(StageDescription stage, Map<String, String> given) {
    List<Slot<?>> reads = new ArrayList<>();
    List<Slot<?>> writes = new ArrayList<>();
    List<Slot<?>> replaces = new ArrayList<>();
    for (Option option : stage.options()) {
      String names = given.getOrDefault(option.name(), option.defaultValue());
      if (option.kind() == Kind.READS) {
        reads.addAll(slots(names, option.type()));
      } else if (option.kind() == Kind.WRITES) {
        writes.addAll(slots(names, option.type()));
        replaces.addAll(option.replaces() ? slots(names, option.type()) : List.of());
      }
    }
    Map<String, String> parameters = new LinkedHashMap<>(given);
    stage.options().stream()
        .filter(option -> option.kind() != Kind.PARAMETER)
        .forEach(option -> parameters.remove(option.name()));
    return new Ports(
        List.copyOf(reads),
        List.copyOf(writes),
        List.copyOf(replaces),
        Collections.unmodifiableMap(parameters));
  }

  /**
   * What a step of a stage that nobody knows may mean: {@code output} is written, all else read.
   */
  static Ports guessed(Map<String, String> given) {
    List<Slot<?>> reads = new ArrayList<>();
    List<Slot<?>> writes = new ArrayList<>();
    given.forEach(
        (option, names) ->
            (option.equals("output") ? writes : reads).addAll(slots(names, Object.class)));
    return new Ports(List.copyOf(reads), List.copyOf(writes), List.of(), Map.of());
  }

  private static List<Slot<?>> slots(String names, Class<?> type) {
    return Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(Slot::isName)
        .<Slot<?>>map(name -> new Slot<>(name, type))
        .toList();
  }
}
