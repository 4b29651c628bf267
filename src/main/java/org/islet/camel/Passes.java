package org.islet.camel;

import org.apache.camel.Exchange;

/**
 * How many passes of a loop have begun, kept with the exchange. Branches have copies of their own.
 *
 * @param begun of the innermost loop
 * @param outer of the loop around it; null if there is none
 */
record Passes(int begun, Passes outer) {

  private static final String PROPERTY = "islet.passes";

  static void begin(Exchange exchange) {
    set(exchange, new Passes(0, of(exchange)));
  }

  static void next(Exchange exchange) {
    Passes now = of(exchange);
    set(exchange, new Passes(now.begun + 1, now.outer));
  }

  static void end(Exchange exchange) {
    set(exchange, of(exchange).outer);
  }

  /** Of the innermost loop; null outside of loops. */
  static Passes of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Passes.class);
  }

  static void set(Exchange exchange, Passes passes) {
    exchange.setProperty(PROPERTY, passes);
  }
}
