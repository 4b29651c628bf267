package org.islet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.islet.job.Role;
import org.islet.job.Workplace;
import org.islet.queue.AllowedInputs;
import org.islet.queue.Download;
import org.islet.queue.QueueComponent;
import org.islet.queue.QueueDoor;
import org.islet.queue.QueueEvents;
import org.islet.queue.QueueService;
import org.islet.queue.QueueSettings;
import org.islet.queue.QueueValve;
import org.islet.request.SegmentationRequest;
import org.islet.store.JobStore;
import org.islet.web.Monitors;

/** The queue as settings want it, and what joins it to the work. */
final class QueueParts implements AutoCloseable {

  /** The folder below the home whose files requests may name where no other is set. */
  static final String INPUTS = "inputs";

  private final Role role;
  private final QueueService service;
  private final QueueDoor door;
  private QueueEvents events;
  private QueueValve valve;

  /**
   * Starts the broker, if it is inside.
   *
   * @param role of this process; one that takes nothing in only reaches what others do
   * @param data where it keeps its messages
   * @throws org.islet.queue.BrokerException if it cannot start, or the settings do not fit
   */
  QueueParts(Role role, Settings settings, Path home, Path data) {
    this.role = role;
    Settings.Queue queue = settings.queue();
    Path downloads = made(data.resolve("downloads"));
    Download download =
        new Download(
            queue.httpAllowed().orElse(List.of()),
            downloads,
            settings.input().maxBytes().asLongValue(),
            queue.httpPatience());
    List<Path> roots =
        queue.roots().isPresent() ? queue.roots().get() : List.of(made(home.resolve(INPUTS)));
    service = new QueueService(settings(queue), data.resolve("broker"));
    door = new QueueDoor(service, new AllowedInputs(roots, download), downloads);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static QueueSettings settings(Settings.Queue queue) {
    return new QueueSettings(
        queue.url().orElse(""),
        queue.user().orElse(""),
        queue.password().orElse(""),
        queue.host(),
        queue.port(),
        queue.requests(),
        queue.deadLetters(),
        queue.events(),
        queue.consumers());
  }

  QueueDoor door() {
    return door;
  }

  QueueService service() {
    return service;
  }

  /** Shows whether the broker is there, and what waits in it. */
  void showOn(Monitors monitors) {
    monitors.readiness().need("broker", service::trouble);
    monitors.metrics().showQueues(service.depths());
  }

  /** Tells of cases by events. */
  QueueEvents events(JobStore store) {
    events = new QueueEvents(service, store);
    return events;
  }

  /** Where the broker inside the process is reached, if there is one. */
  Optional<String> address() {
    return service.address();
  }

  /** Lets Camel reach the broker, and work be asked for through it. */
  void join(CamelContext context, Workplace workplace, JobStore store) {
    context.addComponent(QueueComponent.SCHEME, service.component());
    if (role.takesIn()) {
      clearDownloads(store);
      Thread warming = new Thread(SegmentationRequest::warm, "islet-warm");
      warming.setDaemon(true);
      warming.start();
    }
    workplace.open(door);
  }

  private void clearDownloads(JobStore store) {
    try {
      door.clearDownloads(store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shuts and opens the routes that take messages in, from now on. */
  void guard(CamelContext context, Workplace workplace) {
    valve = new QueueValve(context, workplace.gate(), service).start();
  }

  /** Ends the guard; what is still to be sent can be. */
  void endGuard() {
    if (valve != null) {
      valve.close();
    }
  }

  @Override
  public void close() {
    if (events != null) {
      events.close();
    }
    service.close();
  }
}
