package org.islet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.islet.job.FailureText;
import org.islet.object.S3Address;
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
      description = "The folder of a result: results/CASE; or s3://BUCKET/KEY/CASE.")
  private List<String> results;

  @Override
  public Integer call() throws IOException {
    for (String result : results) {
      requireResult(result);
    }
    boolean whole = true;
    try (StoredResults stored = new StoredResults()) {
      for (String result : results) {
        whole &=
            ObjectStorage.isAddress(result)
                ? isWhole(stored, result)
                : isWhole(result, ResultCheck.of(Path.of(result)));
      }
    }
    return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void requireResult(String result) {
    if (ObjectStorage.isAddress(result)) {
      if (S3Address.parse(result).flatMap(S3Address::parent).isEmpty()) {
        throw wrong("%s is no address of a result; s3://BUCKET/KEY/CASE is expected.", result);
      }
    } else if (!Files.isDirectory(Path.of(result))) {
      throw wrong("There is no folder %s.", result);
    }
  }

  private ParameterException wrong(String sentence, String result) {
    return new ParameterException(spec.commandLine(), sentence.formatted(result));
  }

  private boolean isWhole(StoredResults stored, String result) {
    try {
      return isWhole(result, stored.check(S3Address.parse(result).orElseThrow()));
    } catch (IOException e) {
      return isWhole(result, "", List.of(FailureText.of(e)));
    }
  }

  private boolean isWhole(String result, ResultCheck check) {
    return isWhole(
        result,
        "%s: whole, %d files, manifest sha256 %s"
            .formatted(check.caseId(), check.files(), check.sha256()),
        check.problems());
  }

  private boolean isWhole(String result, String whole, List<String> problems) {
    if (problems.isEmpty()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(whole);
      out.flush();
    }
    problems.forEach(p -> spec.commandLine().getErr().println(result + ": " + p));
    return problems.isEmpty();
  }
}
