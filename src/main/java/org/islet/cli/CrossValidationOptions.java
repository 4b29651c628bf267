package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.islet.dataset.DataSet;
import org.islet.dataset.Folds;
import picocli.CommandLine.Option;

/** Which cases train and which validate. */
final class CrossValidationOptions {

  private static final int FOLDS = 4;

  @Option(
      names = "--folds",
      paramLabel = "K",
      description = "Into how many folds the cases are split (default: " + FOLDS + ").")
  private Integer count;

  @Option(
      names = "--fold",
      paramLabel = "k",
      description =
          "Which one is left out to validate, 0 to K − 1, or all in turn (default:"
              + " ${DEFAULT-VALUE}).")
  private String leftOut = "0";

  @Option(
      names = "--split",
      paramLabel = "FILE",
      description = "A split of the cases, as RUN/split.json is one, instead of a random one.")
  private Path file;

  @Option(
      names = "--validate-on",
      paramLabel = "N",
      description =
          "How many cases validate after each epoch (default: ${DEFAULT-VALUE}); all of the fold do"
              + " at the end.")
  private int validateOn = 8;

  /**
   * The split.
   *
   * @throws IllegalArgumentException if there cannot be one, its file holds none, or both a file
   *     and a number of folds are given
   */
  Folds split(DataSet cases, long seed) throws IOException {
    if (file == null) {
      return Folds.split(cases.ids(), cases::subject, count == null ? FOLDS : count, seed);
    }
    if (count != null) {
      throw new IllegalArgumentException("--split has its own number of folds; leave out --folds.");
    }
    return new SplitFile("--split", file).read();
  }

  /**
   * The folds that are left out in turn, the first being 0.
   *
   * @throws IllegalArgumentException if what was given is neither a number nor all
   */
  List<Integer> leftOut(Folds split) {
    if (leftOut.equals("all")) {
      return IntStream.range(0, split.folds().size()).boxed().toList();
    }
    try {
      return List.of(Integer.valueOf(leftOut));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--fold must be a number or all, not '%s'.".formatted(leftOut), e);
    }
  }

  int validateOn() {
    return validateOn;
  }
}
