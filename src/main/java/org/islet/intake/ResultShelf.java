package org.islet.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.islet.disk.Disk;
import org.islet.publish.ResultFolder;
import org.islet.store.JobStore;

/** Results in a folder, of which none goes before the record has forgotten where it is. */
public record ResultShelf(Path results, JobStore store) implements Shelf {

  /** What a result is called while it is being deleted. */
  private static final String GONE = ".gone-";

  @Override
  public String name() {
    return "the results";
  }

  @Override
  public List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        if (isHalfGone(folder)) {
          items.add(item(folder, Item.HALF_GONE));
        } else if (isResult(folder)) {
          Path manifest = folder.resolve(ResultFolder.MANIFEST);
          items.add(item(folder, Files.getLastModifiedTime(manifest).toInstant()));
        }
      } catch (NoSuchFileException e) {
        // Somebody else was quicker.
      }
    }
    return items;
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(results)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(results)) {
      return files.filter(f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }

  private static boolean isHalfGone(Path folder) {
    return folder.getFileName().toString().startsWith(GONE);
  }

  private static boolean isResult(Path folder) {
    return !folder.getFileName().toString().startsWith(".")
        && Files.isRegularFile(folder.resolve(ResultFolder.MANIFEST), LinkOption.NOFOLLOW_LINKS);
  }

  private Item item(Path folder, Instant since) {
    return new Item(
        "the result of case " + caseOf(folder), since, bytes(folder), () -> delete(folder));
  }

  private static String caseOf(Path folder) {
    String name = folder.getFileName().toString();
    return isHalfGone(folder) ? name.substring(GONE.length()) : name;
  }

  /** As far as it can be read. */
  private static long bytes(Path folder) {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          bytes += Files.size(file);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // What cannot be read cannot be deleted either, which is told then.
    }
    return bytes;
  }

  private boolean delete(Path folder) throws IOException {
    if (isHalfGone(folder)) {
      Disk.delete(folder);
      return true;
    }
    String caseId = caseOf(folder);
    if (!store.releaseResult(caseId)) {
      return false;
    }
    Path gone = folder.resolveSibling(GONE + caseId);
    Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
    Disk.delete(gone);
    return true;
  }
}
