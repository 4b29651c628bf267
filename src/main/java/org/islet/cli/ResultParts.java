package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.islet.intake.ResultShelf;
import org.islet.intake.Shelf;
import org.islet.intake.StoredResultShelf;
import org.islet.job.FailureText;
import org.islet.job.ResultPlace;
import org.islet.object.S3Address;
import org.islet.object.S3Connection;
import org.islet.publish.ResultFolder;
import org.islet.publish.ResultObjects;
import org.islet.store.JobStore;
import org.jboss.logging.Logger;

/**
 * The place of results as settings want it.
 *
 * @param folders those that must be there for it
 * @param trouble why no result can be put there now, as a sentence
 * @param shelf of the results, for a record
 * @param watch to be closed with the service
 */
record ResultParts(
    ResultPlace place,
    List<Path> folders,
    Supplier<Optional<String>> trouble,
    Function<JobStore, Shelf> shelf,
    Optional<StorageWatch> watch)
    implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ResultParts.class);
  static final String RESULTS = "results";
  private static final Duration LOOK = Duration.ofSeconds(5);

  /**
   * @param storage is there if the setting leads to it
   * @param scratch a folder for files that are on their way
   * @throws SettingException if results would not be safe there
   */
  static ResultParts of(
      Settings settings, Path home, Optional<S3Connection> storage, Path scratch) {
    String place = settings.results().orElse(home.resolve(RESULTS).toString());
    if (ObjectStorage.isAddress(place)) {
      S3Address root = ObjectStorage.address("islet.results", place);
      return inStorage(root, storage.orElseThrow(), scratch);
    }
    return inFolder(Path.of(place));
  }

  /** Where the folder of results leads to a drive that is not there yet, the doors wait for it. */
  private static ResultParts inFolder(Path folder) {
    ResultFolder results = new ResultFolder(folder);
    try {
      results.open();
    } catch (IOException e) {
      LOG.warnf("the folder of results cannot be opened: %s", FailureText.withoutNames(e));
    }
    return new ResultParts(
        results,
        List.of(folder),
        Optional::empty,
        store -> new ResultShelf(folder, store),
        Optional.empty());
  }

  private static ResultParts inStorage(S3Address root, S3Connection storage, Path scratch) {
    ResultObjects results = objects(root, storage, scratch);
    StorageWatch watch = new StorageWatch(results, LOOK);
    return new ResultParts(
        results,
        List.of(),
        watch::trouble,
        store -> new StoredResultShelf(results, store),
        Optional.of(watch));
  }

  private static ResultObjects objects(S3Address root, S3Connection storage, Path scratch) {
    try {
      return new ResultObjects(storage.store(root), scratch);
    } catch (IllegalArgumentException e) {
      throw new SettingException(
          "islet.results is '%s'; a key of names of letters, digits, dots, hyphens and underscores is expected."
              .formatted(root));
    }
  }

  @Override
  public void close() {
    watch.ifPresent(StorageWatch::close);
  }
}
