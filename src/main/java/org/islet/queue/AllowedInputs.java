package org.islet.queue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.format.CtFiles;
import org.islet.format.InputUnreachableException;
import org.islet.object.S3Address;
import org.islet.request.RequestRefusedException;

/**
 * The inputs that requests may name: files below some folders, wherever links lead, addresses of
 * some servers, and objects below some places. Whether something that may not be named exists is
 * not told.
 */
public final class AllowedInputs {

  /** What Linux says of paths that lead to no file, now or later. */
  private static final List<String> NEVER =
      List.of("Too many levels of symbolic links", "File name too long", "Not a directory");

  private final List<Path> roots;
  private final Download download;
  private final StoredInputs objects;

  /**
   * @param roots the folders
   * @param download what gets inputs from their addresses by http
   * @param objects what gets them from object storage
   */
  public AllowedInputs(List<Path> roots, Download download, StoredInputs objects) {
    this.roots = List.copyOf(roots);
    this.download = download;
    this.objects = objects;
  }

  /**
   * A file that an input can be read from.
   *
   * @param downloaded whether it was made for this, so that it is to be deleted when it was read
   */
  public record Input(Path file, boolean downloaded) {}

  /**
   * Gets at an input.
   *
   * @param input an absolute path, or an address by http or https or in object storage
   * @throws RequestRefusedException if it is not allowed, not there or too large
   * @throws InputUnreachableException if it cannot be got now
   * @throws IOException if it cannot be written where downloads lie
   */
  public Input open(String input) throws RequestRefusedException, IOException {
    if (input.startsWith("/")) {
      return new Input(file(input), false);
    }
    return new Input(
        input.startsWith(S3Address.SCHEME) ? objects.get(input) : download.get(input), true);
  }

  private Path file(String input) throws RequestRefusedException, IOException {
    Path path = path(input);
    if (!isNamed(path)) {
      throw notAllowed();
    }
    try {
      Path real = path.toRealPath();
      for (Path part : CtFiles.of(real)) {
        requireBelowRoots(part.toRealPath());
      }
      if (!Files.isRegularFile(real) || !Files.isReadable(real)) {
        throw notFound();
      }
      return real;
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw notFound();
    } catch (FileSystemException e) {
      if (NEVER.stream().anyMatch(String.valueOf(e.getReason())::startsWith)) {
        throw notFound();
      }
      throw new InputUnreachableException("'input' cannot be looked at now.", e);
    }
  }

  /** A folder of those that requests may name which is not there. */
  Optional<Path> missingRoot() {
    return roots.stream().filter(root -> !Files.isDirectory(root)).findFirst();
  }

  private void requireBelowRoots(Path real) throws RequestRefusedException, IOException {
    if (realRoots().stream().noneMatch(real::startsWith)) {
      throw notAllowed();
    }
  }

  private static Path path(String input) throws RequestRefusedException {
    try {
      return Path.of(input).normalize();
    } catch (InvalidPathException e) {
      throw notFound();
    }
  }

  private static RequestRefusedException notFound() {
    return new RequestRefusedException(
        "not-found", "There is no file where 'input' says, or Islet may not read it.");
  }

  /** As it is written, so that nothing else is even looked at. */
  private boolean isNamed(Path path) throws IOException {
    return Stream.concat(
            roots.stream().map(r -> r.toAbsolutePath().normalize()), realRoots().stream())
        .anyMatch(path::startsWith);
  }

  private List<Path> realRoots() throws IOException {
    List<Path> real = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        real.add(root.toRealPath());
      }
    }
    return real;
  }

  private static RequestRefusedException notAllowed() {
    return new RequestRefusedException(
        "not-allowed",
        "'input' is not below a folder that requests may name; islet.queue.roots has them.");
  }
}
