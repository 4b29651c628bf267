package org.islet.cli;

import java.util.concurrent.Callable;
import org.islet.reference.RouteSchema;
import org.islet.reference.StageText;
import org.islet.reference.StagesPage;
import org.islet.stage.StageBindingException;
import org.islet.stage.StageCatalogue;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The stages that routes can name. */
@Command(
    name = "stages",
    header = "Lists the stages that routes can name, or shows one.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the stages that routes can name, those in the jars of the folder stages/ among them;",
      "with NAME, shows what one reads, writes and can be told."
    },
    footer = {"", "Example: ./islet stages clip"})
public final class StagesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup private Shown shown = new Shown();

  /** What is shown; all stages in a line each where nothing is given. */
  private static final class Shown {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The stage to show.")
    private String name;

    @Option(names = "--markdown", description = "Prints all of all stages, as docs/stages.md.")
    private boolean markdown;

    @Option(
        names = "--json-schema",
        description =
            "Prints the JSON Schema of a route's file, with which editors complete and check it,"
                + " as routes/routes.schema.json.")
    private boolean jsonSchema;
  }

  @Override
  public Integer call() {
    try (StageCatalogue stages = StageCatalogue.withJarsOf(new SettingsAtOnce().stages())) {
      spec.commandLine().getOut().print(text(stages));
      spec.commandLine().getOut().flush();
      return CommandLine.ExitCode.OK;
    }
  }

  private String text(StageCatalogue stages) {
    if (shown.markdown) {
      return StagesPage.of(stages);
    } else if (shown.jsonSchema) {
      return RouteSchema.of(stages);
    } else if (shown.name == null) {
      return StageText.list(stages);
    }
    try {
      return StageText.of(stages.describe(shown.name));
    } catch (StageBindingException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
