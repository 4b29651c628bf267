package org.islet.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.islet.job.FailureText;
import org.islet.job.Role;
import org.islet.model.ModelStore;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Where the process begins: runs one command, inside Quarkus where the command needs routes. */
@QuarkusMain
public final class Main {

  private Main() {}

  /** Runs one command; the process ends with its exit code. */
  public static void main(String... args) {
    CommandLine commands =
        Islet.commandLine(
            () -> {
              throw new IllegalStateException("This command was started without its engine.");
            },
            args);
    EngineCommand command = engineCommand(commands, args);
    if (command == null) {
      logAsEngine();
      System.exit(commands.execute(args));
    }
    if (runsNetworks()) {
      ModelStore.loadTensorFlowAhead();
    }
    requireSettings();
    command.settings().forEach(System::setProperty);
    Quarkus.run(IsletApplication.class, Main::exit, args);
  }

  /** Commands without the engine would keep every line of every library in memory otherwise. */
  private static void logAsEngine() {
    Logger.getLogger("").setLevel(Level.WARNING);
    Logger.getLogger("org.islet").setLevel(Level.INFO);
  }

  /** Whether networks are likely to be run: as far as it can be told at once. */
  private static boolean runsNetworks() {
    String role = System.getProperty("islet.role", System.getenv("ISLET_ROLE"));
    return role == null || Role.of(role).map(Role::works).orElse(true);
  }

  /** Quarkus would say less of a setting that cannot be meant, and nothing of some. */
  private static void requireSettings() {
    try {
      new SettingsAtOnce();
    } catch (SettingException e) {
      System.err.println("islet: " + e.getMessage());
      System.exit(CommandLine.ExitCode.USAGE);
    }
  }

  private static void exit(Integer code, Throwable failure) {
    if (failure != null && !isEnding()) {
      System.err.println("islet: could not start: " + FailureText.ofCause(failure));
    }
    System.exit(code);
  }

  /** Whether the process was asked to end, so that nothing can start any more. */
  private static boolean isEnding() {
    try {
      Thread probe = new Thread(() -> {});
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The command that the arguments ask to run, if it needs the engine; null for all else. */
  private static EngineCommand engineCommand(CommandLine commands, String... args) {
    try {
      ParseResult parsed = commands.parseArgs(args);
      while (parsed.hasSubcommand()) {
        parsed = parsed.subcommand();
      }
      boolean run = !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested();
      return run && parsed.commandSpec().userObject() instanceof EngineCommand c && c.needsEngine()
          ? c
          : null;
    } catch (ParameterException e) {
      return null; // executing the arguments again says what is wrong with them
    }
  }
}
