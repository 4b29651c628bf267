package org.islet.cli;

import java.nio.file.Path;
import org.islet.job.CaseFailedException;
import org.islet.job.CaseResult;
import org.islet.job.DirectCases;
import org.islet.job.SegmentationRoute;
import org.islet.publish.ReportJson;
import org.islet.publish.ResultFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One case through a route, without the service. */
@Command(
    name = "segment",
    header = "Takes one CT through a route.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Takes one CT through a route and writes its mask, result.json, preview.png and manifest.json.",
      "result.json is also printed to stdout."
    },
    footer = {
      "",
      "Example: ./islet segment ct.nii.gz --out results",
      "Exit codes: 0 done (also when nothing was found: see \"outcome\"), 1 failed, 2 wrong usage."
    })
public final class SegmentCommand extends EngineCommand {

  @Parameters(paramLabel = "CT", description = "A NIfTI file: .nii, .nii.gz, or .hdr with .img.")
  private Path ct;

  @Option(
      names = "--route",
      paramLabel = "NAME",
      defaultValue = "pancreas-two-stage",
      description = "The route to take, by the name after 'direct:' (default: ${DEFAULT-VALUE}).")
  private String route;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "The result goes to DIR/<case>/ (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Override
  public Integer call() {
    try (SegmentationRoute method = engine().routes().open(route)) {
      return segment(method);
    } catch (IllegalArgumentException e) {
      System.err.println("islet segment: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
  }

  private int segment(SegmentationRoute method) {
    try {
      CaseResult result =
          new DirectCases(engine().segmenter(), new ResultFolder(out))
              .run(ct, method, Progress.onStderr());
      System.err.println("result: " + result.folder());
      System.out.println(ReportJson.write(result.report()));
      return CommandLine.ExitCode.OK;
    } catch (CaseFailedException e) {
      System.err.printf("islet segment: failed (%s): %s%n", e.code(), e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }
}
