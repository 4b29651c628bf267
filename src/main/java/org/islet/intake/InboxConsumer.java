package org.islet.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.islet.intake.Sightings.Complete;
import org.islet.job.CrashPoint;
import org.islet.job.FailureText;
import org.islet.job.Presence;
import org.islet.job.Troubles;
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

  /** How often in the time of a lease it is looked for workers that are gone. */
  private static final int RECOVERIES = 12;

  /** How long a round takes CTs in, before it looks around again. */
  private static final Duration ROUND = Duration.ofSeconds(2);

  /** After which it is told that a file of options has no CT. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final FolderDoor door;
  private final InboxFolders folders;
  private final Claims claims;
  private final Sightings sightings;
  private final Workplace workplace;
  private final Troubles troubles = new Troubles();
  private final LoneOptions loneOptions = new LoneOptions(PATIENCE);
  private Presence presence;
  private boolean made;
  private long recovered;
  private boolean outOfOrder;

  InboxConsumer(
      ScheduledPollEndpoint endpoint,
      Processor processor,
      InboxFolders folders,
      Claims claims,
      FolderDoor door,
      Sightings.Rule rule,
      Workplace workplace) {
    super(endpoint, processor);
    this.folders = folders;
    this.claims = claims;
    this.door = door;
    this.sightings = new Sightings(rule);
    this.workplace = workplace;
    setDelay(DEFAULT_DELAY_MS);
    setInitialDelay(0);
  }

  @Override
  protected void doStart() throws Exception {
    try {
      make();
    } catch (IOException e) { // their drive may come later
      tell(FailureText.withoutNames(e));
    }
    workplace.open(door);
    super.doStart();
  }

  /** Makes the folders once: later on, one that is missing is on a drive that went away. */
  private void make() throws IOException {
    if (!made) {
      folders.make();
      made = true;
    }
  }

  @Override
  protected int poll() {
    try {
      Optional<String> trouble = trouble();
      if (trouble.isPresent()) {
        tell(trouble.get());
        return 0;
      }
      int taken = look();
      if (outOfOrder) {
        worksAgain();
      }
      return taken;
    } catch (IOException | RuntimeException | Error e) { // Camel would poll no more after an error
      tell(FailureText.withoutNames(e));
      return 0;
    }
  }

  private void worksAgain() {
    outOfOrder = false;
    troubles.over();
    workplace.gate().inOrder(door.name());
    if (!workplace.gate().shutDoors().containsKey(door.name())) {
      LOG.infof("the %s takes CTs in again", door.name());
    }
  }

  private void tell(String trouble) {
    outOfOrder = true;
    workplace.gate().outOfOrder(door.name(), trouble);
    if (troubles.isNews(trouble)) {
      LOG.errorf("the %s takes nothing in: %s", door.name(), trouble);
    }
  }

  private Optional<String> trouble() throws IOException {
    make();
    return folders
        .missing()
        .map("%s not there; it waits until they are back"::formatted)
        .or(
            () ->
                folders
                    .apart()
                    .map(
                        ("%s on another file system than 'in', but files are moved by renames alone. Put all four"
                                + " folders on the same.")
                            ::formatted));
  }

  private int look() throws IOException {
    if (presence == null) {
      presence = workplace.showIn(folders.inProgress());
    }
    if (recovered == 0
        || System.nanoTime() - recovered > workplace.lease().toNanos() / RECOVERIES) {
      presence.touch();
      recover();
      recovered = System.nanoTime();
    }
    return workplace.gate().shut(door.name()).isPresent() ? 0 : takeIn();
  }

  private int takeIn() throws IOException {
    Arrivals arrivals = Arrivals.in(folders.in());
    long end = System.nanoTime() + ROUND.toNanos();
    int taken = 0;
    for (Complete ct : sightings.complete(arrivals)) {
      if (isStopping() || isSuspending() || System.nanoTime() > end) {
        break;
      }
      taken += take(ct) ? 1 : 0;
    }
    lookAtOptions(arrivals.loneOptions());
    lookAtUnreadable(arrivals.unreadable());
    return taken;
  }

  private boolean take(Complete ct) {
    return tried(
        () -> {
          Optional<Claim> claim = claims.take(ct);
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
      if (troubles.isNews(FailureText.withoutNames(e))) {
        LOG.errorf(
            "a CT of the %s cannot be taken in now: %s", door.name(), FailureText.withoutNames(e));
      }
      LOG.debug("the failure", e);
      return false;
    }
  }

  /** Says that options have no CT, since they would go with the next one of that name. */
  private void lookAtOptions(Set<Path> lone) {
    long late = loneOptions.late(lone);
    if (late > 0 && troubles.isNews("options " + late)) {
      LOG.warnf(
          "%d file(s) of options in the %s have no CT beside them. They go with the next CT of their name; take"
              + " them away if none is to come.",
          late, door.name());
    }
  }

  /** Says that what lies in some subfolders is not taken, since nothing else would. */
  private void lookAtUnreadable(List<IOException> failures) {
    if (!failures.isEmpty() && troubles.isNews("unreadable " + failures.size())) {
      LOG.warnf(
          "%d subfolder(s) in the %s cannot be looked into (%s), and CTs there are not taken. Let the service's"
              + " user read them.",
          failures.size(), door.name(), FailureText.withoutNames(failures.get(0)));
    }
  }

  /**
   * Takes over the claims of workers that are gone, and submits those that no open request is for.
   * A claim whose request is in another record gets a new key, so that record can find it no more;
   * for one that our own record has open it is enough that its worker is not there.
   */
  private void recover() throws IOException {
    List<String> names = claims.names();
    if (!names.isEmpty()) {
      Set<String> open = new HashSet<>(workplace.openKeys(door.name()));
      Map<String, Boolean> lost = new HashMap<>();
      for (String claim : names) {
        tried(() -> recovered(claim, open.contains(Claim.keyOf(claim)), lost));
      }
    }
    presence.tidy();
  }

  private boolean recovered(String claim, boolean isOpen, Map<String, Boolean> lost)
      throws Exception {
    String worker = Claim.workerOf(claim);
    boolean own = worker.equals(workplace.workerId());
    if (!own
        && !lost.computeIfAbsent(worker, presence::isLost)
        && !(isOpen && presence.isAbsent(worker))) {
      return false;
    }
    Optional<String> mine = own ? Optional.of(claim) : claims.takeOver(claim, isOpen);
    if (mine.isPresent() && !isOpen) {
      Optional<Claim> left = claims.in(mine.get());
      if (left.isPresent()) {
        submit(left.get());
      }
    }
    return mine.isPresent();
  }

  private void submit(Claim claim) throws Exception {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(door.submission(claim, claims.completed(claim)));
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }
}
