package org.islet.camel;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * What branches end in: the failure of the first, in the order in which they are written, that
 * failed; else the case.
 */
record FirstFailure() implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange former, Exchange next) {
    return former != null && former.getException() != null ? former : next;
  }
}
