package org.islet.queue;

import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;

/**
 * Which headers of a message get in: none with which Camel could be told what to do, however its
 * name is written.
 */
final class OutsideHeaders extends JmsHeaderFilterStrategy {

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return steers(name) || super.applyFilterToExternalHeaders(name, value, exchange);
  }

  /** Whether Camel takes a header for its own; JMS writes dots and hyphens as words. */
  static boolean steers(String name) {
    String letters =
        name.replaceAll("_(DOT|HYPHEN)_", "").replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    return letters.startsWith("camel") || letters.startsWith("orgapachecamel");
  }
}
