package org.islet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.islet.job.Role;
import org.islet.job.Workplace;
import org.islet.object.S3Connection;
import org.islet.queue.AllowedInputs;
import org.islet.queue.Download;
import org.islet.queue.QueueComponent;
import org.islet.queue.QueueDoor;
import org.islet.queue.QueueEvents;
import org.islet.queue.QueueService;
import org.islet.queue.QueueSettings;
import org.islet.queue.QueueValve;
import org.islet.queue.StoredInputs;
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
  private final boolean hasRoots;
  private QueueEvents events;
  private QueueValve valve;

  /**
   * Starts the broker, if it is inside.
   *
   * @param role of this process; one that takes nothing in only reaches what others do
   * @param data where it keeps its messages
   * @param storage is there if requests may name objects
   * @throws org.islet.queue.BrokerException if it cannot start, or the settings do not fit
   */
  QueueParts(Role role, Settings settings, Path home, Path data, Optional<S3Connection> storage) {
    this.role = role;
    Path downloads = made(data.resolve("downloads"));
    AllowedInputs inputs = inputs(settings, home, downloads, storage);
    service = new QueueService(settings(settings.queue()), data.resolve("broker"));
    door = new QueueDoor(service, inputs, downloads);
    hasRoots = settings.queue().roots().isPresent();
  }

  private static AllowedInputs inputs(
      Settings settings, Path home, Path downloads, Optional<S3Connection> storage) {
    Settings.Queue queue = settings.queue();
    long most = settings.input().maxBytes().asLongValue();
    Download download =
        new Download(queue.httpAllowed().orElse(List.of()), downloads, most, queue.httpPatience());
    Map<Boolean, List<String>> roots =
        queue.roots().orElseGet(() -> List.of(made(home.resolve(INPUTS)).toString())).stream()
            .collect(Collectors.partitioningBy(ObjectStorage::isAddress));
    StoredInputs objects =
        new StoredInputs(
            roots.get(true).stream()
                .map(root -> ObjectStorage.address("islet.queue.roots", root))
                .toList(),
            from -> storage.orElseThrow().get(from),
            downloads,
            most,
            queue.httpPatience());
    return new AllowedInputs(roots.get(false).stream().map(Path::of).toList(), download, objects);
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

  /** Shows what waits in the broker, and whether it is there to who takes messages from it. */
  void showOn(Monitors monitors) {
    if (role.takesIn()) {
      monitors.readiness().need("broker", service::trouble);
    }
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

  /**
   * Lets Camel reach the broker, and work be asked for through it.
   *
   * @param ownHome whether the record's folders lie in this process's home; if not, it reaches only
   *     inputs whose places are set
   */
  void join(CamelContext context, Workplace workplace, JobStore store, boolean ownHome) {
    context.addComponent(QueueComponent.SCHEME, service.component());
    if (role.takesIn() || !ownHome) {
      clearDownloads(store);
    }
    if (role.takesIn()) {
      Thread warming = new Thread(SegmentationRequest::warm, "islet-warm");
      warming.setDaemon(true);
      warming.start();
    }
    if (!ownHome) {
      door.keepNothing();
    }
    if (ownHome || hasRoots) {
      workplace.open(door);
    }
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
