package org.islet.reference;

import java.util.List;
import java.util.stream.Collectors;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageDescription;
import org.islet.stage.StageDescription.Kind;
import org.islet.stage.StageDescription.Option;

/** Stages as a terminal shows them. */
public final class StageText {

  private StageText() {}

  /** Every stage of a catalogue and what it is for, a line each. */
  public static String list(StageCatalogue stages) {
    int width = stages.names().stream().mapToInt(String::length).max().orElse(0);
    return stages.names().stream()
        .map(stages::describe)
        .map(s -> padded(s.name(), width) + s.purpose() + origin(s) + "\n")
        .collect(Collectors.joining());
  }

  /** All that a stage declares, and an example of a step. */
  public static String of(StageDescription stage) {
    StringBuilder text = new StringBuilder();
    text.append(stage.name()).append(": ").append(stage.purpose()).append(origin(stage));
    text.append("\n");
    section(text, "Reads", stage.options(Kind.READS));
    section(text, "Writes", stage.options(Kind.WRITES));
    section(text, "Parameters", stage.options(Kind.PARAMETER));
    text.append("\nExample\n  ").append(new StageExample(stage).step()).append("\n");
    return text.toString();
  }

  private static String origin(StageDescription stage) {
    return stage.jar().map(jar -> " (%s)".formatted(jar.file())).orElse("");
  }

  private static void section(StringBuilder text, String title, List<Option> options) {
    if (options.isEmpty()) {
      return;
    }
    int width = options.stream().mapToInt(option -> option.name().length()).max().orElse(0);
    text.append("\n").append(title).append("\n");
    for (Option option : options) {
      text.append("  ").append(padded(option.name(), width)).append(option.doc()).append("\n");
      text.append("  ").append(padded("", width)).append(new OptionWords(option).type());
      text.append(option.isRequired() ? "; required" : "; default " + option.defaultValue());
      text.append("\n");
    }
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(width - word.length() + 2);
  }
}
