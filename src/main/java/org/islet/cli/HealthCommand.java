package org.islet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a service on this machine is ready. */
@Command(
    name = "health",
    header = "Asks a service on this machine whether it is ready.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Prints what the service answers at /q/health/ready: JSON, as its page has it. Containers"
            + " without a cluster are checked by this.",
    footer = {"", "Exit codes: 0 ready, 1 not ready or not there, 2 wrong usage."})
final class HealthCommand implements Callable<Integer> {

  private static final int PATIENCE_MILLIS = 5000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The service's HTTP port on loopback (default: ${DEFAULT-VALUE}).")
  private int port;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      HttpURLConnection asked = ask();
      boolean ready = asked.getResponseCode() == HttpURLConnection.HTTP_OK;
      try (InputStream answer = ready ? asked.getInputStream() : asked.getErrorStream()) {
        if (answer != null) {
          out.println(new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip());
        }
      }
      return ready ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              "islet: No service answers at port %d of this machine (%s). Start one with ./islet serve, or give its --port."
                  .formatted(port, e.getMessage()));
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private HttpURLConnection ask() throws IOException {
    URI address = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
    HttpURLConnection asking = (HttpURLConnection) address.toURL().openConnection();
    asking.setConnectTimeout(PATIENCE_MILLIS);
    asking.setReadTimeout(PATIENCE_MILLIS);
    return asking;
  }
}
