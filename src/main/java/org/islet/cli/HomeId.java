package org.islet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.islet.job.Role;
import org.islet.store.JobStore;
import org.islet.store.StoreException;
import org.jboss.logging.Logger;

/**
 * Tells homes apart. A record's folders lie in one home: what a process with another one takes in
 * could not be found by the rest, and it could not find what they do.
 */
final class HomeId {

  private static final Logger LOG = Logger.getLogger(HomeId.class);
  private static final String FILE = "home.id";
  private static final String WAITING =
      "it waits for an intake, which says in which home the record's folders lie";
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Path file;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * @param data the home's folder of data
   */
  HomeId(Path data) {
    this.file = data.resolve(FILE);
  }

  /**
   * Whether a record's folders lie in this home. The first to take anything in says which it is;
   * others wait for that.
   *
   * @param waiting is done while it is waited; what it throws ends that
   * @throws StoreException if they lie in another one, and this process is to take in
   * @throws IOException if the home cannot be read or written
   */
  boolean belongsTo(JobStore store, Role role, Runnable waiting) throws IOException {
    String home = role.takesIn() ? store.home(madeId()) : awaited(store, waiting);
    Optional<String> own = id();
    boolean same = own.equals(Optional.of(home));
    if (!same && role.takesIn()) {
      throw new StoreException(
          "The record at islet.store.url belongs to another home (%s; this one is %s). Share that home, or take a database of its own. Where that home is gone for good, run 'delete from home' in the database, and start again."
              .formatted(home, own.orElse("none")));
    }
    if (!same) {
      LOG.info(
          "this home is not that of the record: CTs that came by its folders are left to others");
    }
    return same;
  }

  private String awaited(JobStore store, Runnable waiting) {
    Optional<String> home = store.home();
    if (home.isEmpty()) {
      LOG.info(WAITING);
      trouble = Optional.of(WAITING);
    }
    while (home.isEmpty()) {
      waiting.run();
      LockSupport.parkNanos(LOOK.toNanos());
      home = store.home();
    }
    trouble = Optional.empty();
    return home.get();
  }

  /** What is waited for; nothing if nothing is. */
  Optional<String> trouble() {
    return trouble;
  }

  private Optional<String> id() throws IOException {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip())
          .filter(id -> !id.isEmpty());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private String madeId() throws IOException {
    Optional<String> there = id();
    if (there.isPresent()) {
      return there.get();
    }
    try {
      Files.writeString(
          file,
          UUID.randomUUID() + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      // Another process on this home was quicker.
    }
    return id().orElseThrow(
            () ->
                new IOException(
                    "The home's file data/%s is empty. Delete it, and start again."
                        .formatted(FILE)));
  }
}
