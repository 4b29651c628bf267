package org.islet.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.islet.intake.Sightings.Complete;
import org.islet.intake.Sightings.Look;

/**
 * The folders of a folder intake, and the moves between them: {@code in} → {@code in-progress} →
 * {@code done} or {@code failed}. A move is a rename, so it happens once and as a whole, and no
 * file is ever overwritten. Subfolders of {@code in} are kept on the way.
 *
 * <p>A claim is a folder {@code in-progress/<worker>~<key>}. As long as it holds a file {@code
 * .taking}, what goes with its CT may still lie in {@code in}.
 */
final class InboxFolders {

  /** What parts a worker's name from a claim's key. */
  private static final String OWNER = "~";

  private static final String TAKING = ".taking";

  private final String worker;
  private final Path in;
  private final Path inProgress;
  private final Path done;
  private final Path failed;

  /**
   * @param worker whose claims are made
   */
  InboxFolders(Path root, String worker) {
    this.worker = worker;
    in = root.resolve("in");
    inProgress = root.resolve("in-progress");
    done = root.resolve("done");
    failed = root.resolve("failed");
  }

  /** Makes the folders that are not there. */
  void make() throws IOException {
    for (Path folder : all()) {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    }
  }

  private List<Path> all() {
    return List.of(in, inProgress, done, failed);
  }

  /** Which of the folders are not there, as words; they may be on a drive that comes and goes. */
  Optional<String> missing() {
    List<Path> missing = all().stream().filter(f -> !Files.isDirectory(f)).toList();
    return missing.isEmpty() ? Optional.empty() : Optional.of(words(missing, "is", "are"));
  }

  /** Which of the folders no file can be renamed into, as words: they are on other file systems. */
  Optional<String> apart() {
    List<Path> apart = all().stream().filter(this::isApart).toList();
    return apart.isEmpty() ? Optional.empty() : Optional.of(words(apart, "is", "are"));
  }

  private boolean isApart(Path folder) {
    try {
      return !Files.getFileStore(folder).equals(Files.getFileStore(in));
    } catch (IOException e) { // a system that does not say
      return false;
    }
  }

  private static String words(List<Path> folders, String one, String several) {
    List<String> names = folders.stream().map(f -> "'" + f.getFileName() + "'").toList();
    return String.join(", ", names) + " " + (names.size() == 1 ? one : several);
  }

  Path inProgress() {
    return inProgress;
  }

  Path done() {
    return done;
  }

  /** The CTs that failed, and their way back. */
  FailedFolder failures() {
    return new FailedFolder(in, failed);
  }

  /** What lies in {@code in} and its subfolders. */
  Arrivals arrivals() throws IOException {
    return Arrivals.in(in);
  }

  /**
   * A CT that was taken, with what goes with it, in a folder of its own below {@code in-progress}.
   *
   * @param folder whose name begins with the worker's
   * @param ct in it, below the same subfolders as it was in {@code in}
   */
  record Claim(Path folder, Path ct) {

    /** Its name, which no other claim has, and which stays when another worker takes it over. */
    String key() {
      return keyOf(folder.getFileName().toString());
    }

    /** Where it came from, below {@code in}. */
    Path arrival() {
      return folder.relativize(ct);
    }
  }

  /** The key of a claim, by the name of its folder. */
  static String keyOf(String folder) {
    return folder.substring(folder.lastIndexOf(OWNER) + 1);
  }

  /** The worker of a claim, by the name of its folder. */
  static String workerOf(String folder) {
    return folder.substring(0, Math.max(0, folder.lastIndexOf(OWNER)));
  }

  // ------------------------------------------------------------------ taking

  /**
   * Takes a CT; what goes with it is taken by {@link #completed}.
   *
   * @return nothing if somebody else took it first, or it is no longer what it was at the last look
   */
  Optional<Claim> claim(Complete complete) throws IOException {
    Path ct = complete.ct();
    Optional<Path> failure = folderOfFailure(ct);
    Path beside = failure.map(folder -> folder.resolveSibling(ct.getFileName())).orElse(ct);
    Path folder = Files.createDirectory(inProgress.resolve(worker + OWNER + UUID.randomUUID()));
    Claim claim = new Claim(folder, folder.resolve(in.relativize(beside)));
    try {
      Files.writeString(
          folder.resolve(TAKING),
          failure.map(NameBytes::of).orElse(""),
          StandardCharsets.ISO_8859_1);
      Files.createDirectories(claim.ct().getParent());
      move(ct, claim.ct());
    } catch (NoSuchFileException e) {
      dissolve(claim.folder());
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      dissolve(claim.folder());
      throw e;
    }
    if (!isAsSeen(claim.ct(), complete.look()) && isPutBack(claim.ct(), ct)) {
      dissolve(claim.folder());
      return Optional.empty();
    }
    return Optional.of(claim);
  }

  /** Moves a file back, unless another has come there meanwhile. */
  private static boolean isPutBack(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
      Files.delete(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) { // no links there
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      move(file, to);
      return true;
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
    Path taking = claim.folder().resolve(TAKING);
    Path arrival = in.resolve(claim.arrival());
    try {
      String failure = Files.readString(taking, StandardCharsets.ISO_8859_1);
      if (!failure.isEmpty()) {
        arrival = NameBytes.beside(arrival, failure).resolve(arrival.getFileName());
      }
    } catch (NoSuchFileException e) {
      return true;
    }
    if (Files.exists(arrival, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    List<Path> group = Arrivals.groupNow(arrival);
    for (Path file : group.subList(1, group.size())) {
      move(file, claim.ct().resolveSibling(file.getFileName()));
    }
    for (Path marker : Arrivals.markersOf(arrival)) {
      Files.deleteIfExists(marker);
    }
    if (!arrival.equals(in.resolve(claim.arrival()))) {
      Files.deleteIfExists(arrival.resolveSibling(Arrivals.REASON));
      dissolve(arrival.getParent());
    }
    Files.delete(taking);
    return true;
  }

  /** The names of the folders of all claims of all workers. */
  List<String> claims() throws IOException {
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
    String name = worker + OWNER + (sameKey ? keyOf(folder) : UUID.randomUUID());
    try {
      move(inProgress.resolve(folder), inProgress.resolve(name));
      return Optional.of(name);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The claim in a folder. One that holds no CT is nothing, and is taken away if it is empty. */
  Optional<Claim> claimIn(String folder) throws IOException {
    Optional<Claim> claim = claimIn(inProgress.resolve(folder));
    if (claim.isEmpty()) {
      dissolve(inProgress.resolve(folder));
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

  /**
   * A claim by its key.
   *
   * @return nothing if it was moved on
   * @throws NoSuchFileException if the folder of claims is away
   */
  Optional<Claim> claim(String key) throws IOException {
    if (!Files.isDirectory(inProgress)) {
      throw new NoSuchFileException("in-progress");
    }
    Path own = inProgress.resolve(worker + OWNER + key);
    if (Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
      return claimIn(own);
    }
    Optional<String> others = claims().stream().filter(name -> keyOf(name).equals(key)).findFirst();
    return others.isPresent() ? claimIn(inProgress.resolve(others.get())) : Optional.empty();
  }

  // ------------------------------------------------------------------ ending

  /** Moves a claimed CT, and what goes with it, to {@code done}. */
  void finish(Claim claim) throws IOException {
    Path to = folderFor(done, claim.arrival());
    List<Path> files = filesBeside(claim.ct());
    int number = reserve(files, to);
    try {
      for (Path file : files) {
        move(file, to.resolve(NumberedName.of(file, number)));
      }
    } catch (IOException e) {
      unreserve(files, number, to);
      throw e;
    }
    Files.deleteIfExists(claim.ct().resolveSibling(Arrivals.REASON));
    dissolve(claim.folder());
  }

  /** The files of a claim; its CT last, so that the claim is one until all are moved. */
  static List<Path> filesBeside(Path ct) throws IOException {
    try (Stream<Path> files = Files.list(ct.getParent())) {
      return files
          .filter(file -> !Arrivals.REASON.equals(NameBytes.of(file)))
          .filter(file -> !NameBytes.of(file).startsWith("."))
          .sorted(Comparator.<Path, Boolean>comparing(ct::equals).thenComparing(f -> f))
          .toList();
    }
  }

  /**
   * Makes empty files under the first number that is free for all, for others to see that their
   * names are taken: a rename would overwrite what comes in between.
   */
  static int reserve(List<Path> files, Path folder) throws IOException {
    for (int number = 1; ; number++) {
      List<Path> made = new ArrayList<>();
      try {
        for (Path file : files) {
          made.add(Files.createFile(folder.resolve(NumberedName.of(file, number))));
        }
        return number;
      } catch (FileAlreadyExistsException e) {
        for (Path file : made) {
          Files.delete(file);
        }
      }
    }
  }

  private static void unreserve(List<Path> files, int number, Path folder) throws IOException {
    for (Path file : files) {
      Path reserved = folder.resolve(NumberedName.of(file, number));
      if (Files.exists(reserved) && Files.size(reserved) == 0) {
        Files.delete(reserved);
      }
    }
  }

  /**
   * Moves a claimed CT, and what goes with it, to {@code failed/<name>/} and says there why; as a
   * whole, by one rename.
   */
  void fail(Claim claim, FailureReason reason) throws IOException {
    Path parent = folderFor(failed, claim.arrival());
    Path from = claim.ct().getParent();
    reason.write(from.resolve(Arrivals.REASON));
    Files.deleteIfExists(claim.folder().resolve(TAKING));
    moveToFree(from, claim.ct(), parent);
    dissolve(claim.folder());
  }

  private static void moveToFree(Path from, Path name, Path parent) throws IOException {
    for (int number = 1; ; number++) {
      Path to = parent.resolve(NumberedName.of(name, number));
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        move(from, to);
        return;
      } catch (FileSystemException e) {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS) || !Files.exists(from)) {
          throw e;
        } // somebody else took the name in between
      }
    }
  }

  /**
   * Makes the folder for what came with a CT, below the same subfolders as it was in {@code in}.
   * Where something else than a folder has the name of one, such as a link, a number is added.
   */
  static Path folderFor(Path root, Path arrival) throws IOException {
    Path folder = root;
    for (int i = 0; i < arrival.getNameCount() - 1; i++) {
      folder = subfolder(folder, arrival.getName(i));
    }
    return folder;
  }

  private static Path subfolder(Path folder, Path name) throws IOException {
    for (int number = 1; ; number++) {
      Path made = folder.resolve(NumberedName.of(name, number));
      try {
        return Files.createDirectory(made);
      } catch (FileAlreadyExistsException e) {
        if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
          return made;
        }
      }
    }
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder and those below it, unless a file is left in one of them. */
  static void dissolve(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            if (each.getFileName().toString().equals(TAKING)) {
              Files.deleteIfExists(each);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
            try {
              Files.deleteIfExists(each);
            } catch (DirectoryNotEmptyException notEmpty) {
              return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
