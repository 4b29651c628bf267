package org.islet.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.volume.Mask;

/**
 * What must hold for an alternative or for another pass of a loop: a comparison of a case's slots,
 * such as {@code touches and passes < 3}. It can read slots and nothing else.
 */
public sealed interface Condition {

  /** Both of two. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return left.holds(c, passes) && right.holds(c, passes);
    }
  }

  /** One of two, or both. */
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return left.holds(c, passes) || right.holds(c, passes);
    }
  }

  /** Not what is inside. */
  record Not(Condition inside) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return !inside.holds(c, passes);
    }
  }

  /** The slot holds true; an absent one does not. */
  record IsTrue(String slot) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return c.find(new Slot<>(slot, Boolean.class)).orElse(false);
    }
  }

  /** The slot's mask is empty, or absent. */
  record IsEmpty(String slot) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return c.find(new Slot<>(slot, Mask.class)).map(Mask::isEmpty).orElse(true);
    }
  }

  /** The slot is absent. */
  record IsAbsent(String slot) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return c.find(new Slot<>(slot, Object.class)).isEmpty();
    }
  }

  /** The slot's number compared with another; false where the slot is absent. */
  record Compares(String slot, Comparison comparison, double number) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return c.find(new Slot<>(slot, Double.class))
          .filter(value -> comparison.holds(value, number))
          .isPresent();
    }
  }

  /**
   * The passes of the innermost loop that have begun, compared with a number; for the loop's own
   * condition, which is asked between two passes, those that have ended.
   */
  record Passes(Comparison comparison, double number) implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      return comparison.holds(passes, number);
    }
  }

  /** Stands for a condition that cannot be read; the route that it is in is refused. */
  record Unreadable() implements Condition {
    @Override
    public boolean holds(Case c, int passes) {
      throw new IllegalStateException("No case runs on a route whose conditions cannot be read.");
    }
  }

  /** How two numbers are compared. */
  enum Comparison {
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    EQUAL("=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As it is written. */
    public String sign() {
      return sign;
    }

    /** Whether the comparison holds. */
    public boolean holds(double left, double right) {
      return switch (this) {
        case LESS -> left < right;
        case AT_MOST -> left <= right;
        case GREATER -> left > right;
        case AT_LEAST -> left >= right;
        case EQUAL -> left == right;
      };
    }
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException whose message says what was expected
   */
  static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }

  /**
   * The condition as it is written in a route, with single blanks and no parentheses that it can do
   * without. {@link #parse} makes the same condition of it, unless it is too long for that.
   */
  default String text() {
    return ConditionText.of(this);
  }

  /**
   * Whether the condition holds for a case.
   *
   * @param passes of the innermost loop
   * @throws IllegalStateException if it reads a slot that was not written, or of another type
   */
  boolean holds(Case c, int passes);

  /** Whether every slot that the condition reads was written. */
  default boolean canJudge(Case c) {
    return slots().stream().allMatch(c::isWritten);
  }

  /** The slots that the condition reads, each with what it must hold. */
  default List<Slot<?>> slots() {
    return leaves().stream().<Slot<?>>flatMap(leaf -> slotOf(leaf).stream()).distinct().toList();
  }

  /** Whether the condition depends on how many passes of a loop have begun. */
  default boolean countsPasses() {
    return leaves().stream().anyMatch(Passes.class::isInstance);
  }

  private static Optional<Slot<?>> slotOf(Condition leaf) {
    if (leaf instanceof IsTrue c) {
      return Optional.of(new Slot<>(c.slot, Boolean.class));
    } else if (leaf instanceof Compares c) {
      return Optional.of(new Slot<>(c.slot, Double.class));
    } else if (leaf instanceof IsEmpty c) {
      return Optional.of(new Slot<>(c.slot, Mask.class));
    } else if (leaf instanceof IsAbsent c) {
      return Optional.of(new Slot<>(c.slot, Object.class));
    }
    return Optional.empty();
  }

  /** The conditions that this one consists of, down to those that read a slot or the passes. */
  private List<Condition> leaves() {
    List<Condition> leaves = new ArrayList<>();
    collect(this, leaves);
    return leaves;
  }

  private static void collect(Condition condition, List<Condition> leaves) {
    if (condition instanceof And and) {
      collect(and.left, leaves);
      collect(and.right, leaves);
    } else if (condition instanceof Or or) {
      collect(or.left, leaves);
      collect(or.right, leaves);
    } else if (condition instanceof Not not) {
      collect(not.inside, leaves);
    } else {
      leaves.add(condition);
    }
  }

  /**
   * After how many passes at the most the condition no longer holds, whatever the slots hold;
   * nothing if it may hold after as many as a loop may have.
   */
  default OptionalInt mostPasses() {
    return IntStream.rangeClosed(0, RouteStep.Loop.MOST_PASSES)
        .filter(passes -> !canBe(true, this, passes))
        .findFirst();
  }

  /** Whether a condition may hold, or not hold, after some passes, for some values of its slots. */
  private static boolean canBe(boolean held, Condition condition, int passes) {
    if (condition instanceof Passes bound) {
      return bound.comparison.holds(passes, bound.number) == held;
    } else if (condition instanceof Not not) {
      return canBe(!held, not.inside, passes);
    } else if (condition instanceof And and) {
      boolean left = canBe(held, and.left, passes);
      boolean right = canBe(held, and.right, passes);
      return held ? left && right : left || right;
    } else if (condition instanceof Or or) {
      boolean left = canBe(held, or.left, passes);
      boolean right = canBe(held, or.right, passes);
      return held ? left || right : left && right;
    }
    return true;
  }
}
