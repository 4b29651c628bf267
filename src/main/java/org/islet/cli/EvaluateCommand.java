package org.islet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.islet.evaluate.Evaluation;
import org.islet.evaluate.Pairing;
import org.islet.evaluate.Report;
import org.islet.format.NiftiReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares predicted masks with their references and prints the scores and their statistics. */
@Command(
    name = "evaluate",
    header = "Compares masks with references.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares masks with references, case by case: DSC, recall and IoU of the bounding boxes,"
          + " HD95 in mm and the difference in volume in ml (prediction less reference).",
      "The sd is the sample's (n − 1). HD95 has no value where one mask is empty."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every reference was compared with its prediction",
      "1:a prediction is missing, or a case could not be read or compared",
      "2:wrong usage, or no references"
    })
public final class EvaluateCommand implements Callable<Integer> {

  /** Holds the largest grid that Islet can address at two bytes a voxel. */
  private static final long MAX_INFLATED_BYTES = 4L << 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "DIR",
      description =
          "Holds a NIfTI file for each case, named as its reference, or Islet's result folders.")
  private Path predictions;

  @Option(
      names = "--references",
      required = true,
      paramLabel = "DIR",
      description = "Holds a NIfTI file (.nii, .nii.gz, .hdr) for each case.")
  private Path references;

  @Option(
      names = "--label",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "The organ's value in the references and in predictions that are plain files"
              + " (default: ${DEFAULT-VALUE}). In Islet's results it is always 1.")
  private int label;

  @Option(names = "--json", description = "Prints one JSON document in place of a table.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    requireFolder("--predictions", predictions);
    requireFolder("--references", references);
    Pairing pairing = Pairing.of(predictions, references, label);
    if (pairing.pairs().isEmpty() && pairing.problems().isEmpty()) {
      throw usage("There is no NIfTI file (.nii, .nii.gz, .hdr) in " + references + ".");
    }
    PrintWriter err = spec.commandLine().getErr();
    pairing.unused().forEach(p -> err.println("No reference belongs to " + p + "; left out."));
    Report report = new Evaluation(new NiftiReader(MAX_INFLATED_BYTES), err::println).run(pairing);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.toJson() : report.toTable());
    out.flush();
    report.problems().forEach(problem -> err.println("Not evaluated: " + problem));
    return report.problems().isEmpty() ? 0 : 1;
  }

  private void requireFolder(String option, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw usage("%s: there is no folder %s.".formatted(option, folder.toAbsolutePath()));
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
