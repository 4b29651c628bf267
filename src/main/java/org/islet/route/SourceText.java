package org.islet.route;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A file of routes while it is read: its name, and what was found to be wrong in it. */
record SourceText(String file, List<Problem> problems) {

  Location locationOf(Node node) {
    return at(node.getStartMark().map(Mark::getLine).orElse(-1) + 1);
  }

  Location at(int line) {
    return new Location(file, line);
  }

  /** Reports a problem; what it cites of the file cannot break lines or command a terminal. */
  void report(Location place, String sentence) {
    problems.add(new Problem(place, sentence.replaceAll("\\p{Cc}+", " ")));
  }

  /** The text behind a key; nothing where it is no text, which is reported. */
  Optional<String> text(String key, Fields.Field field) {
    if (field.value() instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(scalar.getValue().strip());
    }
    report(field.location(), "'%s' must have a value, such as a word or a number.".formatted(key));
    return Optional.empty();
  }
}
