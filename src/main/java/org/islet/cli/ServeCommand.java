package org.islet.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.islet.job.CaseListener;
import org.jboss.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The service. */
@Command(
    name = "serve",
    header = "Runs the service that watches a folder and takes requests from a queue.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the service: CTs that are put into DIR/intake/in come out as DIR/results/<case>/.",
      "The CT itself goes to DIR/intake/done, or with the reason to DIR/intake/failed.",
      "Requests by AMQP 1.0 are taken at 127.0.0.1:5672, or at the broker that ISLET_QUEUE_URL"
          + " names; ISLET_QUEUE_PORT sets another port, ISLET_QUEUE_ENABLED=false does without.",
      "How cases stand is shown at http://127.0.0.1:PORT/jobs, health at /q/health, metrics at"
          + " /q/metrics."
    },
    footer = {"", "Ends on Ctrl-C or SIGTERM."})
public final class ServeCommand extends EngineCommand {

  private static final Logger LOG = Logger.getLogger(ServeCommand.class);

  @Spec private CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where all that is made at run time lies (default: the current folder).")
  private Path home;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description =
          "HTTP port on loopback; 0 picks a free one and says which (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--try",
      description =
          "Ends when all has started and could take CTs in: for a look at settings, routes, models"
              + " and a home.")
  private boolean justTry;

  @Override
  Map<String, String> settings() {
    return Map.of("quarkus.http.port", String.valueOf(port));
  }

  @Override
  public Integer call() throws IOException {
    makeHome();
    if (!engine().serve(home, new CaseListener() {})) {
      return CommandLine.ExitCode.OK;
    }
    say(
        "%s; health at http://127.0.0.1:%s/q/health"
            .formatted(
                doing(), ConfigProvider.getConfig().getValue("quarkus.http.port", String.class)));
    engine().queueAddress().ifPresent(address -> say("Requests by AMQP 1.0 at " + address));
    if (!justTry) {
      Quarkus.waitForExit();
    }
    return CommandLine.ExitCode.OK;
  }

  private String doing() {
    return switch (engine().role()) {
      case ALL, INTAKE -> "Watching " + home.resolve("intake").resolve("in");
      case WORKER -> "Working on cases that others take in";
      case WEB -> "Showing how others work";
    };
  }

  private void makeHome() {
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectories(home);
      }
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(),
          "%s is no folder, and none can be made there (%s). Give another --home."
              .formatted(home, e.getClass().getSimpleName()));
    }
  }

  /** Where the log is JSON, so is this. */
  private static void say(String sentence) {
    if (ConfigProvider.getConfig().getValue("islet.log.json", Boolean.class)) {
      LOG.info(sentence);
    } else {
      System.err.println(sentence);
    }
  }
}
