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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves between the folders of an intake. A move is a rename, so it happens once and as a whole,
 * and no file is ever overwritten.
 */
final class Moves {

  private Moves() {}

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Moves a file, unless another has come there meanwhile. */
  static boolean isMoved(Path file, Path to) throws IOException {
    return areMoved(Map.of(file, to));
  }

  /**
   * Moves files that belong together into a folder, in this order.
   *
   * @return the number in their names there, the first that is free for all of them
   */
  static int together(List<Path> files, Path folder) throws IOException {
    int number = 1;
    while (!areMoved(numbered(files, folder, number))) {
      number++;
    }
    return number;
  }

  private static Map<Path, Path> numbered(List<Path> files, Path folder, int number) {
    Map<Path, Path> moves = new LinkedHashMap<>();
    files.forEach(file -> moves.put(file, folder.resolve(NumberedName.of(file, number))));
    return moves;
  }

  /** Moves all files, or none if one of the names is another's. */
  private static boolean areMoved(Map<Path, Path> moves) throws IOException {
    List<Path> made = new ArrayList<>();
    try {
      for (var move : moves.entrySet()) {
        if (!isSame(move.getKey(), move.getValue())) {
          takeName(move.getKey(), move.getValue());
          made.add(move.getValue());
        }
      }
    } catch (IOException e) {
      deleteAll(made);
      if (e instanceof FileAlreadyExistsException) {
        return false;
      }
      throw e;
    }
    try {
      for (var move : moves.entrySet()) {
        moveToTaken(move.getKey(), move.getValue());
        made.remove(move.getValue());
      }
      return true;
    } catch (IOException e) {
      deleteAll(made);
      throw e;
    }
  }

  private static void deleteAll(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /**
   * Takes a name, for others to see: a rename would overwrite what comes in between. It is a second
   * name of the file itself, so that a process may end here; where there can be none, the name of
   * an empty file.
   */
  private static void takeName(Path file, Path name) throws IOException {
    if (isFile(file)) {
      try {
        Files.createLink(name, file);
        return;
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // A system without such links, or one that allows none to the files of others.
      }
    }
    Files.createFile(name);
  }

  private static void moveToTaken(Path file, Path name) throws IOException {
    if (isSame(file, name)) {
      Files.delete(file);
    } else {
      move(file, name);
    }
  }

  /** Whether this is a second name of the file. */
  private static boolean isSame(Path file, Path name) throws IOException {
    return isFile(file) && isFile(name) && Files.isSameFile(file, name);
  }

  private static boolean isFile(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
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
