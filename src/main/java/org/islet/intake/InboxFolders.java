package org.islet.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folders of a folder intake, and the moves between them: {@code in} → {@code in-progress} →
 * {@code done} or {@code failed}. A move is a rename, so it happens once and as a whole, and no
 * file is ever overwritten. Subfolders of {@code in} are kept on the way.
 */
final class InboxFolders {

  static final String REASON = "reason.json";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** What parts a worker's name from the rest of a claim's. */
  private static final String OWNER = "~";

  private static final int LONGEST_NAME = 255;

  private final Path in;
  private final Path inProgress;
  private final Path done;
  private final Path failed;

  InboxFolders(Path root) {
    in = root.resolve("in");
    inProgress = root.resolve("in-progress");
    done = root.resolve("done");
    failed = root.resolve("failed");
  }

  /** Makes the folders that are not there. */
  void make() throws IOException {
    for (Path folder : List.of(in, inProgress, done, failed)) {
      Files.createDirectories(folder);
    }
  }

  /** Whether the folders are there; they may be on a drive that comes and goes. */
  boolean areThere() {
    return Stream.of(in, inProgress, done, failed).allMatch(Files::isDirectory);
  }

  Path in() {
    return in;
  }

  Path inProgress() {
    return inProgress;
  }

  /** The CTs that lie in {@code in} and its subfolders, by name. */
  List<Path> arrivals() throws IOException {
    return Arrivals.in(in);
  }

  /**
   * A CT that was taken, with what goes with it, in a folder of its own below {@code in-progress}.
   *
   * @param folder whose name begins with the worker's
   * @param ct in it, below the same subfolders as it was in {@code in}
   */
  record Claim(Path folder, Path ct) {

    String name() {
      return folder.getFileName().toString();
    }

    /** The worker who took it. */
    String worker() {
      return name().replaceFirst(OWNER + ".*", "");
    }

    /** Where it came from, below {@code in}. */
    Path arrival() {
      return folder.relativize(ct);
    }
  }

  /**
   * Takes a CT for a worker.
   *
   * @return nothing if somebody else took it first
   */
  Optional<Claim> claim(Path ct, String worker) throws IOException {
    String unique = UUID.randomUUID().toString().substring(0, 13);
    Path folder = Files.createDirectory(inProgress.resolve(worker + OWNER + unique));
    Claim claim = new Claim(folder, folder.resolve(in.relativize(ct)));
    Files.createDirectories(claim.ct().getParent());
    try {
      move(ct, claim.ct());
    } catch (NoSuchFileException e) {
      deleteFolders(folder);
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      deleteFolders(folder);
      throw e;
    }
    completed(claim);
    return Optional.of(claim);
  }

  /** Takes along what goes with a claimed CT and still lies in {@code in}. */
  void completed(Claim claim) throws IOException {
    Path arrival = in.resolve(claim.arrival());
    for (Path file : Arrivals.groupOf(arrival)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !file.equals(arrival)) {
        move(file, claim.ct().resolveSibling(file.getFileName()));
      }
    }
    Files.deleteIfExists(Arrivals.markerOf(arrival));
    if (!arrival.getParent().equals(in) && Files.deleteIfExists(arrival.resolveSibling(REASON))) {
      deleteFolders(arrival.getParent()); // a folder of failed that was moved back
    }
  }

  /** All claims of all workers. One of which only the folder is left is taken away. */
  List<Claim> claims() throws IOException {
    List<Claim> claims = new ArrayList<>();
    try (Stream<Path> folders = Files.list(inProgress)) {
      for (Path folder :
          folders.filter(f -> isFolder(f) && Arrivals.name(f).contains(OWNER)).toList()) {
        claimIn(folder).ifPresent(claims::add);
      }
    }
    return claims;
  }

  private static boolean isFolder(Path file) {
    return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<Claim> claimIn(Path folder) throws IOException {
    try {
      return Arrivals.in(folder).stream().findFirst().map(ct -> new Claim(folder, ct));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * A claim by its name.
   *
   * @return nothing if it was moved on
   * @throws NoSuchFileException if the folder of claims is away
   */
  Optional<Claim> claim(String name) throws IOException {
    if (!Files.isDirectory(inProgress)) {
      throw new NoSuchFileException("in-progress");
    }
    return claimIn(inProgress.resolve(name));
  }

  /** Takes away the folder of a claim that holds no file. */
  void forget(Claim claim) throws IOException {
    deleteFolders(claim.folder());
  }

  /** Moves a claimed CT, and what goes with it, to {@code done}. */
  void finish(Claim claim) throws IOException {
    Path to = Files.createDirectories(parentOf(done, claim));
    List<Path> files = filesBeside(claim.ct());
    int number = number(files, to);
    for (Path file : files) {
      move(file, to.resolve(numbered(file, number)));
    }
    deleteFolders(claim.folder());
  }

  /**
   * Moves a claimed CT, and what goes with it, to {@code failed/<name>/} and says there why; as a
   * whole, by one rename.
   */
  void fail(Claim claim, FailureReason reason) throws IOException {
    Path parent = Files.createDirectories(parentOf(failed, claim));
    Path from = claim.ct().getParent();
    JSON.writeValue(from.resolve(REASON).toFile(), reason);
    Path name = claim.ct().getFileName();
    move(from, parent.resolve(numbered(name, number(List.of(name), parent))));
    if (Files.exists(claim.folder())) {
      deleteFolders(claim.folder());
    }
  }

  /** The folders of CTs that failed, by name: those with a reason. */
  List<Path> failures() throws IOException {
    try (Stream<Path> files = Files.walk(failed)) {
      return files
          .filter(file -> Arrivals.name(file).equals(REASON))
          .map(Path::getParent)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The case that failed, as the reason in its folder says; nothing if it became none. */
  Optional<String> caseOf(Path failure) throws IOException {
    try {
      JsonNode id = JSON.readTree(failure.resolve(REASON).toFile()).path("case");
      return id.isTextual() ? Optional.of(id.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * Moves a CT that failed, and what goes with it, back to {@code in}: itself last, and marked as
   * complete.
   *
   * @param failure the folder that it lies in
   * @return where it is now; nothing if its folder holds none
   */
  Optional<Path> restore(Path failure) throws IOException {
    Optional<Path> ct =
        Arrivals.in(failure).stream().filter(file -> file.getParent().equals(failure)).findFirst();
    if (ct.isEmpty()) {
      return Optional.empty();
    }
    Path to = Files.createDirectories(in.resolve(failed.relativize(failure.getParent())));
    List<Path> others =
        filesBeside(ct.get()).stream()
            .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
            .filter(file -> !file.equals(ct.get()) && !Arrivals.name(file).equals(REASON))
            .toList();
    int number = number(Stream.concat(Stream.of(ct.get()), others.stream()).toList(), to);
    for (Path file : others) {
      move(file, to.resolve(numbered(file, number)));
    }
    Path back = to.resolve(numbered(ct.get(), number));
    move(ct.get(), back);
    mark(back);
    Files.deleteIfExists(failure.resolve(REASON));
    deleteFolders(failure);
    return Optional.of(back);
  }

  private static void mark(Path ct) throws IOException {
    try {
      Files.createFile(Arrivals.markerOf(ct));
    } catch (FileAlreadyExistsException e) {
      // It says so already.
    }
  }

  private static Path parentOf(Path folder, Claim claim) {
    Path arrival = claim.arrival();
    return arrival.getNameCount() == 1 ? folder : folder.resolve(arrival.getParent());
  }

  private static List<Path> filesBeside(Path ct) throws IOException {
    try (Stream<Path> files = Files.list(ct.getParent())) {
      return files.sorted().toList();
    }
  }

  /** The first number under which none of the names is taken in a folder. */
  private static int number(List<Path> files, Path folder) {
    int number = 1;
    while (isTaken(files, number, folder)) {
      number++;
    }
    return number;
  }

  private static boolean isTaken(List<Path> files, int number, Path folder) {
    return files.stream()
        .map(file -> folder.resolve(numbered(file, number)))
        .anyMatch(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS));
  }

  /**
   * A file's name; with a number before its first dot if that is not 1, and then as much of the
   * name as there is room for.
   */
  private static Path numbered(Path file, int number) {
    if (number == 1) {
      return file.getFileName();
    }
    String name = Arrivals.name(file);
    int dot = name.indexOf('.') < 0 ? name.length() : name.indexOf('.');
    String ending = OWNER + number + name.substring(dot);
    String stem = name.substring(0, dot);
    while (!stem.isEmpty() && bytes(stem + ending) > LONGEST_NAME) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return Path.of(stem + ending);
  }

  private static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder and those below it, unless a file is left in one of them. */
  private static void deleteFolders(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
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
