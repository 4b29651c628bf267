package org.islet.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.islet.intake.Sightings.Complete;
import org.islet.intake.Sightings.Look;

/** Takes CTs from {@code in} into {@code in-progress}, and finds there what was taken. */
final class Claims {

  /**
   * How often a claim is looked for: one that is just being taken over may be seen under neither
   * name, or be gone from the one that was seen.
   */
  private static final int LOOKS = 3;

  private final String worker;
  private final Path in;
  private final Path inProgress;

  /**
   * @param worker whose claims are made
   */
  Claims(InboxFolders folders, String worker) {
    this.worker = worker;
    this.in = folders.in();
    this.inProgress = folders.inProgress();
  }

  /**
   * Takes a CT; what goes with it is taken by {@link #completed}.
   *
   * @return nothing if somebody else took it first, or it is no longer what it was at the last look
   */
  Optional<Claim> take(Complete complete) throws IOException {
    Path ct = complete.ct();
    if (!isInPlace(ct.getParent())) {
      return Optional.empty();
    }
    Optional<Path> failure = folderOfFailure(ct);
    Path beside = failure.map(folder -> folder.resolveSibling(ct.getFileName())).orElse(ct);
    Path folder =
        Files.createDirectory(inProgress.resolve(Claim.name(worker, UUID.randomUUID().toString())));
    Claim claim = new Claim(folder, folder.resolve(in.relativize(beside)));
    try {
      Files.writeString(
          claim.taking(), failure.map(NameBytes::of).orElse(""), StandardCharsets.ISO_8859_1);
      Files.createDirectories(claim.ct().getParent());
      Moves.move(ct, claim.ct());
    } catch (NoSuchFileException e) {
      Claim.dissolve(claim.folder());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      Claim.dissolve(claim.folder());
      throw e;
    }
    if (!isAsSeen(claim.ct(), complete.look()) && Moves.isMoved(claim.ct(), ct)) {
      Claim.dissolve(claim.folder());
      return Optional.empty();
    }
    return Optional.of(claim);
  }

  /** Whether a folder is still below {@code in}, and no link has come in its place. */
  private boolean isInPlace(Path folder) throws IOException {
    try {
      return folder.toRealPath().equals(in.toRealPath().resolve(in.relativize(folder)));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean isAsSeen(Path file, Look look) throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return now.isRegularFile() && Look.of(now).equals(look);
  }

  /** The folder of {@code failed} that was moved back with this CT in it, if one was. */
  private Optional<Path> folderOfFailure(Path ct) {
    Path folder = ct.getParent();
    return Optional.of(folder)
        .filter(
            f ->
                !f.equals(in)
                    && Files.isRegularFile(f.resolve(Arrivals.REASON), LinkOption.NOFOLLOW_LINKS)
                    && NumberedName.isOneOf(NameBytes.of(f), NameBytes.of(ct)));
  }

  /**
   * Takes along what goes with a claimed CT and still lies in {@code in}.
   *
   * @return false if that cannot be told any more from what belongs to another CT of the same name,
   *     which has come since
   */
  boolean completed(Claim claim) throws IOException {
    if (Files.notExists(claim.taking()) && Files.isDirectory(claim.folder())) {
      return true;
    }
    Path arrival = arrival(claim);
    if (isInPlace(arrival.getParent()) && !isRestTaken(claim, arrival)) {
      return false;
    }
    Files.delete(claim.taking());
    return true;
  }

  /**
   * Where a CT lay that is being taken; maybe in a folder of {@code failed} that was moved back.
   */
  private Path arrival(Claim claim) throws IOException {
    Path arrival = in.resolve(claim.arrival());
    String failure = Files.readString(claim.taking(), StandardCharsets.ISO_8859_1);
    return failure.isEmpty()
        ? arrival
        : NameBytes.beside(arrival, failure).resolve(arrival.getFileName());
  }

  private boolean isRestTaken(Claim claim, Path arrival) throws IOException {
    List<Path> group = Arrivals.groupNow(arrival);
    List<Path> rest = group.subList(1, group.size());
    List<Path> markers = Arrivals.markersOf(arrival);
    if (Files.exists(arrival, LinkOption.NOFOLLOW_LINKS)) {
      return rest.isEmpty() && markers.isEmpty();
    }
    for (Path file : rest) {
      Moves.move(file, claim.ct().resolveSibling(file.getFileName()));
    }
    for (Path marker : markers) {
      Files.deleteIfExists(marker);
    }
    if (!arrival.equals(in.resolve(claim.arrival()))) {
      Files.deleteIfExists(arrival.resolveSibling(Arrivals.REASON));
      Moves.dissolve(arrival.getParent());
    }
    return true;
  }

  /** The names of the folders of all claims of all workers. */
  List<String> names() throws IOException {
    try (Stream<Path> folders = Files.list(inProgress)) {
      return folders
          .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
          .map(folder -> folder.getFileName().toString())
          .filter(name -> name.matches("[^.]\\p{ASCII}*"))
          .toList();
    }
  }

  /**
   * Takes over a claim of another worker, which is gone.
   *
   * @param sameKey whether it keeps its key: its request is known by that
   * @return its new name; nothing if somebody else was quicker
   */
  Optional<String> takeOver(String folder, boolean sameKey) throws IOException {
    String name = Claim.name(worker, sameKey ? Claim.keyOf(folder) : UUID.randomUUID().toString());
    try {
      Moves.move(inProgress.resolve(folder), inProgress.resolve(name));
      return Optional.of(name);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The claim in a folder. One that holds no CT is nothing, and is taken away if it is empty. */
  Optional<Claim> in(String folder) throws IOException {
    Optional<Claim> claim = claimIn(inProgress.resolve(folder));
    if (claim.isEmpty()) {
      Claim.dissolve(inProgress.resolve(folder));
    }
    return claim;
  }

  private static Optional<Claim> claimIn(Path folder) throws IOException {
    try {
      return Arrivals.in(folder).cts().stream().findFirst().map(ct -> new Claim(folder, ct));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether the folder of claims is there. */
  boolean areThere() {
    return Files.isDirectory(inProgress);
  }

  /**
   * A claim by its key.
   *
   * @return nothing if it was moved on
   * @throws NoSuchFileException if the folder of claims is away
   */
  Optional<Claim> find(String key) throws IOException {
    if (!areThere()) {
      throw new NoSuchFileException("in-progress");
    }
    for (int look = 0; look < LOOKS; look++) {
      Optional<Claim> claim = seen(key);
      if (claim.isPresent()) {
        return claim;
      }
    }
    return Optional.empty();
  }

  private Optional<Claim> seen(String key) throws IOException {
    Path own = inProgress.resolve(Claim.name(worker, key));
    if (Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      return claimIn(own);
    }
    Optional<String> others =
        names().stream().filter(name -> Claim.keyOf(name).equals(key)).findFirst();
    return others.isPresent() ? claimIn(inProgress.resolve(others.get())) : Optional.empty();
  }
}
