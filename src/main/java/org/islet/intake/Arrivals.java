package org.islet.intake;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The CTs in a folder and its subfolders. Links are not followed; left alone are names that begin
 * with a dot, files under way ({@code .part}, {@code .tmp}, {@code .filepart}), markers ({@code
 * .done}) and what goes with a CT ({@code .json}, and the {@code .img} of a pair).
 */
final class Arrivals {

  /** What is put beside a CT to say that it is complete. */
  static final String MARKER = ".done";

  private static final int DEEPEST = 16;
  private static final String NO_CT = "(?i).*\\.(part|tmp|filepart|done|json)";
  private static final String CT_ENDING = "(?i)\\.(nii|hdr|img)(\\.gz)?$";

  private Arrivals() {}

  /** The CTs below a folder, by name; those of folders that cannot be read are left out. */
  static List<Path> in(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.noneOf(java.nio.file.FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) {
            return directory.equals(folder) || !name(directory).startsWith(".")
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isCt(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(folder)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
  }

  private static boolean isCt(Path file) {
    String name = name(file);
    return !name.startsWith(".") && !name.matches(NO_CT) && partner(file, ".img", ".hdr").isEmpty();
  }

  /** The files that make up a CT and what is asked for with it: itself first. */
  static List<Path> groupOf(Path ct) {
    List<Path> group = new ArrayList<>(List.of(ct));
    partner(ct, ".hdr", ".img").ifPresent(group::add);
    optionsOf(ct).ifPresent(group::add);
    return group;
  }

  /** The file of options beside a CT: {@code NAME.json}, with or without the CT's own ending. */
  static Optional<Path> optionsOf(Path ct) {
    String name = name(ct);
    return firstThatIs(ct, Stream.of(name + ".json", name.replaceFirst(CT_ENDING, "") + ".json"));
  }

  /** The marker that says that a CT is complete. */
  static Path markerOf(Path ct) {
    return ct.resolveSibling(name(ct) + MARKER);
  }

  private static Optional<Path> partner(Path file, String ending, String other) {
    String name = name(file);
    int at = name.toLowerCase(Locale.ROOT).lastIndexOf(ending);
    if (at < 0 || !name.substring(at + ending.length()).matches("|\\.gz")) {
      return Optional.empty();
    }
    return firstThatIs(
        file,
        Stream.of(other, other.toUpperCase(Locale.ROOT))
            .flatMap(written -> Stream.of(written, written + ".gz"))
            .map(written -> name.substring(0, at) + written));
  }

  private static Optional<Path> firstThatIs(Path beside, Stream<String> names) {
    try {
      return names
          .map(beside::resolveSibling)
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .findFirst();
    } catch (InvalidPathException e) { // a name that this locale cannot write
      return Optional.empty();
    }
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }
}
