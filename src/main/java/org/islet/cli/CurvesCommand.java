package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.islet.evaluate.LineChart;
import org.islet.format.WholeFile;
import org.islet.train.EpochTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Several trainings compared by epoch. */
@Command(
    name = "curves",
    header = "Draws a number of several trainings by epoch, in one picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads epochs.csv from each folder: that of a network and fold (RUN/coarse/fold-0), that of a"
          + " network (RUN/coarse), or that of a run, whose networks are then drawn apart.",
      "Folds of a folder, and folders of the same NAME, are drawn thin in one colour and their mean"
          + " thick."
    },
    footer = {"", "Example: ./islet curves Dice=run-1/coarse Centre=run-2/coarse --out dsc.svg"})
public final class CurvesCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "[NAME=]FOLDER",
      arity = "1..*",
      description = "A training, and what the legend calls it (default: the folder).")
  private List<String> trainings;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The SVG picture to write; one that is there is replaced.")
  private Path out;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      defaultValue = "validation_dsc",
      description = "The column of epochs.csv (default: ${DEFAULT-VALUE}).")
  private String column;

  @Override
  public Integer call() throws IOException {
    Map<String, List<NavigableMap<Integer, Double>>> curves = new LinkedHashMap<>();
    for (String training : trainings) {
      int sign = Files.isDirectory(Path.of(training)) ? -1 : training.indexOf('=');
      Path folder = Path.of(training.substring(sign + 1));
      String name = sign < 0 ? folder.normalize().toString() : training.substring(0, sign);
      for (Path file : tables(folder)) {
        curves
            .computeIfAbsent(name + network(folder, file), n -> new ArrayList<>())
            .add(column(file));
      }
    }
    String svg = LineChart.svg(List.of(new LineChart.Panel(column, curves)), "epoch");
    WholeFile.write(out, svg);
    spec.commandLine().getOut().println(out);
    return CommandLine.ExitCode.OK;
  }

  /** The tables of a folder: its own, or those of the folders up to two levels below. */
  private List<Path> tables(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw usage("There is no folder %s.".formatted(folder.toAbsolutePath()));
    }
    List<Path> tables;
    try (Stream<Path> files = Files.walk(folder, 3)) {
      tables = files.filter(f -> f.endsWith(EpochTable.NAME)).sorted().toList();
    }
    if (tables.isEmpty()) {
      throw usage(
          "%s holds no %s: give the folder of a training whose first epoch has ended."
              .formatted(folder, EpochTable.NAME));
    }
    return tables;
  }

  /** What tells the networks of a run apart. */
  private static String network(Path folder, Path table) {
    Path below = folder.relativize(table);
    return below.getNameCount() == 3 ? ", " + below.getName(0) : "";
  }

  private NavigableMap<Integer, Double> column(Path file) throws IOException {
    try {
      return EpochTable.read(file).column(column);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
