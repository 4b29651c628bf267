package org.islet.camel;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.islet.route.Condition;
import org.islet.route.Condition.And;
import org.islet.route.Condition.Compares;
import org.islet.route.Condition.IsAbsent;
import org.islet.route.Condition.IsEmpty;
import org.islet.route.Condition.IsTrue;
import org.islet.route.Condition.Not;
import org.islet.route.Condition.Or;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.volume.Mask;

/** A condition on the case in the message's body. */
record CaseCondition(Condition condition) implements Predicate {

  @Override
  public boolean matches(Exchange exchange) {
    Passes passes = Passes.of(exchange);
    return holds(condition, caseOf(exchange), passes == null ? 0 : passes.begun());
  }

  /** The case that a message carries. */
  static Case caseOf(Exchange exchange) {
    return Objects.requireNonNull(
        exchange.getMessage().getBody(Case.class), "a segmentation route got no case");
  }

  /** Whether every slot that a condition reads was written. */
  static boolean canJudge(Condition condition, Case c) {
    return condition.slots().stream().allMatch(c::isWritten);
  }

  /**
   * Whether a condition holds.
   *
   * @param passes of the innermost loop
   * @throws IllegalStateException if it reads a slot that was not written, or of another type
   */
  static boolean holds(Condition condition, Case c, int passes) {
    if (condition instanceof And and) {
      return holds(and.left(), c, passes) && holds(and.right(), c, passes);
    } else if (condition instanceof Or or) {
      return holds(or.left(), c, passes) || holds(or.right(), c, passes);
    } else if (condition instanceof Not not) {
      return !holds(not.inside(), c, passes);
    } else if (condition instanceof IsTrue is) {
      return c.find(new Slot<>(is.slot(), Boolean.class)).orElse(false);
    } else if (condition instanceof IsEmpty is) {
      return c.find(new Slot<>(is.slot(), Mask.class)).map(Mask::isEmpty).orElse(true);
    } else if (condition instanceof IsAbsent is) {
      return c.find(new Slot<>(is.slot(), Object.class)).isEmpty();
    } else if (condition instanceof Compares compares) {
      return c.find(new Slot<>(compares.slot(), Double.class))
          .filter(value -> compares.comparison().holds(value, compares.number()))
          .isPresent();
    }
    Condition.Passes bound = (Condition.Passes) condition;
    return bound.comparison().holds(passes, bound.number());
  }
}
