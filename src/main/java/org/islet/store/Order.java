package org.islet.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What is asked for, beside the CT.
 *
 * @param route the route to take
 * @param priority when its turn comes
 * @param deadline after which nobody wants the result any more; null for never
 * @param force do it again, even if there is a result of the same CT by the same route
 * @param sha256 what the CT's digest must be, in hexadecimal; null if nobody says
 */
public record Order(
    String route, Priority priority, Instant deadline, boolean force, String sha256) {

  public Order {
    Objects.requireNonNull(route);
    Objects.requireNonNull(priority);
  }

  /** An order of nothing but a route. */
  public static Order of(String route) {
    return new Order(route, Priority.ROUTINE, null, false, null);
  }
}
