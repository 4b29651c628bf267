package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.route.Condition;
import org.islet.route.RouteFile;
import org.islet.stage.Slot;
import org.junit.jupiter.api.Test;

class LastUseTest {

  private static String lastUse(RoutePlan plan, String slot) {
    Optional<Part> part = new LastUse(plan).of(slot);
    return part.map(p -> p instanceof Step s ? s.name() + " " + s.location().line() : kind(p))
        .orElse("kept");
  }

  private static String kind(Part part) {
    return part.getClass().getSimpleName();
  }

  @Test
  void in_the_bundled_route_each_slot_is_let_go_as_early_as_can_be() {
    RoutePlan plan =
        MarkedRoutes.plans(RouteFile.read(Path.of("routes/pancreas-two-stage.yaml")))
            .get("pancreas-two-stage");
    assertEquals("Parallel", lastUse(plan, "ct"));
    assertEquals("Parallel", lastUse(plan, "clipped"));
    assertEquals("infer 11", lastUse(plan, "small"));
    assertEquals("box 27", lastUse(plan, "coarse"));
    assertEquals("vote 19", lastUse(plan, "coarse-full"));
    assertEquals("paste 30", lastUse(plan, "box-1"));
    assertEquals("infer 39", lastUse(plan, "crop-2"));
    assertEquals("vote 19", lastUse(plan, "fine-2"));
    assertEquals("largest-component 20", lastUse(plan, "voted"));
    assertEquals("kept", lastUse(plan, "mask"));
    assertEquals("kept", lastUse(plan, "no-such-slot"));
  }

  @Test
  void what_passes_and_ways_share_is_kept_until_all_have_ended() {
    RoutePlan plan = Pictures.plan("choice-in-loop-in-multicast");
    assertEquals("Loop", lastUse(plan, "clipped")); // read by each pass
    assertEquals("carry 47", lastUse(plan, "found")); // written by each pass
    assertEquals("Loop", lastUse(plan, "agreement")); // the condition reads it
    assertEquals("largest-component 45", lastUse(plan, "pasted")); // of one way alone
    assertEquals("Choice", lastUse(plan, "touches"));
    assertEquals("Choice", lastUse(plan, "fine-crop"));
    assertEquals("intersection 50", lastUse(plan, "current"));
    assertEquals("union 63", lastUse(plan, "coarse-full")); // of one branch, behind the smoothing
  }

  @Test
  void what_a_rescue_may_need_is_kept_until_it_is_not_needed() {
    RoutePlan plan = Pictures.plan("rescue");
    assertEquals("Try", lastUse(plan, "clipped"));
    assertEquals("Try", lastUse(plan, "coarse-full"));
    assertEquals("Try", lastUse(plan, "box")); // the body may not come to its reader
    assertEquals("infer 14", lastUse(plan, "crop")); // forgotten where the body fails
    assertEquals("largest-component 42", lastUse(plan, "fine"));
  }

  /** Runs routes by chance, and lets go of each slot when it is said not to be needed any more. */
  @Property(tries = 500)
  void nothing_is_read_after_it_was_let_go_and_everything_is(
      @ForAll long seed, @ForAll @IntRange(max = 25) int steps) {
    RoutePlan plan = RandomRoute.plan(seed, steps);
    for (int i = 0; i < 5; i++) {
      new Run(plan, new Random(seed + i)).all();
    }
  }

  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Run {
    private final RoutePlan plan;
    private final LastUse lastUse;
    private final Random random;
    private final Set<String> held = new HashSet<>(Set.of("ct"));
    private int attempts;

    Run(RoutePlan plan, Random random) {
      this.plan = plan;
      this.lastUse = new LastUse(plan);
      this.random = random;
    }

    void all() {
      run(plan.root());
      held.removeIf(slot -> lastUse.of(slot).isEmpty());
      assertEquals(Set.of(), held);
    }

    private void run(Part part) {
      if (part instanceof Step step) {
        run(step);
      } else if (part instanceof Part.Parallel parallel) {
        List<Part> order = new ArrayList<>(parallel.branches());
        Collections.shuffle(order, random);
        order.forEach(this::run);
      } else if (part instanceof Part.Choice choice) {
        run(choice);
      } else if (part instanceof Part.Loop loop) {
        run(loop);
      } else if (part instanceof Part.Try attempt) {
        run(attempt);
      } else {
        part.parts().forEach(this::run);
      }
      held.removeIf(slot -> lastUse.of(slot).filter(last -> last == part).isPresent());
    }

    private void run(Step step) {
      if (attempts > 0 && random.nextInt(6) == 0) {
        throw new Failure();
      }
      step.reads().forEach(this::read);
      step.replaces().forEach(this::read);
      step.writes().forEach(slot -> held.add(slot.name()));
    }

    private void read(Slot<?> slot) {
      assertTrue(held.contains(slot.name()), slot.name() + " was let go too early");
    }

    private void run(Part.Choice choice) {
      for (Part.Choice.Alternative alternative : choice.alternatives()) {
        alternative.condition().slots().forEach(this::read);
        if (random.nextBoolean()) {
          run(alternative.part());
          return;
        }
      }
      choice.otherwise().ifPresent(this::run);
    }

    private void run(Part.Loop loop) {
      Optional<Condition> condition = loop.written().condition();
      Set<String> anew = plan.forgotten().get(loop.written());
      for (int pass = 0; pass < loop.written().passes(); pass++) {
        boolean judged =
            pass > 0
                || condition.stream()
                    .flatMap(c -> c.slots().stream())
                    .noneMatch(slot -> anew.contains(slot.name()));
        if (condition.isPresent() && judged) {
          condition.get().slots().forEach(this::read);
          if (random.nextInt(3) == 0) {
            return;
          }
        }
        held.removeAll(anew);
        run(loop.body());
      }
    }

    private void run(Part.Try attempt) {
      attempts++;
      try {
        run(attempt.body());
        attempts--;
      } catch (Failure e) {
        attempts--;
        held.removeAll(plan.forgotten().get(attempt.written()));
        run(attempt.rescue());
      }
    }
  }
}
