package org.islet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Debian's Python with the libraries of some tests, as an independent judge. */
public final class Python {

  private static final String PYTHON = "/usr/bin/python3";

  private final Path folder;

  /**
   * Python at work in a folder. Skips the test where there is no such Python.
   *
   * @param libraries as in an import statement
   */
  public Python(Path folder, String libraries) throws IOException, InterruptedException {
    this.folder = folder;
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "There is no " + PYTHON + ".");
    Process probe = new ProcessBuilder(PYTHON, "-c", "import " + libraries).start();
    assumeTrue(probe.waitFor() == 0, PYTHON + " cannot import " + libraries + ".");
  }

  /** What a script writes, without blanks around it. The test fails where the script does. */
  public String run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, "-W", "ignore", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
