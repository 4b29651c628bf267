package org.islet.reference;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageDescription;
import org.islet.stage.StageDescription.Kind;

/** The page of all stages, {@code docs/stages.md}, in Markdown. */
public final class StagesPage {

  private StagesPage() {}

  /** The page of a catalogue's stages. */
  public static String of(StageCatalogue stages) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Stages

        Made from what the stages declare, by `./islet stages --markdown > docs/stages.md`. What routes and
        slots are is in [Routes](routes.md); a stage of your own in [Writing a stage](writing-a-stage.md).

        | stage | what it does |
        |---|---|
        """);
    for (String name : stages.names()) {
      String purpose = cell(stages.describe(name).purpose());
      page.append("| [`%s`](#%s) | %s |\n".formatted(name, name, purpose));
    }
    stages.names().forEach(name -> page.append(section(stages.describe(name))));
    return page.toString();
  }

  private static String section(StageDescription stage) {
    return """

        ## %s

        %s

        ```yaml
        %s
        ```

        | | type | default | |
        |---|---|---|---|
        %s"""
        .formatted(
            stage.name(),
            stage.purpose()
                + stage.jar().map(jar -> " From `%s`.".formatted(jar.file())).orElse(""),
            new StageExample(stage).step(),
            rows(stage));
  }

  private static String rows(StageDescription stage) {
    return Stream.of(Kind.values())
        .flatMap(kind -> stage.options(kind).stream())
        .map(
            option ->
                "| %s`%s` | %s |%s | %s |\n"
                    .formatted(
                        direction(option.kind()),
                        option.name(),
                        cell(new OptionWords(option).type()),
                        option.isRequired() ? "" : " `%s`".formatted(option.defaultValue()),
                        cell(option.doc())))
        .collect(Collectors.joining());
  }

  private static String direction(Kind kind) {
    return switch (kind) {
      case READS -> "reads ";
      case WRITES -> "writes ";
      case PARAMETER -> "";
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
