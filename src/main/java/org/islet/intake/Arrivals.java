package org.islet.intake;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The CTs in a folder and its subfolders, as one look found them. Links are not followed; left
 * alone are names that begin with a dot, files under way ({@code .part}, {@code .tmp}, {@code
 * .filepart}), markers ({@code .done}) and what goes with a CT ({@code .json}, and the {@code .img}
 * of a pair).
 */
final class Arrivals {

  /** The file that says why a CT has no result; never one of options. */
  static final String REASON = "reason.json";

  private static final int DEEPEST = 16;
  private static final String MARKER = ".done";
  private static final String NO_CT = "(?is).*\\.(part|tmp|filepart|done|json)";
  private static final String OPTIONS_ENDING = ".json";
  private static final String CT_ENDING = "(?i)\\.(nii|hdr|img)(\\.gz)?\\z";
  private static final String HEADER = ".hdr";
  private static final String IMAGE = ".img";
  private static final String PACKED_HEADER = "(?is)(.*\\.hdr)\\.gz";
  private static final List<String> UNDER_WAY = List.of(".part", ".tmp", ".filepart");

  /** All ways to write the ending of options. */
  private static final List<String> OPTIONS_ENDINGS = spellings(OPTIONS_ENDING);

  private final Map<Path, BasicFileAttributes> files;

  /** Files of options, by their name with its ending in small letters. */
  private final Map<Path, Path> options = new HashMap<>();

  private final List<IOException> unreadable;

  private Arrivals(Map<Path, BasicFileAttributes> files, List<IOException> unreadable) {
    this.files = files;
    this.unreadable = List.copyOf(unreadable);
    for (Path file : files.keySet()) {
      if (isOptions(file)) {
        String name = NameBytes.of(file);
        String stem = name.substring(0, name.length() - OPTIONS_ENDING.length());
        options.put(NameBytes.beside(file, stem + OPTIONS_ENDING), file);
      }
    }
  }

  private static boolean isOptions(Path file) {
    String name = NameBytes.of(file);
    return name.toLowerCase(Locale.ROOT).endsWith(OPTIONS_ENDING) && !name.equals(REASON);
  }

  private static List<String> spellings(String ending) {
    List<String> spellings = List.of("");
    for (int i = 0; i < ending.length(); i++) {
      String small = ending.substring(i, i + 1);
      String large = small.toUpperCase(Locale.ROOT);
      spellings =
          spellings.stream().flatMap(s -> Stream.of(s + small, s + large)).distinct().toList();
    }
    return spellings;
  }

  /**
   * Looks at a folder. What is in subfolders that cannot be read is left out, and why is in {@link
   * #unreadable}.
   *
   * @param folder may be a link itself
   */
  static Arrivals in(Path folder) throws IOException {
    Map<Path, BasicFileAttributes> files = new TreeMap<>();
    List<IOException> unreadable = new ArrayList<>();
    Path start = folder.toRealPath();
    Files.walkFileTree(
        start,
        EnumSet.noneOf(FileVisitOption.class),
        DEEPEST,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) {
            return directory.equals(start) || !isHidden(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory() && !isHidden(file)) {
              files.put(folder.resolve(start.relativize(file)), attributes);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(start)) {
              throw e;
            }
            if (!isHidden(file) && !(e instanceof NoSuchFileException)) {
              unreadable.add(e);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException e) {
            if (e != null) {
              unreadable.add(e);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new Arrivals(files, unreadable);
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  /** Why subfolders could not be looked into, each by a failure of its own. */
  List<IOException> unreadable() {
    return unreadable;
  }

  /** The CTs, by name. */
  List<Path> cts() {
    return files.keySet().stream().filter(this::isCt).toList();
  }

  private boolean isCt(Path file) {
    return files.get(file).isRegularFile()
        && !NameBytes.of(file).matches(NO_CT)
        && partner(file, IMAGE, HEADER, this::isFile).isEmpty();
  }

  private boolean isFile(Path file) {
    return files.containsKey(file) && files.get(file).isRegularFile();
  }

  /** What was found of a file. */
  BasicFileAttributes attributes(Path file) {
    return files.get(file);
  }

  /** The files that make up a CT and what is asked for with it: itself first. */
  List<Path> groupOf(Path ct) {
    return group(ct, this::isFile, this::optionsOf);
  }

  /** Whether a marker lies beside a CT, or beside the other half of it. */
  boolean isMarked(Path ct) {
    return halves(ct, this::isFile).stream().map(Arrivals::markerOf).anyMatch(this::isFile);
  }

  /** Whether a marker lies beside a CT and, of a pair, one beside the other half of it too. */
  boolean isMarkedAsWhole(Path ct) {
    return halves(ct, this::isFile).stream().map(Arrivals::markerOf).allMatch(this::isFile);
  }

  /** Whether the CT is one half of a pair whose other half is not there. */
  boolean isHalf(Path ct) {
    return isOneOfPair(ct) && halves(ct, this::isFile).size() == 1;
  }

  /** Whether the half that a CT lacks is under way, by its name. */
  boolean otherHalfIsUnderWay(Path half) {
    return UNDER_WAY.stream()
        .anyMatch(
            ending ->
                names(half, HEADER, IMAGE).anyMatch(name -> isThere(half, name + ending))
                    || names(half, IMAGE, HEADER).anyMatch(name -> isThere(half, name + ending)));
  }

  private boolean isThere(Path beside, String name) {
    return files.containsKey(NameBytes.beside(beside, name));
  }

  /** Files of options with no CT beside them. */
  Set<Path> loneOptions() {
    Set<Path> lone = new HashSet<>();
    if (!options.isEmpty()) {
      files.keySet().stream().filter(Arrivals::isOptions).forEach(lone::add);
      cts().forEach(ct -> optionsOf(ct).ifPresent(lone::remove));
    }
    return lone;
  }

  private Optional<Path> optionsOf(Path ct) {
    return options.isEmpty()
        ? Optional.empty()
        : optionsNames(ct)
            .map(stem -> options.get(NameBytes.beside(ct, stem + OPTIONS_ENDING)))
            .filter(Objects::nonNull)
            .findFirst();
  }

  // ------------------------------------------- what lies beside a file now

  /** The files that make up a CT and what is asked for with it, as they are now: itself first. */
  static List<Path> groupNow(Path ct) {
    return group(ct, Arrivals::isFileNow, Arrivals::optionsNow);
  }

  /** The file of a CT, and the other half of it if there is one. */
  static List<Path> halvesNow(Path ct) {
    return halves(ct, Arrivals::isFileNow);
  }

  /** The file of options beside a CT: {@code NAME.json}, with or without the CT's own ending. */
  static Optional<Path> optionsNow(Path ct) {
    return optionsNow(ct, Arrivals::isFileOrLinkNow);
  }

  /** Whether something that is no file, such as a folder, has the name of a CT's options. */
  static boolean isAnythingElseAtOptions(Path ct) {
    return optionsNow(ct, file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isPresent()
        && optionsNow(ct).isEmpty();
  }

  /** The markers that may lie beside a CT and its other half. */
  static List<Path> markersOf(Path ct) {
    return Stream.concat(Stream.of(NameBytes.of(ct)), names(ct, HEADER, IMAGE))
        .map(name -> NameBytes.beside(ct, name + MARKER))
        .filter(Arrivals::isFileOrLinkNow)
        .toList();
  }

  /**
   * All that lies beside a CT that has a folder for itself. It comes last: what is moved in this
   * order stays a CT until all is moved.
   */
  static List<Path> filesBeside(Path ct) throws IOException {
    try (Stream<Path> files = Files.list(ct.getParent())) {
      return files
          .filter(file -> !REASON.equals(NameBytes.of(file)))
          .filter(file -> !NameBytes.of(file).startsWith("."))
          .sorted(Comparator.<Path, Boolean>comparing(ct::equals).thenComparing(f -> f))
          .toList();
    }
  }

  private static boolean isFileNow(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Options that are a link are refused later on, and not passed over. */
  private static boolean isFileOrLinkNow(Path file) {
    return isFileNow(file) || Files.isSymbolicLink(file);
  }

  private static List<Path> group(
      Path ct, Predicate<Path> isFile, Function<Path, Optional<Path>> options) {
    List<Path> group = new ArrayList<>(halves(ct, isFile));
    options.apply(ct).ifPresent(group::add);
    return group;
  }

  private static List<Path> halves(Path ct, Predicate<Path> isFile) {
    List<Path> halves = new ArrayList<>(List.of(ct));
    partner(ct, HEADER, IMAGE, isFile).ifPresent(halves::add);
    return halves;
  }

  private static Optional<Path> optionsNow(Path ct, Predicate<Path> isThere) {
    return optionsNames(ct)
        .flatMap(stem -> OPTIONS_ENDINGS.stream().map(ending -> stem + ending))
        .filter(name -> !name.equals(REASON))
        .map(name -> NameBytes.beside(ct, name))
        .filter(isThere)
        .findFirst();
  }

  /** The names that a CT's options may have, without their ending: the one that counts first. */
  private static Stream<String> optionsNames(Path ct) {
    String name = NameBytes.of(ct);
    return Stream.of(name, name.replaceFirst(PACKED_HEADER, "$1"), name.replaceFirst(CT_ENDING, ""))
        .distinct();
  }

  /** The marker of a CT, or of one half of it. */
  static Path markerOf(Path ct) {
    return NameBytes.beside(ct, NameBytes.of(ct) + MARKER);
  }

  private static boolean isOneOfPair(Path file) {
    return names(file, HEADER, IMAGE).findAny().isPresent()
        || names(file, IMAGE, HEADER).findAny().isPresent();
  }

  private static Optional<Path> partner(
      Path file, String ending, String other, Predicate<Path> isFile) {
    return names(file, ending, other)
        .map(name -> NameBytes.beside(file, name))
        .filter(isFile)
        .findFirst();
  }

  /** The names that the other half of a file may have; none if the file does not end so. */
  private static Stream<String> names(Path file, String ending, String other) {
    String name = NameBytes.of(file);
    int at = name.toLowerCase(Locale.ROOT).lastIndexOf(ending);
    if (at < 0 || !name.substring(at + ending.length()).matches("(?i)|\\.gz")) {
      return Stream.empty();
    }
    return Stream.of(other, other.toUpperCase(Locale.ROOT))
        .flatMap(written -> Stream.of(written, written + ".gz"))
        .map(written -> name.substring(0, at) + written);
  }
}
