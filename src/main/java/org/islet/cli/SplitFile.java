package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.islet.dataset.Folds;

/**
 * A file with a split of cases.
 *
 * @param option that named it
 */
record SplitFile(String option, Path file) {

  /**
   * Reads the split.
   *
   * @throws IllegalArgumentException if there is no such file or it holds no split; the message
   *     begins with the option
   */
  Folds read() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s: there is no file %s.".formatted(option, file.toAbsolutePath()));
    }
    try {
      return Folds.read(file);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a split of some cases.
   *
   * @throws IllegalArgumentException if there is none, or it has others; the message begins with
   *     the option
   */
  Folds readOf(Collection<String> cases) throws IOException {
    Folds split = read();
    try {
      split.requireAllIn(cases);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
    }
    return split;
  }
}
