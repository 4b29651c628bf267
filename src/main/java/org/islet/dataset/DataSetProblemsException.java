package org.islet.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A data set that cannot be used as it is. The message lists every problem with its file. */
public final class DataSetProblemsException extends IOException {

  private final transient List<Problem> problems;

  DataSetProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  static DataSetProblemsException of(Path file, String reason) {
    return new DataSetProblemsException(List.of(new Problem(file, reason)));
  }

  public List<Problem> problems() {
    return problems;
  }
}
