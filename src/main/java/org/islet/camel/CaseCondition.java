package org.islet.camel;

import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.islet.route.Condition;
import org.islet.stage.Case;

/** A condition on the case in the message's body. */
record CaseCondition(Condition condition) implements Predicate {

  @Override
  public boolean matches(Exchange exchange) {
    Passes passes = Passes.of(exchange);
    return condition.holds(caseOf(exchange), passes == null ? 0 : passes.begun());
  }

  /** The case that a message carries. */
  static Case caseOf(Exchange exchange) {
    return Objects.requireNonNull(
        exchange.getMessage().getBody(Case.class), "a segmentation route got no case");
  }
}
