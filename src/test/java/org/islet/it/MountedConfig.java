package org.islet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A folder of files as a cluster mounts a ConfigMap: each name leads through {@code ..data} to the
 * folder that holds all of them, and a change swaps {@code ..data} alone.
 */
final class MountedConfig {

  private final Path folder;
  private int version;

  MountedConfig(Path folder) {
    this.folder = folder;
  }

  /** Puts files there, by their paths, in the place of those that were there. */
  void put(Map<String, String> files) throws IOException {
    Path data = Files.createDirectories(folder.resolve("..version_" + ++version));
    for (Map.Entry<String, String> each : files.entrySet()) {
      Path file = data.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue());
      Path link = folder.resolve(each.getKey().replaceFirst("/.*", ""));
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of("..data").resolve(link.getFileName()));
      }
    }
    Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), data.getFileName());
    Files.move(next, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}
