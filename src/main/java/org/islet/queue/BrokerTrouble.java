package org.islet.queue;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import org.islet.job.FailureText;
import org.islet.store.Causes;

/** What people are told of a broker that cannot be asked. */
final class BrokerTrouble {

  private BrokerTrouble() {}

  /** Qpid's client stumbles over itself where its connection ends under a call. */
  static String of(Exception failure) {
    boolean ofClient =
        Causes.of(failure)
            .anyMatch(e -> e instanceof JMSException || e instanceof JMSRuntimeException);
    return ofClient && Causes.root(failure) instanceof NullPointerException
        ? "the connection to the broker was lost"
        : FailureText.ofCause(failure);
  }
}
