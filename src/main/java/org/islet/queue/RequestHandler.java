package org.islet.queue;

import java.io.IOException;
import org.islet.request.RequestRefusedException;
import org.islet.store.Request;

/** Takes requests on. */
@FunctionalInterface
public interface RequestHandler {

  /**
   * Makes a request a case that outlives this process; the message is acknowledged when this
   * returns. The same request may come more than once.
   *
   * @throws RequestRefusedException if it is never to be taken; its message becomes a dead letter
   * @throws IOException if it cannot be kept now; its message comes again, for as long as it must
   */
  void accept(ReceivedRequest request) throws RequestRefusedException, IOException;

  /** Whether messages are taken now; one that came all the same is left to come again. */
  default boolean isOpen() {
    return true;
  }

  /**
   * Hears of a message that became a dead letter without having been taken on.
   *
   * @param request what is known of it; it is in no record
   */
  default void refused(Request request) {}
}
