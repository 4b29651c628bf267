package org.islet.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.islet.route.RouteStep.Loop;
import org.islet.stage.Case;

/**
 * Whether a loop has another pass. A condition that reads a slot that only the passes write cannot
 * be judged before the first, which then takes place. Camel asks also after a pass that failed.
 */
record NextPass(Loop loop) implements Predicate {

  @Override
  public boolean matches(Exchange exchange) {
    int passes = Passes.of(exchange).begun();
    if (exchange.getException() != null || passes >= loop.passes()) {
      return false;
    }
    Case c = CaseCondition.caseOf(exchange);
    return loop.condition().isEmpty()
        || (passes == 0 && !loop.condition().get().canJudge(c))
        || loop.condition().get().holds(c, passes);
  }
}
