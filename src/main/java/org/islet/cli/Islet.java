package org.islet.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.islet.camel.RouteProblemsException;
import org.islet.job.FailureText;
import org.islet.job.Versions;
import org.islet.model.ProcessorException;
import org.islet.stage.StageJarException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The command line. Commands that run routes ({@link EngineCommand}) are run inside Quarkus; the
 * others do without, and so begin at once.
 */
@Command(
    name = "islet",
    mixinStandardHelpOptions = true,
    versionProvider = Islet.Version.class,
    sortOptions = false,
    description = "Finds the pancreas on abdominal CT. Research software, not a medical device.",
    footer = {
      "",
      "Exit codes: 0 done, 1 the case failed, 2 wrong usage.",
      "Results go to stdout, progress and logs to stderr."
    })
final class Islet implements Callable<Integer> {

  /** The commands, as the help lists them. */
  private static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          SegmentCommand.class,
          ServeCommand.class,
          JobsCommand.class,
          RedriveCommand.class,
          CancelCommand.class,
          PauseCommand.class,
          ResumeCommand.class,
          HealthCommand.class,
          PhantomCommand.class,
          ConvertCommand.class,
          VerifyCommand.class,
          EvaluateCommand.class,
          MeasureCommand.class,
          LoadCommand.class,
          TrainCommand.class,
          CurvesCommand.class,
          DoctorCommand.class,
          PlanCommand.class,
          StagesCommand.class,
          ImportCommand.class);

  @Spec private CommandSpec spec;

  private final Supplier<Engine> engine;

  private Islet(Supplier<Engine> engine) {
    this.engine = engine;
  }

  Engine engine() {
    return engine.get();
  }

  /** Islet's version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"islet " + Versions.islet()};
    }
  }

  /** Without a command: says which there are. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * The command line for some arguments. Where they begin with a command, it knows no other one,
   * since it takes a while to learn all.
   */
  static CommandLine commandLine(Supplier<Engine> engine, String... arguments) {
    CommandLine line = new CommandLine(new Islet(engine));
    commands(arguments).forEach(line::addSubcommand);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setExecutionStrategy(Islet::execute)
        .setParameterExceptionHandler(
            (e, parsed) -> {
              CommandLine command = e.getCommandLine();
              command.getErr().println(e.getMessage());
              CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
              String name = command.getCommandSpec().qualifiedName();
              command.getErr().println("See %s --help.".formatted(name));
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              if (!(e instanceof CancellationException)) { // whoever asked for the end knows
                command.getErr().println("islet: " + FailureText.of(e));
              }
              return isWrongUsage(e) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
            });
  }

  /** Runs a command, which has failed if what it prints cannot be written. */
  private static int execute(ParseResult parsed) {
    int code = new CommandLine.RunLast().execute(parsed);
    CommandLine command = parsed.commandSpec().commandLine();
    if (code == CommandLine.ExitCode.OK && Output.isLost(command.getOut())) {
      command
          .getErr()
          .println(
              "islet: The output could not be written: the disk that it goes to is full, or the program that"
                  + " was to read it has ended.");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return code;
  }

  private static boolean isWrongUsage(Exception e) {
    return e instanceof RouteProblemsException
        || e instanceof StageJarException
        || e instanceof ProcessorException
        || e instanceof SettingException;
  }

  private static List<Class<?>> commands(String... arguments) {
    return COMMANDS.stream()
        .filter(command -> arguments.length > 0 && name(command).equals(arguments[0]))
        .findFirst()
        .<List<Class<?>>>map(List::of)
        .orElse(COMMANDS);
  }

  private static String name(Class<?> command) {
    return command.getAnnotation(Command.class).name();
  }
}
