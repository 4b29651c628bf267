package org.islet.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What can be set of the queue; {@code docs/queue.md} explains it.
 *
 * @param url the broker, or empty for the one inside the process
 * @param user empty for none
 * @param host where the broker inside the process listens
 * @param port the same, 0 for a free one
 * @param requests the queue of requests
 * @param deadLetters the queue of those that were not taken
 * @param events the topic of events
 * @param consumers how many requests are taken at one time
 */
public record QueueSettings(
    String url,
    String user,
    String password,
    String host,
    int port,
    String requests,
    String deadLetters,
    String events,
    int consumers) {

  /** Where the broker inside the process is reached from inside the process. */
  String embeddedUrl(int actualPort) {
    return "amqp://%s:%d".formatted(reachableHost(), actualPort);
  }

  /** An address at which this machine reaches the broker inside the process. */
  String reachableHost() {
    return address().isAnyLocalAddress() ? "127.0.0.1" : host;
  }

  /**
   * Requires a user where others than this machine's reach the broker inside the process.
   *
   * @throws BrokerException if there is none
   */
  public void requireGuarded() {
    if (!address().isLoopbackAddress() && (user.isEmpty() || password.isEmpty())) {
      throw new BrokerException(
          "islet.queue.host is %s, which other machines can reach: set islet.queue.user and"
                  .formatted(host)
              + " islet.queue.password too, or keep to 127.0.0.1.");
    }
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new BrokerException(
          "islet.queue.host is %s, which is no address of this machine.".formatted(host), e);
    }
  }
}
