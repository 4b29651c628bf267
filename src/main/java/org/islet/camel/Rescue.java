package org.islet.camel;

import java.util.Set;
import org.apache.camel.Exchange;
import org.islet.stage.Case;

/**
 * What a doTry does to a case whose stage failed: what was written inside is forgotten, and whoever
 * reads the result is told.
 *
 * @param number of the doTry, its own among those that a case may pass
 * @param written the slots that are written inside
 */
record Rescue(int number, Set<String> written) {

  void remember(Exchange exchange) {
    exchange.setProperty(property(), Passes.of(exchange));
  }

  void restore(Exchange exchange) {
    Passes.set(exchange, exchange.getProperty(property(), Passes.class));
    Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Case c = CaseCondition.caseOf(exchange);
    c.forget(written);
    c.warn("%s The route went on another way.".formatted(failure.getMessage()));
  }

  private String property() {
    return "islet.try:" + number;
  }
}
