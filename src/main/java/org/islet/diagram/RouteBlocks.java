package org.islet.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.islet.picture.Block;
import org.islet.picture.Columns;
import org.islet.picture.Columns.Fork;
import org.islet.picture.Fallback;
import org.islet.picture.Frame;
import org.islet.picture.Look;
import org.islet.picture.Note;
import org.islet.picture.Stack;
import org.islet.plan.Part;
import org.islet.plan.Step;

/** Makes the blocks of a picture from the parts of a route; of a long route from those that fit. */
final class RouteBlocks {

  private static final Block NOTHING = new Stack(List.of());

  private int room;

  /**
   * @param most the most parts that are drawn
   */
  RouteBlocks(int most) {
    this.room = most;
  }

  Block of(Part part) {
    room--;
    if (part instanceof Step step) {
      return new StageCard(step);
    } else if (part instanceof Part.Series series) {
      Block steps = new Stack(blocks(series.parts()));
      return series.route().<Block>map(r -> new Frame(Look.PALE, r, steps, false)).orElse(steps);
    } else if (part instanceof Part.Parallel parallel) {
      List<Block> branches = blocks(parallel.branches());
      return branches.isEmpty() ? NOTHING : new Columns(Fork.ALL, branches);
    } else if (part instanceof Part.Choice choice) {
      return choice(choice);
    } else if (part instanceof Part.Loop loop) {
      return new Frame(Look.REPEATED, loop.words(), of(loop.body()), true);
    }
    if (part instanceof Part.HandOff handOff) {
      return new Note(Look.PALE, "handed to the pool " + handOff.written().pool());
    }
    Part.Try attempt = (Part.Try) part;
    Block body = new Frame(Look.RISKY, "doTry", of(attempt.body()), false);
    return new Fallback(body, new Note(Look.RISKY, "if a stage fails"), of(attempt.rescue()));
  }

  private Block choice(Part.Choice choice) {
    List<Way> ways = new ArrayList<>();
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      String word = ways.isEmpty() ? "if " : "else if ";
      ways.add(new Way(word + alternative.condition().text(), alternative.part()));
    }
    ways.add(
        new Way(
            "otherwise", choice.otherwise().orElse(new Part.Series(Optional.empty(), List.of()))));
    return new Columns(Fork.ONE, blocks(ways, this::of));
  }

  private Block of(Way way) {
    return new Stack(List.of(new Note(Look.QUESTION, way.condition), of(way.part)));
  }

  private List<Block> blocks(List<Part> parts) {
    return blocks(parts.stream().map(part -> new Way("", part)).toList(), way -> of(way.part));
  }

  /** The blocks of those that fit, and of all others together a note. */
  private List<Block> blocks(List<Way> ways, Function<Way, Block> drawn) {
    List<Block> blocks = new ArrayList<>();
    for (Way way : ways) {
      if (room <= 0) {
        long left = ways.stream().skip(blocks.size()).flatMap(w -> w.part.steps()).count();
        blocks.add(new Note(Look.PALE, left + (left == 1 ? " more stage" : " more stages")));
        return blocks;
      }
      blocks.add(drawn.apply(way));
    }
    return blocks;
  }

  /** A part that is run if a condition holds. */
  private record Way(String condition, Part part) {}
}
