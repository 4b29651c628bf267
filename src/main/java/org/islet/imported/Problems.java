package org.islet.imported;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.format.OneLine;

/** What is wrong, gathered so that a person can mend it all at once. */
final class Problems {

  private final List<String> sentences = new ArrayList<>();

  /** Adds what is wrong with a layer. */
  void add(Path file, String layer, String reason) {
    add(file, "layer %s: %s".formatted(layer, reason));
  }

  /** Adds what is wrong with a file; the same only once. */
  void add(Path file, String reason) {
    String sentence =
        "%s: %s%s".formatted(file, OneLine.of(reason), reason.matches("(?s).*[.?]") ? "" : ".");
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  /** Whether nothing is wrong so far. */
  boolean isEmpty() {
    return sentences.isEmpty();
  }

  /** An exception of all that is wrong. */
  ImportRefusedException refusal() {
    return new ImportRefusedException(sentences);
  }

  /**
   * @throws ImportRefusedException if there are any
   */
  void throwIfAny() {
    if (!sentences.isEmpty()) {
      throw refusal();
    }
  }
}
