package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jboss.logging.Logger;

/**
 * Polls a folder intake. A CT is complete when its size and time of change have been the same for
 * several polls; then it is claimed by rename, sent down the route, and moved to {@code done} or
 * {@code failed}. One CT is under way at a time.
 */
final class InboxConsumer extends ScheduledPollConsumer {

  private static final Logger LOG = Logger.getLogger(InboxConsumer.class);
  private static final long DEFAULT_DELAY_MS = 500;

  private final InboxFolders folders;
  private final int stablePolls;
  private Map<Path, Sighting> seen = new HashMap<>();

  /**
   * What was seen of a CT's files.
   *
   * @param polls how many polls in a row saw the same
   */
  private record Sighting(List<Long> sizes, List<FileTime> times, int polls) {

    Sighting after(Sighting before) {
      boolean same = before != null && sizes.equals(before.sizes) && times.equals(before.times);
      return new Sighting(sizes, times, same ? before.polls + 1 : 1);
    }
  }

  InboxConsumer(
      ScheduledPollEndpoint endpoint, Processor processor, InboxFolders folders, int stablePolls) {
    super(endpoint, processor);
    this.folders = folders;
    this.stablePolls = stablePolls;
    setDelay(DEFAULT_DELAY_MS);
    setInitialDelay(0);
  }

  @Override
  protected void doStart() throws Exception {
    folders.releaseAll();
    super.doStart();
  }

  @Override
  protected int poll() throws IOException {
    Map<Path, Sighting> now = new HashMap<>();
    List<Path> complete = new ArrayList<>();
    for (Path ct : folders.arrivals()) {
      look(ct).ifPresent(sighting -> now.put(ct, sighting.after(seen.get(ct))));
      if (now.containsKey(ct) && now.get(ct).polls() >= stablePolls) {
        complete.add(ct);
      }
    }
    seen = now;
    int taken = 0;
    for (Path ct : complete) {
      if (isStopping() || isSuspending()) {
        break;
      }
      taken += take(ct) ? 1 : 0;
    }
    return taken;
  }

  /** Takes one CT through its life; trouble with its files leaves the others alone. */
  private boolean take(Path ct) {
    try {
      Optional<Path> claimed = folders.claim(ct);
      if (claimed.isPresent()) {
        process(claimed.get());
      }
      return claimed.isPresent();
    } catch (IOException e) {
      LOG.errorf(
          "a file of the intake cannot be moved (%s); look at the disk's space and permissions",
          e.getClass().getSimpleName());
      return false;
    }
  }

  private Optional<Sighting> look(Path ct) throws IOException {
    List<Long> sizes = new ArrayList<>();
    List<FileTime> times = new ArrayList<>();
    try {
      for (Path file : folders.filesOf(ct)) {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        sizes.add(attributes.size());
        times.add(attributes.lastModifiedTime());
      }
      return Optional.of(new Sighting(sizes, times, 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void process(Path ct) throws IOException {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(ct);
      getProcessor().process(exchange);
    } catch (Exception | Error e) { // nothing that a case does ends the intake
      exchange.setException(e);
    }
    Throwable failure = exchange.getException();
    releaseExchange(exchange, false);
    if (failure == null) {
      folders.finish(ct);
    } else {
      FailureReason reason = FailureReason.of(failure);
      LOG.warnf("case %s failed: %s: %s", reason.caseId(), reason.code(), reason.reason());
      LOG.debug("the failure", failure);
      folders.fail(ct, reason);
    }
  }
}
