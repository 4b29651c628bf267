package org.islet.camel;

import java.util.List;
import java.util.stream.Collectors;
import org.islet.route.Problem;

/** Routes that cannot be run. The message lists every problem with its file and line. */
public final class RouteProblemsException extends RuntimeException {

  private final transient List<Problem> problems;

  RouteProblemsException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
