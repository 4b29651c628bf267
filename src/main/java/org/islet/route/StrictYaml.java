package org.islet.route;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML of which nothing is used but mappings, lists and plain text. What could make objects, repeat
 * itself, read the environment or exhaust memory is refused before a tree is made.
 */
final class StrictYaml {

  /** Far more than anybody writes by hand. */
  static final int MOST_CHARACTERS = 256 * 1024;

  private static final int LONGEST_TEXT = 10_000;
  private static final int DEEPEST = 64;

  private final String text;
  private final BiConsumer<Integer, String> problems;
  private boolean sound = true;
  private int depth;
  private int documents;

  private StrictYaml(String text, BiConsumer<Integer, String> problems) {
    this.text = text;
    this.problems = problems;
  }

  /**
   * The tree of a text.
   *
   * @param problems is told the line, the first being 1, and what is wrong there
   * @return nothing if no tree can be made, or the text is empty
   */
  static Optional<Node> compose(String text, BiConsumer<Integer, String> problems) {
    if (text.length() > MOST_CHARACTERS) {
      problems.accept(
          1,
          "the file has %d characters; at most %d are read."
              .formatted(text.length(), MOST_CHARACTERS));
      return Optional.empty();
    }
    OptionalInt control = text.codePoints().filter(c -> !StreamReader.isPrintable(c)).findFirst();
    if (control.isPresent()) {
      problems.accept(
          lineOf(text, control.getAsInt()),
          "this is not YAML: the character U+%04X cannot be in it.".formatted(control.getAsInt()));
      return Optional.empty();
    }
    return new StrictYaml(text, problems).compose();
  }

  /** Where it went wrong; of a quotation that does not end, where it begins. */
  private static Optional<Mark> begin(MarkedYamlEngineException e) {
    boolean quoted = e.getContext() != null && e.getContext().contains("quoted scalar");
    return quoted
        ? e.getContextMark().or(e::getProblemMark)
        : e.getProblemMark().or(e::getContextMark);
  }

  private static int lineOf(String text, int codePoint) {
    return text.substring(0, text.indexOf(codePoint)).split("\r\n|\r|\n", -1).length;
  }

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setCodePointLimit(2 * MOST_CHARACTERS)
        .setAllowNonScalarKeys(true) // so that they are refused with their line
        .build();
  }

  private Optional<Node> compose() {
    try {
      for (Event event : new Parse(settings()).parseString(text)) {
        check(event);
        if (depth > DEEPEST) {
          report(event.getStartMark(), "this is nested more than %d deep.".formatted(DEEPEST));
          return Optional.empty();
        }
      }
      return sound ? first(new Compose(settings()).composeAllFromString(text)) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> place = begin(e);
      report(place, "this is not YAML: %s.".formatted(e.getProblem()));
    } catch (YamlEngineException e) {
      report(Optional.empty(), "this is not YAML: %s.".formatted(e.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<Node> first(Iterable<Node> documents) {
    Iterator<Node> each = documents.iterator();
    return each.hasNext() ? Optional.of(each.next()) : Optional.empty();
  }

  private void check(Event event) {
    if (event instanceof AliasEvent) {
      report(
          event.getStartMark(), "an alias (*name) is not allowed; write what it stands for here.");
      sound = false; // the tree would hold the same part many times
    } else if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      report(event.getStartMark(), "an anchor (&name) is not allowed; repeat what is needed.");
    }
    if (event instanceof ScalarEvent scalar) {
      checkTag(scalar.getTag(), event);
      checkText(scalar);
    } else if (event instanceof CollectionStartEvent start) {
      checkTag(start.getTag(), event);
      depth++;
    } else if (event instanceof CollectionEndEvent) {
      depth--;
    } else if (event instanceof DocumentStartEvent start) {
      checkDocument(start);
    }
  }

  private void checkTag(Optional<String> tag, Event event) {
    tag.ifPresent(
        name ->
            report(
                event.getStartMark(),
                "the tag %s is not allowed; write the value alone.".formatted(name)));
  }

  private void checkText(ScalarEvent scalar) {
    if (scalar.getValue().length() > LONGEST_TEXT) {
      report(
          scalar.getStartMark(),
          "this text has %d characters; at most %d are read."
              .formatted(scalar.getValue().length(), LONGEST_TEXT));
      sound = false;
    }
    for (String open : new String[] {"{{", "${", "$simple{"}) {
      if (scalar.getValue().contains(open)) {
        report(
            scalar.getStartMark(),
            ("'%s' is not allowed: a segmentation route reads no properties, environment or"
                    + " expressions; write the value itself.")
                .formatted(open));
        return;
      }
    }
  }

  private void checkDocument(DocumentStartEvent start) {
    documents++;
    if (documents > 1) {
      report(start.getStartMark(), "a second document begins here; a file holds one.");
    }
    if (start.getSpecVersion().isPresent() || !start.getTags().isEmpty()) {
      report(start.getStartMark(), "directives (%YAML, %TAG) are not allowed; leave them out.");
    }
  }

  private void report(Optional<Mark> place, String sentence) {
    problems.accept(place.map(mark -> mark.getLine() + 1).orElse(1), sentence);
  }
}
