package org.islet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A script in Python that does with PyTorch what Islet does. It says a line when it is ready, and
 * answers each line with the seconds that it took.
 */
public final class PyTorch implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Writer requests;
  private final String packages;

  /**
   * Starts a script and prints what it says when it is ready.
   *
   * @param packages what Debian calls the packages that it needs
   * @param command the Python, the script and its arguments
   */
  public PyTorch(String packages, List<?> command) throws IOException {
    this.packages = packages;
    process =
        new ProcessBuilder(command.stream().map(String::valueOf).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    answers = process.inputReader(StandardCharsets.UTF_8);
    requests = process.outputWriter(StandardCharsets.UTF_8);
    System.out.println("PyTorch " + answer());
  }

  /** The seconds that what is asked for took. */
  public double seconds(String request) throws IOException {
    requests.write(request + "\n");
    requests.flush();
    return Double.parseDouble(answer());
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "PyTorch did not answer. Debian has it as %s; the first argument names the Python that has it."
              .formatted(packages));
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }
}
