package org.islet.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the other file of an {@code .hdr} and {@code .img} pair, in lower case or upper case,
 * either of which may be .gz.
 */
final class NiftiPair {

  private static final Pattern NAME =
      Pattern.compile("(.*)\\.(hdr|img)(\\.gz)?", Pattern.CASE_INSENSITIVE);

  private NiftiPair() {}

  /**
   * The file in which the header of a given file is: its .hdr where it is an .img, else itself.
   *
   * @throws InputRefusedException {@code missing-partner}
   * @throws InputUnreachableException if the given file is not there either
   */
  static Path headerOf(Path file) throws IOException {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() && name.group(2).equalsIgnoreCase("img")
        ? partner(file, name.group(1), "hdr", "header")
        : file;
  }

  /**
   * The .img file of an .hdr file.
   *
   * @throws InputRefusedException {@code missing-partner}, also where the name does not end as that
   *     of a pair does
   * @throws InputUnreachableException if the header is not there any more either
   */
  static Path imageOf(Path header) throws IOException {
    Matcher name = NAME.matcher(header.getFileName().toString());
    if (!name.matches()) {
      throw new InputRefusedException(
          "missing-partner",
          "The header says that the voxels are in an .img file of their own, but the header's name"
              + " does not end in .hdr. Name the two files alike, .hdr and .img.");
    }
    return partner(header, name.group(1), "img", "image");
  }

  /** A file and the other one of its pair, header first; the file alone where there is no other. */
  static List<Path> filesOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return List.of(file);
    }
    boolean image = name.group(2).equalsIgnoreCase("img");
    Optional<Path> header = image ? find(file, name.group(1), "hdr") : Optional.of(file);
    return header
        .flatMap(h -> find(file, name.group(1), "img").map(i -> List.of(h, i)))
        .orElse(List.of(file));
  }

  private static Path partner(Path file, String base, String ending, String what)
      throws IOException {
    Optional<Path> partner = find(file, base, ending);
    if (partner.isPresent()) {
      return partner.get();
    }
    throw Files.exists(file)
        ? new InputRefusedException(
            "missing-partner",
            ("The %s file (.%s or .%s.gz) that belongs to this file is not beside it. Put"
                    + " both into the same folder under the same name.")
                .formatted(what, ending, ending))
        : InputUnreachableException.nothingThere();
  }

  private static Optional<Path> find(Path file, String base, String ending) {
    return Stream.of(ending, ending.toUpperCase(Locale.ROOT))
        .flatMap(written -> Stream.of(written, written + ".gz"))
        .map(written -> file.resolveSibling(base + "." + written))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
