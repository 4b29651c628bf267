package org.islet.intake;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder of CTs that failed, each in one of its own with the reason, and their way back. */
final class FailedFolder {

  private final Path in;
  private final Path failed;

  FailedFolder(InboxFolders folders) {
    this.in = folders.in();
    this.failed = folders.failed();
  }

  /**
   * The folders of CTs that failed, by name: those with a reason, which is a file.
   *
   * @param unreadable told of what cannot be looked into; the rest is found all the same
   */
  List<Path> all(BiConsumer<Path, IOException> unreadable) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        failed,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isReason(file)) {
              found.add(file.getParent());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            unreadable.accept(file, e);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            if (e != null) {
              unreadable.accept(folder, e);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(found);
    return found;
  }

  private boolean isReason(Path file) {
    return NameBytes.of(file).equals(Arrivals.REASON)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !file.getParent().equals(failed);
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
        Arrivals.in(failure).cts().stream()
            .filter(file -> file.getParent().equals(failure))
            .findFirst();
    if (ct.isEmpty()) {
      return Optional.empty();
    }
    Path to =
        Moves.folderFor(
            Files.createDirectories(in),
            failed.relativize(failure).resolveSibling(ct.get().getFileName()));
    int number = Moves.together(Arrivals.filesBeside(ct.get()), to);
    Path back = to.resolve(NumberedName.of(ct.get(), number));
    Arrivals.halvesNow(back).forEach(FailedFolder::mark);
    Files.deleteIfExists(failure.resolve(Arrivals.REASON));
    Moves.dissolve(failure);
    return Optional.of(back);
  }

  private static void mark(Path half) {
    try {
      Files.createFile(Arrivals.markerOf(half));
    } catch (IOException e) {
      // It says so already, or its name leaves no room to; then it is told by its age.
    }
  }

  /**
   * Takes away the reasons of a failure out of whose folders the CTs were moved back by hand.
   *
   * @param arrival where the CT came from, below {@code in}
   * @param isIt whether a reason is that of the failure
   */
  void forgetReasons(Path arrival, Predicate<FailureReason> isIt) throws IOException {
    Path parent = failed.resolve(arrival).getParent();
    for (int number = 1; ; number++) {
      Path folder = parent.resolve(NumberedName.of(arrival, number));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      forgetLoneReason(folder, isIt);
    }
  }

  /** Takes a folder away that holds a reason and nothing else. */
  private void forgetLoneReason(Path folder, Predicate<FailureReason> isIt) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.count() == 1 && reasonIn(folder).filter(isIt).isPresent()) {
        Files.delete(folder.resolve(Arrivals.REASON));
      }
    }
    Moves.dissolve(folder);
  }

  /**
   * Takes the reason away out of a folder whose CT was moved out by hand, and the folder too unless
   * something else is left in it.
   *
   * @return false if nothing is taken away, since the reason was written by somebody else
   */
  boolean forget(Path folder) throws IOException {
    if (reasonIn(folder).isEmpty()) {
      return false;
    }
    Files.delete(folder.resolve(Arrivals.REASON));
    Moves.dissolve(folder);
    return true;
  }

  /** The reason in a CT's folder, if it is one that Islet wrote. */
  Optional<FailureReason> reasonIn(Path folder) {
    try {
      return Optional.of(FailureReason.read(folder.resolve(Arrivals.REASON)));
    } catch (IOException e) { // it was written by somebody else
      return Optional.empty();
    }
  }
}
