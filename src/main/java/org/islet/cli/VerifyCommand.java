package org.islet.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.islet.publish.ResultCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Results looked through, long after they were made or somewhere else. */
@Command(
    name = "verify",
    header = "Checks that results are whole and their files agree.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks each result by its manifest.json: that every file is there as it was written and none"
          + " beside them, and that the mask lies on the grid of the CT and has as many voxels as"
          + " result.json says.",
      "A result that is whole is told in a line on stdout, what is wrong on stderr."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all are whole",
      "1:something is wrong with at least one",
      "2:wrong usage, as where there is no such folder; nothing was checked"
    },
    footer = {"", "Example: ./islet verify results/*"})
public final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RESULT",
      arity = "1..*",
      description = "The folder of a result: results/CASE.")
  private List<Path> results;

  @Override
  public Integer call() {
    for (Path result : results) {
      if (!Files.isDirectory(result)) {
        throw new ParameterException(
            spec.commandLine(), "There is no folder %s.".formatted(result));
      }
    }
    boolean whole = true;
    for (Path result : results) {
      whole &= isWhole(result);
    }
    return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private boolean isWhole(Path result) {
    ResultCheck check = ResultCheck.of(result);
    List<String> problems = check.problems();
    if (problems.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "%s: whole, %d files, manifest sha256 %s%n",
          check.caseId(), check.files(), check.sha256());
      out.flush();
    }
    problems.forEach(p -> spec.commandLine().getErr().println(result + ": " + p));
    return problems.isEmpty();
  }
}
