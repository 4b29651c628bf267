package org.islet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.islet.format.InputRefusedException;
import org.islet.store.Job;
import org.islet.store.JobStore;
import org.islet.store.Request;
import org.jboss.logging.Logger;

/** The doors that are open here, by which CTs are got at. */
final class Doors {

  private static final Logger LOG = Logger.getLogger(Doors.class);

  private final JobStore store;
  private final Map<String, Door> open = new ConcurrentHashMap<>();
  private final Map<String, String> closed = new ConcurrentHashMap<>();

  Doors(JobStore store) {
    this.store = store;
  }

  /** Opens a door; one of its name that is open already makes room for it. */
  void open(Door door) {
    open.put(door.name(), door);
  }

  Set<String> names() {
    return Set.copyOf(open.keySet());
  }

  /** The names of those by which CTs can be got at now. Changes are logged. */
  Set<String> reachable() {
    return open.values().stream()
        .filter(this::isReachable)
        .map(Door::name)
        .collect(Collectors.toSet());
  }

  private boolean isReachable(Door door) {
    Optional<String> why = door.unreachable();
    String before =
        why.map(w -> closed.put(door.name(), w)).orElseGet(() -> closed.remove(door.name()));
    if (why.isPresent() && before == null) {
      LOG.warnf("cases of the %s wait: %s", door.name(), why.get());
    } else if (why.isEmpty() && before != null) {
      LOG.infof("cases of the %s go on", door.name());
    }
    return why.isEmpty();
  }

  /** Why no CT can be got at by doors, as it was last looked, by door. */
  Map<String, String> unreachable() {
    return new TreeMap<>(closed);
  }

  /** The door by which a request came; null if it is not open here. */
  Door of(Request request) {
    return open.get(request.door());
  }

  /** A file that is a case's CT, as a request for it says. */
  record Ct(Request request, Path file) {}

  /**
   * The file of a case's CT: that of any request for it.
   *
   * @throws CaseFailedException if none can ever be had
   * @throws IOException if none can be had now
   */
  Ct ct(Job job) throws CaseFailedException, IOException {
    InputRefusedException refused = null;
    String shut = null;
    for (Request request : store.requests().requestsOf(job.id())) {
      Door door = of(request);
      if (door == null) {
        shut = request.door();
        continue;
      }
      try {
        return new Ct(request, door.ct(request));
      } catch (InputRefusedException e) {
        refused = e;
      }
    }
    if (shut != null) {
      throw new IOException("The door '%s' is shut here.".formatted(shut));
    }
    if (refused != null) {
      throw new CaseFailedException(job.id(), refused.code(), null, refused.getMessage(), refused);
    }
    throw new IOException("Nobody asks for this case.");
  }
}
