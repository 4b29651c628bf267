package org.islet.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.islet.intake.InboxFolders.Claim;
import org.islet.job.CrashPoint;
import org.islet.job.FailureText;
import org.islet.job.Presence;
import org.islet.job.Workplace;
import org.jboss.logging.Logger;

/**
 * Polls a folder intake, since network drives tell of no events. A CT that is complete is claimed
 * by rename and sent down the route; a claim that no record tells of, since its worker went away in
 * between, is sent again.
 */
final class InboxConsumer extends ScheduledPollConsumer {

  private static final Logger LOG = Logger.getLogger(InboxConsumer.class);
  private static final long DEFAULT_DELAY_MS = 500;
  private static final Duration RECOVERY = Duration.ofSeconds(5);

  private final FolderDoor door;
  private final InboxFolders folders;
  private final Sightings sightings;
  private final Workplace workplace;
  private final Duration lease;
  private Presence presence;
  private long recovered;
  private String lastTrouble = "";

  InboxConsumer(
      ScheduledPollEndpoint endpoint,
      Processor processor,
      InboxFolders folders,
      FolderDoor door,
      Sightings.Rule rule,
      Workplace workplace) {
    super(endpoint, processor);
    this.folders = folders;
    this.door = door;
    this.sightings = new Sightings(rule);
    this.workplace = workplace;
    this.lease = workplace.lease();
    setDelay(DEFAULT_DELAY_MS);
    setInitialDelay(0);
  }

  @Override
  protected void doStart() throws Exception {
    folders.make();
    workplace.open(door);
    super.doStart();
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    if (presence != null) {
      presence.close();
      presence = null;
    }
  }

  @Override
  protected int poll() {
    try {
      int taken = folders.areThere() ? look() : away();
      lastTrouble = taken < 0 ? lastTrouble : "";
      return Math.max(0, taken);
    } catch (IOException | RuntimeException e) {
      tell(FailureText.ofCause(e) + " (" + e.getClass().getSimpleName() + ")");
      return 0;
    }
  }

  private int away() {
    tell("its folders are not there; it waits until they are back");
    return -1;
  }

  private void tell(String trouble) {
    if (!trouble.equals(lastTrouble)) {
      LOG.errorf("the %s takes nothing in: %s", door.name(), trouble);
    }
    lastTrouble = trouble;
  }

  private int look() throws IOException {
    if (presence == null || presence.isAbsent(workplace.workerId())) {
      presence = Presence.announce(folders.inProgress(), workplace.workerId(), lease);
    }
    if (System.nanoTime() - recovered > RECOVERY.toNanos() || recovered == 0) {
      presence.touch();
      recover();
      recovered = System.nanoTime();
    }
    if (workplace.gate().shut(door.name()).isPresent()) {
      return 0;
    }
    int taken = 0;
    for (Path ct : sightings.complete(folders.arrivals())) {
      if (isStopping() || isSuspending()) {
        break;
      }
      taken += take(ct) ? 1 : 0;
    }
    return taken;
  }

  private boolean take(Path ct) {
    return tried(
        () -> {
          var claim = folders.claim(ct, workplace.workerId());
          CrashPoint.reached("claimed");
          if (claim.isPresent()) {
            submit(claim.get());
          }
          return claim.isPresent();
        });
  }

  private interface Attempt {
    boolean make() throws Exception;
  }

  /** Trouble with one CT's files leaves the others alone. */
  private boolean tried(Attempt attempt) {
    try {
      return attempt.make();
    } catch (Exception e) {
      LOG.errorf(
          "a CT of the %s cannot be taken in now: %s (%s)",
          door.name(), FailureText.ofCause(e), e.getClass().getSimpleName());
      LOG.debug("the failure", e);
      return false;
    }
  }

  /** Submits claims that no open request is for, of workers that are gone and of this one. */
  private void recover() throws IOException {
    Supplier<Set<String>> open = () -> new HashSet<>(workplace.openKeys(door.name()));
    Set<String> known = null;
    for (Claim claim : folders.claims()) {
      if (isOurs(claim.worker())) {
        known = known == null ? open.get() : known;
        if (!known.contains(claim.name())) {
          tried(
              () -> {
                folders.completed(claim);
                submit(claim);
                return true;
              });
        }
      }
    }
    presence.tidy();
  }

  private boolean isOurs(String worker) {
    return worker.equals(workplace.workerId())
        || presence.isGone(worker)
        || presence.isAbsent(worker);
  }

  private void submit(Claim claim) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(door.submission(claim));
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }
}
