package org.islet.intake;

import org.islet.request.RequestRefusedException;
import org.islet.store.Incoming;
import org.islet.store.Order;

/** What a door has taken in and makes a request of. */
public interface Submission {

  /**
   * The request.
   *
   * @param route to take where no other is asked for
   * @throws RequestRefusedException if what is asked for cannot be understood; the request is then
   *     {@link #plain}
   */
  Incoming incoming(String route) throws RequestRefusedException;

  /** The request, with nothing asked for that came with it. */
  Incoming plain(Order order);
}
