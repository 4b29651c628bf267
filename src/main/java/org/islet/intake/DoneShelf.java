package org.islet.intake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CTs that are done, each with what belongs to it. */
record DoneShelf(Path folder) implements Shelf {

  private static final String ITEM = "a CT of 'done'";

  @Override
  public String name() {
    return "'done'";
  }

  @Override
  public List<Item> items() throws IOException {
    List<Item> items = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      Arrivals arrivals = Arrivals.in(folder);
      Set<Path> grouped = new HashSet<>();
      for (Path ct : arrivals.cts()) {
        add(items, arrivals.groupOf(ct).stream().filter(grouped::add).toList(), arrivals);
      }
      for (Path options : arrivals.loneOptions()) {
        add(items, List.of(options), arrivals);
      }
    }
    return items;
  }

  private void add(List<Item> items, List<Path> files, Arrivals arrivals) throws IOException {
    long bytes = files.stream().mapToLong(file -> arrivals.attributes(file).size()).sum();
    try {
      items.add(new Item(ITEM, since(files.get(0)), bytes, () -> delete(files)));
    } catch (NoSuchFileException e) {
      // Somebody else was quicker.
    }
  }

  /** When a file was moved here, where the system notes it: its own time is that of the scanner. */
  private static Instant since(Path file) throws IOException {
    try {
      return ((FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
          .toInstant();
    } catch (UnsupportedOperationException e) {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    }
  }

  private boolean delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
      deleteEmpty(file.getParent());
    }
    return true;
  }

  private void deleteEmpty(Path subfolder) throws IOException {
    try {
      for (Path each = subfolder; !each.equals(folder); each = each.getParent()) {
        Files.deleteIfExists(each);
      }
    } catch (DirectoryNotEmptyException e) {
      // It is still in use.
    }
  }
}
