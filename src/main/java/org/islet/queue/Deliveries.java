package org.islet.queue;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How often messages met trouble, counted here since not every broker tells how often it has
 * delivered a message. It forgets the oldest where there are many, and all with the process.
 */
final class Deliveries {

  private static final int MOST = 1000;

  private final Map<UUID, Integer> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Integer> eldest) {
          return size() > MOST;
        }
      };

  /** Counts a message once more, and tells how often that makes. */
  synchronized int count(Message message) throws JMSException {
    return counts.merge(QueueMessage.print(message), 1, Integer::sum);
  }

  /** How often a message was counted. */
  synchronized int of(Message message) throws JMSException {
    return counts.getOrDefault(QueueMessage.print(message), 0);
  }
}
