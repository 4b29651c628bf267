package org.islet.queue;

import java.nio.file.Path;
import java.util.Set;

/**
 * What the broker inside the process is to be.
 *
 * @param folder where all that it keeps lies; nothing else may be in it
 * @param host the address that it listens on
 * @param port the port that it listens on, or 0 for a free one
 * @param user who may connect, or empty for everybody who can reach the port
 * @param password the user's
 * @param queues that are there from the beginning, and stay
 * @param topics that are there from the beginning, and stay
 */
public record BrokerSettings(
    Path folder,
    String host,
    int port,
    String user,
    String password,
    Set<String> queues,
    Set<String> topics) {

  @Override
  public String toString() {
    return "the broker on %s:%d in %s".formatted(host, port, folder);
  }
}
