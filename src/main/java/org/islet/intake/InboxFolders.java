package org.islet.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folders of a folder intake, and the moves between them: {@code in} → {@code in-progress} →
 * {@code done} or {@code failed}. A move is a rename, so it happens once and as a whole, and no
 * file is ever overwritten.
 */
final class InboxFolders {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path in;
  private final Path inProgress;
  private final Path done;
  private final Path failed;

  /**
   * Makes the folders that are not there.
   *
   * @throws IOException if one cannot be made
   */
  InboxFolders(Path root) throws IOException {
    in = Files.createDirectories(root.resolve("in"));
    inProgress = Files.createDirectories(root.resolve("in-progress"));
    done = Files.createDirectories(root.resolve("done"));
    failed = Files.createDirectories(root.resolve("failed"));
  }

  /**
   * The CTs that lie in {@code in}, by name: every regular file that is not a link, not hidden, and
   * not named as files under way are ({@code .part}, {@code .tmp}, {@code .filepart}). The {@code
   * .img} of a pair belongs to its {@code .hdr}.
   */
  List<Path> arrivals() throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files
          .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
          .filter(f -> !name(f).startsWith(".") && !name(f).matches(".*\\.(part|tmp|filepart)"))
          .filter(f -> partner(f, ".img", ".hdr").isEmpty())
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** The files of a CT: one, or the two of a pair. */
  List<Path> filesOf(Path ct) {
    List<Path> files = new ArrayList<>(List.of(ct));
    partner(ct, ".hdr", ".img").ifPresent(files::add);
    return files;
  }

  private static Optional<Path> partner(Path file, String ending, String other) {
    String name = name(file);
    int at = name.toLowerCase(Locale.ROOT).lastIndexOf(ending);
    if (at < 0 || !name.substring(at + ending.length()).matches("|\\.gz")) {
      return Optional.empty();
    }
    return Stream.of(other, other.toUpperCase(Locale.ROOT))
        .flatMap(written -> Stream.of(written, written + ".gz"))
        .map(written -> file.resolveSibling(name.substring(0, at) + written))
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Takes a CT for this process.
   *
   * @return where it is now, or nothing if somebody else took it first
   */
  Optional<Path> claim(Path ct) throws IOException {
    List<Path> files = filesOf(ct);
    Path folder = Files.createDirectory(inProgress.resolve(UUID.randomUUID().toString()));
    try {
      for (Path file : files) {
        move(file, folder.resolve(name(file)));
      }
      return Optional.of(folder.resolve(name(ct)));
    } catch (NoSuchFileException e) {
      release(folder);
      return Optional.empty();
    }
  }

  /** Puts back what a process that ended early had claimed. */
  void releaseAll() throws IOException {
    try (Stream<Path> claims = Files.list(inProgress)) {
      for (Path claim : claims.filter(Files::isDirectory).toList()) {
        release(claim);
      }
    }
  }

  private void release(Path claim) throws IOException {
    moveAll(claim, in);
  }

  /** Moves a claimed CT to {@code done}. */
  void finish(Path ct) throws IOException {
    moveAll(ct.getParent(), done);
  }

  /** Moves a claimed CT to {@code failed/<name>/} and says there why. */
  void fail(Path ct, FailureReason reason) throws IOException {
    Path folder = Files.createDirectory(free(failed, name(ct)));
    JSON.writeValue(folder.resolve("reason.json").toFile(), reason);
    moveAll(ct.getParent(), folder);
  }

  private static void moveAll(Path claim, Path to) throws IOException {
    try (Stream<Path> files = Files.list(claim)) {
      for (Path file : files.toList()) {
        move(file, free(to, name(file)));
      }
    }
    Files.delete(claim);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A path of that name, or with a number before its first dot if the name is taken. */
  private static Path free(Path folder, String name) {
    Path free = folder.resolve(name);
    int dot = name.indexOf('.') < 0 ? name.length() : name.indexOf('.');
    for (int n = 2; Files.exists(free, LinkOption.NOFOLLOW_LINKS); n++) {
      free = folder.resolve(name.substring(0, dot) + "~" + n + name.substring(dot));
    }
    return free;
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
