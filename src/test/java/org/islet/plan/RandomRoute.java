package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.islet.route.Condition;
import org.islet.route.Location;
import org.islet.route.Option;
import org.islet.route.RouteStep;
import org.islet.stage.Binding;
import org.islet.stage.Grid;
import org.islet.stage.Ports;
import org.islet.stage.Slot;
import org.islet.volume.Mask;

/**
 * A route made by chance, in which every slot is written before it is read and no slot twice. Its
 * stages are there in name only.
 */
public final class RandomRoute {

  private static final List<String> NAMES =
      List.of("clip", "infer", "largest-component", "x", "w".repeat(70));

  private final Random random;
  private int left;
  private int lines;
  private int slots;

  private RandomRoute(long seed, int steps) {
    this.random = new Random(seed);
    this.left = steps;
  }

  /**
   * @param steps about how many
   */
  public static RoutePlan plan(long seed, int steps) {
    return new RandomRoute(seed, steps).plan();
  }

  private RoutePlan plan() {
    List<Part> parts = new ArrayList<>();
    List<Slot<?>> known = new ArrayList<>();
    Slot<Mask> first = new Slot<>("first", Mask.class);
    parts.add(step(List.of(), List.of(first), List.of()));
    known.add(first);
    while (left > 0) {
      parts.add(part(known, 0, true));
    }
    parts.add(step(pick(known), List.of(RoutePlan.RESULT), List.of()));
    RoutePlan plan =
        new RoutePlan(
            "random",
            place(),
            new Part.Series(Optional.empty(), parts),
            Set.of("random"),
            Grid.ofCt(MarkedRoutes.CT),
            true,
            Set.of());
    assertEquals(
        List.of(),
        plan.problems().stream()
            .filter(p -> !p.sentence().contains("which nothing reads"))
            .filter(p -> !p.sentence().contains("counts passes"))
            .toList());
    return plan;
  }

  private Part part(List<Slot<?>> known, int depth, boolean mayReplace) {
    int kind = depth >= 4 || left <= 0 ? 0 : random.nextInt(10);
    return switch (kind) {
      case 5 -> new Part.Series(Optional.of(name()), parts(known, depth, mayReplace));
      case 6 -> parallel(known, depth);
      case 7 -> choice(known, depth, mayReplace);
      case 8 -> loop(known, depth, mayReplace);
      case 9 -> attempt(known, depth);
      default -> step(known, mayReplace);
    };
  }

  /** Parts one after the other, by which more slots become known; sometimes none. */
  private List<Part> parts(List<Slot<?>> known, int depth, boolean mayReplace) {
    List<Part> parts = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      parts.add(part(known, depth + 1, mayReplace));
    }
    return parts;
  }

  private Part.Series series(List<Part> parts) {
    return new Part.Series(Optional.empty(), parts);
  }

  private Part parallel(List<Slot<?>> known, int depth) {
    List<Part> branches = new ArrayList<>();
    List<Slot<?>> before = List.copyOf(known);
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<Slot<?>> own = new ArrayList<>(before);
      branches.add(series(parts(own, depth, false)));
      own.stream().filter(slot -> !before.contains(slot)).forEach(known::add);
    }
    return new Part.Parallel(
        new RouteStep.Parallel(place(), random.nextBoolean(), List.of()), branches);
  }

  private Part choice(List<Slot<?>> known, int depth, boolean mayReplace) {
    List<Part.Choice.Alternative> alternatives = new ArrayList<>();
    Optional<Slot<?>> shared = random.nextBoolean() ? Optional.of(fresh()) : Optional.empty();
    for (int i = 0; i <= random.nextInt(3); i++) {
      Condition condition = condition(known);
      alternatives.add(
          new Part.Choice.Alternative(
              place(), condition, place(), way(known, depth, mayReplace, shared)));
    }
    Optional<Part> otherwise =
        shared.isPresent() || random.nextBoolean()
            ? Optional.of(way(known, depth, mayReplace, shared))
            : Optional.empty();
    shared.ifPresent(known::add);
    return new Part.Choice(place(), alternatives, otherwise);
  }

  /** A way that ends by writing a slot that the other ways write too. */
  private Part way(List<Slot<?>> known, int depth, boolean mayReplace, Optional<Slot<?>> shared) {
    List<Slot<?>> own = new ArrayList<>(known);
    List<Part> parts = parts(own, depth, mayReplace);
    shared.ifPresent(slot -> parts.add(step(pick(own), List.of(slot), List.of())));
    return series(parts);
  }

  private Condition condition(List<Slot<?>> known) {
    Condition passes = new Condition.Passes(Condition.Comparison.LESS, random.nextInt(4));
    Condition empty = new Condition.IsEmpty(known.get(random.nextInt(known.size())).name());
    return switch (random.nextInt(3)) {
      case 0 -> passes;
      case 1 -> new Condition.Not(empty);
      default -> new Condition.And(new Condition.Or(empty, passes), passes);
    };
  }

  private Part loop(List<Slot<?>> known, int depth, boolean mayReplace) {
    List<Slot<?>> own = new ArrayList<>(known);
    Slot<?> judged = fresh();
    List<Part> parts = parts(own, depth, mayReplace);
    parts.add(step(pick(own), List.of(judged), List.of()));
    Optional<Condition> condition =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Condition.IsEmpty(
                    random.nextBoolean() ? judged.name() : pick(known).get(0).name()));
    RouteStep.Loop written =
        new RouteStep.Loop(place(), 1 + random.nextInt(3), condition, place(), nothing());
    return new Part.Loop(written, series(parts));
  }

  private Part attempt(List<Slot<?>> known, int depth) {
    Optional<Slot<?>> shared = Optional.of(fresh());
    RouteStep.Try written = new RouteStep.Try(place(), nothing(), nothing());
    Part body = way(known, depth, false, shared);
    Part rescue = way(known, depth, false, shared);
    known.add(shared.get());
    return new Part.Try(written, body, rescue);
  }

  private RouteStep.Series nothing() {
    return new RouteStep.Series(place(), List.of());
  }

  private Step step(List<Slot<?>> known, boolean mayReplace) {
    List<Slot<?>> reads = pick(known);
    if (mayReplace && random.nextInt(4) == 0) {
      List<Slot<?>> replaced = List.of(known.get(random.nextInt(known.size())));
      return step(reads, replaced, replaced);
    }
    Slot<?> written = fresh();
    known.add(written);
    return step(reads, List.of(written), List.of());
  }

  private Step step(List<Slot<?>> reads, List<Slot<?>> writes, List<Slot<?>> replaces) {
    left--;
    Map<String, Option> options = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < random.nextInt(4); i++) {
      parameters.put("p" + i, "9".repeat(1 + random.nextInt(30)));
    }
    return new Step(
        new RouteStep.ToStage(place(), name(), options),
        List.of(),
        new Binding(
            Optional.empty(),
            Optional.empty(),
            true,
            new Ports(reads, reads, writes, replaces, parameters),
            List.of()));
  }

  /** One to three slots. */
  private List<Slot<?>> pick(List<Slot<?>> known) {
    List<Slot<?>> picked = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      picked.add(known.get(random.nextInt(known.size())));
    }
    return picked;
  }

  private Slot<?> fresh() {
    String name = "s" + slots++;
    return new Slot<>(random.nextInt(8) == 0 ? name + "-" + "long".repeat(14) : name, Mask.class);
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private Location place() {
    return new Location("random.yaml", ++lines);
  }
}
