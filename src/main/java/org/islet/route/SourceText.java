package org.islet.route;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.islet.format.OneLine;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A file of routes while it is read.
 *
 * @param problems what was found to be wrong in it
 * @param refused the lines of which no more is said
 */
record SourceText(String file, List<Problem> problems, Set<Integer> refused) {

  /** Refuses what a line is written in; what it says is not judged any more. */
  void refuse(int line, String sentence) {
    add(at(line), sentence);
    refused.add(line);
  }

  private void add(Location place, String sentence) {
    problems.add(new Problem(place, OneLine.of(sentence)));
  }

  Location locationOf(Node node) {
    return at(node.getStartMark().map(Mark::getLine).orElse(-1) + 1);
  }

  Location at(int line) {
    return new Location(file, line);
  }

  /** Reports a problem; what it cites of the file cannot break lines or command a terminal. */
  void report(Location place, String sentence) {
    if (!refused.contains(place.line())) {
      add(place, sentence);
    }
  }

  /** The text behind a key; nothing where it is no text, which is reported. */
  Optional<String> text(String key, Fields.Field field) {
    if (field.value() instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue().strip());
    }
    report(
        field.location(),
        field.value() instanceof ScalarNode
            ? "'%s' must have a value, such as a word or a number.".formatted(key)
            : "'%s' must be a word or a number, with nothing inside.".formatted(key));
    return Optional.empty();
  }
}
