package org.islet.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders of a folder intake: {@code in} → {@code in-progress} → {@code done} or {@code
 * failed}. Subfolders of {@code in} are kept on the way.
 */
record InboxFolders(Path in, Path inProgress, Path done, Path failed) {

  /** The folders below one. */
  static InboxFolders below(Path root) {
    return new InboxFolders(
        root.resolve("in"),
        root.resolve("in-progress"),
        root.resolve("done"),
        root.resolve("failed"));
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
}
