package org.islet.imported;

import java.util.List;

/**
 * A description, or an archive of weights, of which no model can be made. The message has a line
 * for each thing that is wrong.
 */
public final class ImportRefusedException extends RuntimeException {

  private final List<String> problems;

  ImportRefusedException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, each a sentence that names the file and the layer. */
  public List<String> problems() {
    return problems;
  }
}
