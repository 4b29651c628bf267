package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.imported.Archives;
import org.islet.model.ModelCard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  private static final String DESCRIPTION =
      """
      purpose: Finds nothing.
      licence: MIT
      input: {axes: SAR, divisor: 1, min: 0, max: 1}
      layers:
        conv: {channels: 2, kernel: 1}
      output: {kind: argmax, channel: 1}
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("net.yaml"), DESCRIPTION);
    new Archives()
        .with("conv.weight", List.of(2, 1, 1, 1, 1), 1, 2)
        .with("conv.bias", List.of(2), 0, 0)
        .write(folder.resolve("net.npz"));
  }

  private int run(String... more) {
    return runOn(folder.resolve("net.npz"), more);
  }

  private int runOn(Path weights, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "import",
                "--architecture",
                folder.resolve("net.yaml").toString(),
                "--weights",
                weights.toString()));
    all.addAll(List.of(more));
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String models() {
    return folder.resolve("models").toString();
  }

  @Test
  void writes_the_next_version_and_prints_its_folder() {
    assertEquals(0, run("--name", "net", "--models", models()), err::toString);
    assertEquals(0, run("--name", "net", "--models", models(), "--licence", "CC-BY-4.0"));
    Path first = Path.of(models(), "net", "1");
    Path second = Path.of(models(), "net", "2");
    assertEquals("%s%n%s%n".formatted(first, second), out.toString());
    assertEquals("MIT", ModelCard.read(first.resolve("model.yaml")).licence());
    assertEquals("CC-BY-4.0", ModelCard.read(second.resolve("model.yaml")).licence());
  }

  @Test
  void without_models_the_folder_is_that_of_the_settings() {
    String before = System.getProperty("islet.models");
    System.setProperty("islet.models", folder.resolve("elsewhere").toString());
    try {
      assertEquals(0, run("--name", "net"), err::toString);
    } finally {
      if (before == null) {
        System.clearProperty("islet.models");
      } else {
        System.setProperty("islet.models", before);
      }
    }
    assertTrue(Files.exists(folder.resolve("elsewhere/net/1/saved_model.pb")));
  }

  @Test
  void names_all_that_is_wrong_and_writes_nothing() throws IOException {
    Path net = folder.resolve("net.yaml");
    Files.writeString(net, DESCRIPTION.replace("channels: 2", "channels: 3"));
    assertEquals(1, run("--name", "net", "--models", models()));
    Path npz = folder.resolve("net.npz");
    assertEquals(
        List.of(
            npz
                + ": layer conv: conv.weight should have the shape [3, 1, 1, 1, 1], but has"
                + " [2, 1, 1, 1, 1].",
            npz + ": layer conv: conv.bias should have the shape [3], but has [2]."),
        err.toString().lines().toList());
    assertFalse(Files.exists(Path.of(models())));
  }

  @Test
  void what_is_no_name_or_no_file_is_wrong_usage() {
    assertEquals(2, run("--name", "../net", "--models", models()));
    assertTrue(err.toString().contains("'../net' is not a model's name"), err::toString);
    assertEquals(2, runOn(folder.resolve("no.npz"), "--name", "net"));
    assertTrue(
        err.toString().contains("--weights: there is no file " + folder.resolve("no.npz")),
        err::toString);
    assertEquals(2, runOn(folder, "--name", "net"));
    assertTrue(
        err.toString().contains("--weights: %s is no file, but a folder".formatted(folder)),
        err::toString);
    assertEquals(2, run("--name", "net", "--licence", " "));
    assertTrue(
        err.toString().contains("--licence: an SPDX identifier was expected"), err::toString);
    assertFalse(Files.exists(Path.of(models())));
  }
}
