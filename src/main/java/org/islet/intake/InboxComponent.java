package org.islet.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.islet.job.Workplace;

/**
 * The {@code inbox:} component: {@code inbox:intake} watches {@code intake/in} below Islet's home,
 * and sends each CT that is complete down its route. Options are those of Camel's polling consumers
 * ({@code delay}, {@code initialDelay}, …), {@code doneMarker}, {@code stablePolls}, {@code minAge}
 * and {@code halfAge} (ms).
 */
public final class InboxComponent extends DefaultComponent {

  /** The component's scheme. */
  public static final String SCHEME = "inbox";

  /** The folder whose door is called just so. */
  static final String USUAL = "intake";

  /** The usual door's name. */
  public static final String DOOR = "folder";

  private static final int STABLE_POLLS = 3;
  private static final long MIN_AGE_MS = 1000;
  private static final long HALF_AGE_MS = 60_000;

  private static final String OTHER = DOOR + ":";

  private static final Pattern ORIGIN = Pattern.compile(SCHEME + ":(?://)?([^?]+)(?:\\?.*)?");

  private final Path home;
  private final Workplace workplace;
  private final Set<Path> done = ConcurrentHashMap.newKeySet();

  /**
   * @param home what folder names are relative to
   */
  public InboxComponent(Path home, Workplace workplace) {
    this.home = home;
    this.workplace = workplace;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    int looks = getAndRemoveParameter(parameters, "stablePolls", Integer.class, STABLE_POLLS);
    long age = getAndRemoveParameter(parameters, "minAge", Long.class, MIN_AGE_MS);
    long half = getAndRemoveParameter(parameters, "halfAge", Long.class, HALF_AGE_MS);
    boolean marked = getAndRemoveParameter(parameters, "doneMarker", Boolean.class, false);
    if (looks < 1 || age < 0 || half < 0) {
      throw new IllegalArgumentException(
          "stablePolls must be at least 1, not %d, minAge and halfAge at least 0, not %d and %d."
              .formatted(looks, age, half));
    }
    String name = nameOf(remaining);
    InboxFolders folders = InboxFolders.below(home.resolve(remaining));
    done.add(folders.done());
    return new InboxEndpoint(
        uri,
        name,
        folders,
        new Sightings.Rule(marked, looks, Duration.ofMillis(age), Duration.ofMillis(half)));
  }

  /**
   * Gets at the CTs that others take in.
   *
   * @param origin the address that their route begins with; one that is not of this component
   *     changes nothing
   */
  public void reach(String origin) {
    Matcher own = ORIGIN.matcher(origin);
    if (own.matches()) {
      InboxFolders folders = InboxFolders.below(home.resolve(own.group(1)));
      Claims claims = new Claims(folders, workplace.workerId());
      workplace.open(new FolderDoor(nameOf(own.group(1)), folders, claims));
    }
  }

  private static String nameOf(String folder) {
    return folder.equals(USUAL) ? DOOR : OTHER + folder;
  }

  /** The folders of CTs that have a result, of all that are watched. */
  public Set<Path> doneFolders() {
    return Set.copyOf(done);
  }

  /** The folder below the home that a door watches; nothing if the door is no folder. */
  static Optional<Path> folderOf(Path home, String door) {
    if (door.equals(DOOR)) {
      return Optional.of(home.resolve(USUAL));
    }
    return door.startsWith(OTHER)
        ? Optional.of(home.resolve(door.substring(OTHER.length())))
        : Optional.empty();
  }

  private final class InboxEndpoint extends ScheduledPollEndpoint {

    private final String name;
    private final InboxFolders folders;
    private final Sightings.Rule rule;

    InboxEndpoint(String uri, String name, InboxFolders folders, Sightings.Rule rule) {
      super(uri, InboxComponent.this);
      this.name = name;
      this.folders = folders;
      this.rule = rule;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
      Claims claims = new Claims(folders, workplace.workerId());
      FolderDoor door = new FolderDoor(name, folders, claims);
      InboxConsumer consumer =
          new InboxConsumer(this, processor, folders, claims, door, rule, workplace);
      configureConsumer(consumer);
      return consumer;
    }

    @Override
    public Producer createProducer() {
      throw new UnsupportedOperationException("Nothing can be sent to inbox:, only come from it.");
    }
  }
}
