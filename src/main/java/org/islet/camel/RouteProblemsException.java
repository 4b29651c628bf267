package org.islet.camel;

import java.util.List;
import org.islet.route.Problem;

/** Routes that cannot be run. The message lists every problem with its file and line. */
public final class RouteProblemsException extends RuntimeException {

  private final transient List<Problem> problems;

  RouteProblemsException(List<Problem> problems) {
    super(String.join("\n", Problem.sentences(problems)));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
