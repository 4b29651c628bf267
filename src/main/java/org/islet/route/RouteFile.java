package org.islet.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.Sha256;

/**
 * A file of segmentation routes.
 *
 * @param file as the operator knows it
 * @param text what is in it; empty where it cannot be read
 * @param routes those that could be read
 * @param problems what is wrong with how they are written
 */
public record RouteFile(String file, String text, List<Route> routes, List<Problem> problems) {

  /** Files whose names end so are files of routes; those that begin with a dot are not. */
  private static final String NAME = "[^.].*\\.ya?ml";

  /** The file's own name, without folders. */
  public String name() {
    return file.substring(file.lastIndexOf('/') + 1);
  }

  /** Reads a file's text. Whatever it is, the answer is routes and problems. */
  public static RouteFile parse(String file, String text) {
    return new RouteParser(file).parse(text);
  }

  /** Reads a file. Whatever it is, the answer is routes and problems. */
  public static RouteFile read(Path file) {
    try {
      if (isTooLong(file)) {
        return unreadable(file, "the file is too long for one of routes.");
      }
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      return unreadable(file, "the file is not text in UTF-8.");
    } catch (IOException e) {
      return unreadable(
          file, "the file cannot be read (%s).".formatted(e.getClass().getSimpleName()));
    }
  }

  private static boolean isTooLong(Path file) throws IOException {
    return Files.size(file) > 4L * StrictYaml.MOST_CHARACTERS;
  }

  private static RouteFile unreadable(Path file, String sentence) {
    Location place = new Location(file.toString(), 0);
    return new RouteFile(file.toString(), "", List.of(), List.of(new Problem(place, sentence)));
  }

  /**
   * Reads the files of routes in a folder, by name; not those in folders below.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public static List<RouteFile> readAll(Path folder) {
    return in(folder).stream().map(RouteFile::read).toList();
  }

  /** A text that is another whenever a file of routes in a folder comes, goes or changes. */
  public static String state(Path folder) {
    Sha256 state = new Sha256();
    try {
      for (Path file : in(folder)) {
        state.add(file.toString());
        if (isTooLong(file)) {
          state.add("too long");
        } else {
          state.add(file);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return "The files are changing, or the folder is not there.";
    }
    return state.toHex();
  }

  /**
   * The files of routes in a folder, by name; not those in folders below.
   *
   * @throws IllegalArgumentException if the folder cannot be read
   */
  public static List<Path> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches(NAME) && Files.isRegularFile(f))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) { // the latter while the folder is being listed
      throw new IllegalArgumentException("The folder of routes " + folder + " cannot be read.", e);
    }
  }
}
