package org.islet.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file of routes made by chance out of real stages. Most are right; in some, a step reads or
 * writes a slot that it should not.
 */
final class RandomYaml {

  private enum Type {
    MASK,
    NUMBER,
    TRUTH
  }

  private record Slot(String name, Type type) {}

  private final Random random;
  private final double mistakes;
  private final List<Slot> ever = new ArrayList<>();
  private final StringBuilder called = new StringBuilder();
  private int left;
  private int routes;
  private boolean mayCarry = true;

  private RandomYaml(Random random, int steps, double mistakes) {
    this.random = random;
    this.left = steps;
    this.mistakes = mistakes;
  }

  /**
   * A file whose only route to which cases are sent is {@code test}.
   *
   * @param steps about how many
   * @param mistakes the share of slots that are taken by chance
   */
  static String of(Random random, int steps, double mistakes) {
    return new RandomYaml(random, steps, mistakes).file();
  }

  private String file() {
    List<Slot> known = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    steps.add(stage("infer?model=random&input=ct&output=" + fresh(Type.MASK, known)));
    steps.add(stage("infer?model=random&input=ct&output=" + fresh(Type.MASK, known)));
    while (left > 0) {
      steps.addAll(part(known, 0));
    }
    use(known, 0, steps);
    steps.add(stage("largest-component?input=" + pick(known, Type.MASK)));
    return route("test", steps) + called;
  }

  private static String route(String name, List<String> steps) {
    return "- {route: {from: {uri: 'direct:%s', steps: [\n%s]}}}\n"
        .formatted(name, String.join(",\n", steps));
  }

  private static String stage(String uri) {
    return "{to: 'stage:" + uri + "'}";
  }

  private static String within(String word, String keys, List<String> steps) {
    return "{%s: {%ssteps: [\n%s]}}".formatted(word, keys, String.join(",\n", steps));
  }

  /** One or a few steps, which make more slots known. */
  private List<String> part(List<Slot> known, int depth) {
    int kind = depth > 2 || left <= 0 ? 0 : random.nextInt(14);
    return switch (kind) {
      case 7 -> List.of(call(way(known, depth, List.of()), known));
      case 8 -> List.of(choice(known, depth));
      case 9 -> List.of(within("filter", language(condition(known)), way(known, depth, List.of())));
      case 10, 11 -> List.of(loop(known, depth));
      case 12 -> List.of(withoutCarrying(() -> branches(known, depth)));
      case 13 -> List.of(withoutCarrying(() -> attempt(known, depth)));
      default -> simple(known);
    };
  }

  /** What is given a new value in branches or in a doTry is hardly ever right. */
  private String withoutCarrying(Supplier<String> made) {
    boolean before = mayCarry;
    mayCarry = random.nextDouble() < mistakes;
    String step = made.get();
    mayCarry = before;
    return step;
  }

  /** Steps on slots of their own, all of which are used; those that are shared are written last. */
  private List<String> way(List<Slot> known, int depth, List<Slot> shared) {
    List<Slot> own = new ArrayList<>(known);
    List<String> steps = parts(own, depth);
    shared.forEach(slot -> steps.add(written(slot, own)));
    use(own, known.size(), steps);
    return steps;
  }

  private List<String> parts(List<Slot> known, int depth) {
    List<String> steps = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      steps.addAll(part(known, depth + 1));
    }
    return steps;
  }

  /** Conditions that read the slots from a place in the list on, so that each is used. */
  private static void use(List<Slot> known, int from, List<String> steps) {
    for (int i = from; i < known.size(); i += 10) {
      String condition =
          known.subList(i, Math.min(i + 10, known.size())).stream()
              .map(slot -> slot.name + " is absent")
              .collect(Collectors.joining(" and "));
      steps.add(within("filter", language(condition), List.of("{log: absent}")));
    }
  }

  private String call(List<String> steps, List<Slot> known) {
    String name = "called-" + routes++;
    called.append(route(name, steps));
    String call = "{to: 'direct:" + name + "'}";
    return random.nextBoolean()
        ? call
        : "{choice: {when: [{%ssteps: [%s]}], otherwise: {steps: [%s]}}}"
            .formatted(language(condition(known)), call, call);
  }

  private String choice(List<Slot> known, int depth) {
    List<Slot> shared = List.of(make(Type.MASK), make(Type.TRUTH));
    List<String> alternatives = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      alternatives.add(
          "{%ssteps: [\n%s]}"
              .formatted(
                  language(condition(known)), String.join(",\n", way(known, depth, shared))));
    }
    String otherwise = String.join(",\n", way(known, depth, shared));
    known.addAll(shared);
    return "{choice: {when: [%s], otherwise: {steps: [\n%s]}}}"
        .formatted(String.join(", ", alternatives), otherwise);
  }

  private String loop(List<Slot> known, int depth) {
    boolean whilst = random.nextBoolean();
    List<Slot> own = new ArrayList<>(known);
    List<String> steps = parts(own, depth);
    use(own, known.size(), steps);
    String condition = condition(own);
    boolean always =
        !whilst || own.stream().anyMatch(s -> !known.contains(s) && names(condition, s));
    if (always) {
      own.stream().filter(slot -> !known.contains(slot)).toList().forEach(known::add);
    }
    String keys =
        whilst
            ? "doWhile: true, " + language("(" + condition + ") and passes < 3")
            : "constant: " + (1 + random.nextInt(3)) + ", ";
    return within("loop", keys, steps);
  }

  private static boolean names(String condition, Slot slot) {
    return List.of(condition.split("[^a-z0-9-]+", -1)).contains(slot.name);
  }

  private String branches(List<Slot> known, int depth) {
    List<String> branches = new ArrayList<>();
    List<Slot> before = List.copyOf(known);
    for (int i = 0; i <= random.nextInt(3); i++) {
      List<Slot> own = new ArrayList<>(before);
      branches.add(within("pipeline", "", parts(own, depth)));
      known.addAll(own.subList(before.size(), own.size()));
    }
    return within("multicast", "parallelProcessing: " + random.nextBoolean() + ", ", branches);
  }

  private String attempt(List<Slot> known, int depth) {
    List<Slot> shared = List.of(make(Type.MASK), make(Type.NUMBER));
    String steps = String.join(",\n", way(known, depth, shared));
    String rescue = String.join(",\n", way(known, depth, shared));
    known.addAll(shared);
    return "{doTry: {steps: [\n%s], doCatch: [{exception: [java.lang.Exception], steps: [\n%s]}]}}"
        .formatted(steps, rescue);
  }

  /** A step that writes a slot. */
  private String written(Slot slot, List<Slot> known) {
    left--;
    return switch (slot.type) {
      case MASK ->
          stage(
              "infer?model=%s&input=ct&output=%s"
                  .formatted(random.nextBoolean() ? "random" : "flaky", slot.name));
      case NUMBER -> stage("compare?" + two(known) + "&output=" + slot.name);
      case TRUTH -> {
        String box = make(Type.MASK).name + "-box";
        yield String.join(
            ",\n",
            stage("box?margin=1&input=%s&output=%s".formatted(pick(known, Type.MASK), box)),
            stage("crop?input=ct&box=%s&output=%s-crop".formatted(box, box)),
            stage("threshold?input=%s-crop&min=0&output=%s-cube".formatted(box, box)),
            stage("touches-box?input=%s-cube&box=%s&output=%s".formatted(box, box, slot.name)));
      }
    };
  }

  private List<String> simple(List<Slot> known) {
    left--;
    String mask = pick(known, Type.MASK);
    switch (mayCarry ? random.nextInt(6) : 1 + random.nextInt(5)) {
      case 0:
        return List.of(stage("carry?input=%s&output=%s".formatted(mask, another(known, mask))));
      case 1:
        return List.of(
            stage("close?radius=1&input=" + mask + "&output=" + fresh(Type.MASK, known)));
      case 2:
        String inputs = mask + "," + another(known, mask);
        return List.of(stage("union?inputs=" + inputs + "&output=" + fresh(Type.MASK, known)));
      default:
        Slot slot = make(Type.values()[random.nextInt(3)]);
        String step = written(slot, known);
        known.add(slot);
        return List.of(step);
    }
  }

  private String two(List<Slot> known) {
    String mask = pick(known, Type.MASK);
    return "input=%s&other=%s".formatted(mask, another(known, mask));
  }

  private String another(List<Slot> known, String than) {
    return pick(known.stream().filter(slot -> !slot.name.equals(than)).toList(), Type.MASK);
  }

  private String condition(List<Slot> known) {
    String first = comparison(known);
    return switch (random.nextInt(4)) {
      case 0 -> first + " and " + comparison(known);
      case 1 -> first + " or not " + comparison(known);
      default -> first;
    };
  }

  private String comparison(List<Slot> known) {
    return switch (random.nextInt(5)) {
      case 0 -> "passes < " + (1 + random.nextInt(3));
      case 1 -> pick(known, Type.NUMBER, "passes") + " < 0.3";
      case 2 -> has(known, Type.TRUTH) ? pick(known, Type.TRUTH) : "passes = 1";
      case 3 -> pick(known, Type.MASK) + " is absent";
      default -> pick(known, Type.MASK) + " is empty";
    };
  }

  private static String language(String condition) {
    return "language: {language: slots, expression: '" + condition + "'}, ";
  }

  private static boolean has(List<Slot> known, Type type) {
    return known.stream().anyMatch(slot -> slot.type == type);
  }

  private String pick(List<Slot> known, Type type) {
    return pick(known, type, "no-such-slot");
  }

  private String pick(List<Slot> known, Type type, String none) {
    boolean mistaken = random.nextDouble() < mistakes;
    Predicate<Slot> fits = slot -> mistaken || slot.type == type;
    List<Slot> found = (mistaken ? ever : known).stream().filter(fits).toList();
    return found.isEmpty() ? none : found.get(random.nextInt(found.size())).name;
  }

  private String fresh(Type type, List<Slot> known) {
    Slot slot = make(type);
    known.add(slot);
    return slot.name;
  }

  private Slot make(Type type) {
    boolean mistaken = !ever.isEmpty() && random.nextDouble() < mistakes;
    Slot slot =
        mistaken ? ever.get(random.nextInt(ever.size())) : new Slot("s" + ever.size(), type);
    ever.add(slot);
    return slot;
  }
}
