package org.islet.intake;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves between the folders of an intake. A move is a rename, so it happens once and as a whole,
 * and no file is ever overwritten.
 */
final class Moves {

  private Moves() {}

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Moves a file back, unless another has come there meanwhile. */
  static boolean isPutBack(Path file, Path to) throws IOException {
    try {
      Files.createLink(to, file);
      Files.delete(file);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException e) { // no links there
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      move(file, to);
      return true;
    }
  }

  /**
   * Moves files that belong together into a folder, in this order.
   *
   * @return the number in their names there, the first that is free for all of them
   */
  static int together(List<Path> files, Path folder) throws IOException {
    int number = reserve(files, folder);
    try {
      for (Path file : files) {
        move(file, folder.resolve(NumberedName.of(file, number)));
      }
      return number;
    } catch (IOException e) {
      unreserve(files, number, folder);
      throw e;
    }
  }

  /**
   * Makes empty files under the first number that is free for all, for others to see that their
   * names are taken: a rename would overwrite what comes in between.
   */
  private static int reserve(List<Path> files, Path folder) throws IOException {
    for (int number = 1; ; number++) {
      List<Path> made = new ArrayList<>();
      try {
        for (Path file : files) {
          made.add(Files.createFile(folder.resolve(NumberedName.of(file, number))));
        }
        return number;
      } catch (FileAlreadyExistsException e) {
        for (Path file : made) {
          Files.delete(file);
        }
      }
    }
  }

  private static void unreserve(List<Path> files, int number, Path folder) throws IOException {
    for (Path file : files) {
      Path reserved = folder.resolve(NumberedName.of(file, number));
      if (Files.exists(reserved) && Files.size(reserved) == 0) {
        Files.delete(reserved);
      }
    }
  }

  /** Moves a folder into another, under a name or the first number of that which is free. */
  static void folder(Path from, Path name, Path parent) throws IOException {
    for (int number = 1; ; number++) {
      Path to = parent.resolve(NumberedName.of(name, number));
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        move(from, to);
        return;
      } catch (FileSystemException e) {
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS) || !Files.exists(from)) {
          throw e;
        } // somebody else took the name in between
      }
    }
  }

  /**
   * Makes the folder for what came with a CT, below the same subfolders as it was in {@code in}.
   * Where something else than a folder has the name of one, such as a link, a number is added.
   */
  static Path folderFor(Path root, Path arrival) throws IOException {
    Path folder = root;
    for (int i = 0; i < arrival.getNameCount() - 1; i++) {
      folder = subfolder(folder, arrival.getName(i));
    }
    return folder;
  }

  private static Path subfolder(Path folder, Path name) throws IOException {
    for (int number = 1; ; number++) {
      Path made = folder.resolve(NumberedName.of(name, number));
      try {
        return Files.createDirectory(made);
      } catch (FileAlreadyExistsException e) {
        if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
          return made;
        }
      }
    }
  }

  /** Deletes a folder and those below it, unless a file is left in one of them. */
  static void dissolve(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult postVisitDirectory(Path each, IOException e) throws IOException {
            try {
              Files.deleteIfExists(each);
            } catch (DirectoryNotEmptyException notEmpty) {
              return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException e) {
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
