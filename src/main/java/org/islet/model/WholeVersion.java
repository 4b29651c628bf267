package org.islet.model;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.islet.disk.Disk;

/**
 * Writes a version of a model whole or not at all: into a hidden folder beside the name's first,
 * which is renamed at last. Whatever interrupts it, nothing but the hidden folder can stay.
 */
public final class WholeVersion {

  private WholeVersion() {}

  /** What a version will hold. */
  public interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes the next version of a name, above all that there are. Hidden folders that processes of
   * the past left are removed.
   *
   * @param name the folder of the name's versions, made if it is not there
   * @return the version's folder
   * @throws IOException if it cannot be written, as when the disk is full; there is no version then
   */
  public static Path write(Path name, Content content) throws IOException {
    Path home = Files.exists(name) ? name.toRealPath() : name.toAbsolutePath();
    Files.createDirectories(home.getParent());
    for (Path old : leftBehind(home)) {
      Disk.delete(old);
    }
    Path part = part(home, ProcessHandle.current().pid());
    try {
      content.writeTo(Files.createDirectory(part));
      Files.createDirectories(home);
      return name.resolve(renamed(part, home));
    } catch (IOException | RuntimeException | Error e) { // also a graph too large for protobuf
      Disk.delete(part);
      removeIfEmpty(home);
      throw e;
    }
  }

  private static Path part(Path home, long process) {
    return home.resolveSibling(".%s.%d.part".formatted(home.getFileName(), process));
  }

  private static List<Path> leftBehind(Path home) throws IOException {
    Pattern name =
        Pattern.compile(
            "\\.%s\\.([0-9]{1,18})\\.part".formatted(Pattern.quote("" + home.getFileName())));
    try (Stream<Path> files = Files.list(home.getParent())) {
      return files
          .filter(
              file -> {
                var match = name.matcher(file.getFileName().toString());
                return match.matches() && !isOfAnother(Long.parseLong(match.group(1)));
              })
          .toList();
    }
  }

  /** Whether another process runs that has this number. */
  private static boolean isOfAnother(long process) {
    return process != ProcessHandle.current().pid() && ProcessHandle.of(process).isPresent();
  }

  private static String renamed(Path part, Path home) throws IOException {
    int newest = ModelFolder.versions(home).stream().mapToInt(v -> v).max().orElse(0);
    for (int number = newest + 1; ; number++) {
      Path version = home.resolve(String.valueOf(number));
      try {
        if (!Files.exists(version, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(part, version, StandardCopyOption.ATOMIC_MOVE);
          return version.getFileName().toString();
        }
      } catch (FileSystemException e) {
        if (!Files.exists(version, LinkOption.NOFOLLOW_LINKS)) { // else another was quicker
          throw e;
        }
      }
    }
  }

  private static void removeIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // it holds other versions
    }
  }
}
