package org.islet.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.islet.queue.BrokerCheck;
import org.islet.queue.BrokerException;
import org.islet.queue.QueueSettings;
import org.islet.store.StoreCheck;

/**
 * The queue's broker: whether one elsewhere lets us in, or the one inside the service has its port.
 *
 * @param settings nothing where there is no queue
 * @param data the folder of the home's record, by which a service that runs is known
 */
record BrokerProbe(QueueSettings settings, Path data) implements Probe {

  private static final Duration ANSWER = Duration.ofSeconds(3);

  @Override
  public String part() {
    return "broker";
  }

  @Override
  public String whenSilent() {
    return "Somebody takes connections at %s, but does not answer as a broker; look at it, or set another islet.queue.url."
        .formatted(where());
  }

  private String where() {
    return settings.url().isEmpty()
        ? "%s:%d".formatted(settings.host(), settings.port())
        : settings.url();
  }

  @Override
  public List<Finding> look() {
    try {
      return List.of(settings.url().isEmpty() ? inside() : elsewhere());
    } catch (BrokerException e) {
      return List.of(
          Finding.wrong(
              part(),
              e.getMessage(),
              "Start the broker, or mend islet.queue.url, .user and .password."));
    }
  }

  private Finding elsewhere() {
    BrokerCheck.reach(settings);
    return Finding.ok(part(), where() + " lets us in");
  }

  private Finding inside() {
    settings.requireGuarded();
    return switch (BrokerCheck.port(settings, ANSWER)) {
      case FREE ->
          Finding.ok(
              part(),
              "the one inside the service will listen on %s, which is free".formatted(where()));
      case AMQP ->
          StoreCheck.isServed(data)
              ? Finding.ok(part(), "that of the service that runs answers on " + where())
              : Finding.note(
                  part(),
                  "a broker answers on %s, but no service that runs on this home"
                      .formatted(where()),
                  "If it is not that of an Islet with this home, set islet.queue.port, or islet.queue.url to use it.");
      case TAKEN ->
          Finding.wrong(
              part(),
              "%s cannot be listened on, and no broker answers there".formatted(where()),
              "Set islet.queue.port to a free port, or to 0 for any.");
    };
  }
}
