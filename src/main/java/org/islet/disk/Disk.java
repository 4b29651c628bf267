package org.islet.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a power cut must not undo, and what has to go with all that is in it. */
public final class Disk {

  private Disk() {}

  /** Waits until a file's bytes are on the disk. */
  public static void sync(Path file) throws IOException {
    force(file, StandardOpenOption.WRITE);
  }

  /** Waits until the names in a folder are on the disk. */
  public static void syncFolder(Path folder) throws IOException {
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Makes a folder, and those above it that are not there, so that they stay. */
  public static void makeFolder(Path folder) throws IOException {
    Path place = folder.toAbsolutePath();
    if (Files.isDirectory(place)) {
      return;
    }
    makeFolder(place.getParent());
    Files.createDirectories(place);
    syncFolder(place.getParent());
  }

  /**
   * Deletes a folder with all that is in it; links go, and what they point at stays. No harm is
   * done where it is not there.
   */
  public static void delete(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.walk(folder)) {
      paths = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    } catch (UncheckedIOException e) { // a folder in it that cannot be read
      throw e.getCause();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
