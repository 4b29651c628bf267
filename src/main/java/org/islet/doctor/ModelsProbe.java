package org.islet.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest version of each model, loaded and warmed on the CPU in another process.
 *
 * @param child prints what {@link Inside#MODELS} does
 * @param folder of the models
 */
record ModelsProbe(Child child, Path folder) implements Probe {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String part() {
    return "models";
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public String whenSilent() {
    return "A model, or the drive of %s, hangs; give large models longer by --patience."
        .formatted(folder);
  }

  @Override
  public List<Finding> look() throws IOException, InterruptedException {
    Child.Output output = child.run();
    List<Finding> findings = new ArrayList<>();
    List<String> loaded = new ArrayList<>();
    for (String line : output.out()) {
      String[] words = line.split(Inside.SEPARATOR, -1);
      if (words[0].equals(Inside.LOADED)) {
        loaded.add(words[1]);
      } else if (words[0].equals(Inside.REFUSED)) {
        findings.add(
            Finding.wrong(
                part(),
                words[1] + ": " + words[2],
                "Mend it, or take its version's folder out of " + folder + "."));
      }
    }
    if (!loaded.isEmpty()) {
      findings.add(0, Finding.ok(part(), "loaded and warmed: " + String.join(", ", loaded)));
    }
    if (output.exit() != 0) {
      findings.add(
          Finding.wrong(
              part(),
              "loading them ended the process (exit code %d): %s"
                  .formatted(
                      output.exit(),
                      output.err().isEmpty() ? "" : output.err().get(output.err().size() - 1)),
              "Take the model out that comes after those that are loaded, and look again."));
    } else if (findings.isEmpty()) {
      findings.add(
          Finding.wrong(
              part(),
              "there is none in " + folder,
              "Set islet.models to the folder that has them."));
    }
    return findings;
  }
}
