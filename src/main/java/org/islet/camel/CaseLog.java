package org.islet.camel;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.islet.route.RouteStep.Log;
import org.jboss.logging.Logger;

/** Writes a route's own line to the log, behind the case's id. */
record CaseLog(Log log) implements Processor {

  private static final Logger LOG = Logger.getLogger("org.islet.routes");

  @Override
  public void process(Exchange exchange) {
    LOG.logf(
        Logger.Level.valueOf(log.level().name()),
        "case %s: %s",
        CaseCondition.caseOf(exchange).id(),
        log.text());
  }
}
