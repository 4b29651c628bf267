package org.islet.object;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.islet.disk.Disk;

/**
 * Objects as files below a folder. Each is written at the top of it under a name that begins with a
 * dot, and so is no object, is synced, and then gets its name.
 */
public class FolderStore implements ObjectStore {

  private static final String PART = ".part-";
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path root;

  /**
   * @param root is made when the first object is put
   */
  public FolderStore(Path root) {
    this.root = root;
  }

  private Path file(String key) {
    return root.resolve(Keys.require(key));
  }

  /** Writes a file that is no object yet. */
  private interface Writing {
    void to(Path part) throws IOException;
  }

  /** Gives a file that is on the disk its name. */
  private interface Naming {
    void name(Path part, Path file) throws IOException;
  }

  @Override
  public void put(String key, Path file) throws IOException {
    put(key, part -> Files.copy(file, part), FolderStore::replace);
  }

  @Override
  public void put(String key, byte[] bytes) throws IOException {
    put(key, part -> Files.write(part, bytes), FolderStore::replace);
  }

  private static void replace(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean putNew(String key, byte[] bytes) throws IOException {
    try {
      put(key, part -> Files.write(part, bytes), (part, file) -> Files.createLink(file, part));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void put(String key, Writing writing, Naming naming) throws IOException {
    Path file = file(key);
    Files.createDirectories(root);
    Path part = root.resolve(PART + UUID.randomUUID());
    try {
      writing.to(part);
      Disk.sync(part);
      name(part, file, naming);
      Disk.syncFolder(file.getParent());
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void name(Path part, Path file, Naming naming) throws IOException {
    while (true) {
      try {
        Files.createDirectories(file.getParent());
        naming.name(part, file);
        return;
      } catch (NoSuchFileException e) {
        if (!Files.exists(part)) {
          throw e;
        }
        // The file's folder was emptied, and went, before it had this file.
      }
    }
  }

  /** Deletes what processes that were killed left of objects a day ago or before. */
  public void clearAbandoned() throws IOException {
    Instant before = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(root, PART + "*")) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (NoSuchFileException e) {
      // There is nothing, or somebody else was quicker.
    }
  }

  @Override
  public ObjectBody get(String key) throws IOException {
    Path file = file(key);
    return new ObjectBody(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), Files.size(file));
  }

  @Override
  public boolean exists(String key) {
    return Files.isRegularFile(file(key), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public List<StoredObject> list(String folder) throws IOException {
    List<StoredObject> objects = new ArrayList<>();
    addFrom(folder.isEmpty() ? root : file(folder), objects);
    return objects;
  }

  private void addFrom(Path folder, List<StoredObject> objects) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : files) {
      add(file, objects);
    }
  }

  private void add(Path file, List<StoredObject> objects) throws IOException {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (is.isDirectory()) {
        addFrom(file, objects);
      } else if (is.isRegularFile()) {
        String key = root.relativize(file).toString().replace('\\', '/');
        objects.add(new StoredObject(key, is.size(), is.lastModifiedTime().toInstant()));
      }
    } catch (NoSuchFileException e) {
      // Somebody deleted it meanwhile.
    }
  }

  @Override
  public void delete(String key) throws IOException {
    Path file = file(key);
    Files.deleteIfExists(file);
    try {
      for (Path at = file.getParent(); !at.equals(root); at = at.getParent()) {
        Files.deleteIfExists(at);
      }
    } catch (DirectoryNotEmptyException e) {
      // Other objects are there.
    }
  }

  @Override
  public String place(String key) {
    return file(key).toAbsolutePath().normalize().toString();
  }
}
