package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.islet.imported.ImportRefusedException;
import org.islet.imported.NetworkImport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a model of a network that others trained. */
@Command(
    name = "import",
    header = "Makes a model of a network that others trained.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads a network's layers from a description (docs/import.md) and its weights from a NumPy"
          + " archive, and writes it as the next version of MODELS/NAME. Prints the version's folder.",
      "All that does not fit together is named, each in a line; then nothing is written."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the model is written",
      "1:the description and the weights do not make a network, or the disk is full",
      "2:wrong usage, or a file is not there"
    },
    footer = {
      "",
      "Example: ./islet import --architecture examples/architectures/obelisk-unet.yaml"
          + " --weights weights-fold1.npz --name obelisk-unet"
    })
public final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--architecture",
      paramLabel = "FILE.yaml",
      required = true,
      description = "What goes in, the layers, and what comes out.")
  private Path architecture;

  @Option(
      names = "--weights",
      paramLabel = "FILE.npz",
      required = true,
      description = "The layers' arrays, as numpy.savez writes them.")
  private Path weights;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      converter = ModelNameConverter.class,
      description = "What the model is called in routes.")
  private String name;

  @Option(
      names = "--models",
      paramLabel = "MODELS",
      description = "The folder of models to write to (default: ISLET_MODELS, or Islet's own).")
  private Path models;

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      description = "The model's licence, in place of the description's.")
  private String licence;

  @Override
  public Integer call() throws IOException {
    requireFile("--architecture", architecture);
    requireFile("--weights", weights);
    if (licence != null && licence.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--licence: an SPDX identifier was expected, such as MIT.");
    }
    try {
      Path folder = models == null ? new SettingsAtOnce().models() : models;
      Path version = NetworkImport.read(architecture, weights, licence).write(folder.resolve(name));
      spec.commandLine().getOut().println(version);
      return CommandLine.ExitCode.OK;
    } catch (ImportRefusedException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void requireFile(String option, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: %s is no file, but a folder or a device.".formatted(option, file.toAbsolutePath()));
    }
    if (!Files.exists(file)) {
      throw new ParameterException(
          spec.commandLine(), "%s: there is no file %s.".formatted(option, file.toAbsolutePath()));
    }
  }
}
