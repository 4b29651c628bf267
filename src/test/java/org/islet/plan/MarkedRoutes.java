package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.model.CardNetworks;
import org.islet.model.InferenceMemory;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.Networks;
import org.islet.stage.Stages;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * Files of routes in which each line that something is wrong with ends in a comment {@code #
 * wrong:} and a part of the sentence that says what; several, with {@code #} between them.
 */
public final class MarkedRoutes {

  static final Geometry CT = Geometry.of(new Size(256, 256, 120), 1.5, 1.5, 2);
  private static final Path ROOT = Path.of("src/test/resources/routes");
  private static final String MARK = "# wrong: ";

  private MarkedRoutes() {}

  public static List<Path> in(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static RoutePlans plans(RouteFile... files) {
    return new RoutePlans(List.of(files), Stages.ALL, networks(), Grid.ofCt(CT));
  }

  /** Asserts that what is found is what is marked, on the lines where it is marked. */
  static void assertFound(Path file) throws IOException {
    List<Problem> found = plans(RouteFile.read(file)).problems();
    TreeMap<Integer, List<String>> marked = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      int at = lines.get(i).indexOf(MARK);
      if (at >= 0) {
        marked.put(i + 1, List.of(lines.get(i).substring(at + MARK.length()).split(" # ")));
      }
    }
    List<Integer> expected = new ArrayList<>();
    marked.forEach((line, parts) -> parts.forEach(part -> expected.add(line)));
    assertEquals(
        expected, found.stream().map(p -> p.location().line()).toList(), () -> text(found));
    for (int i = 0; i < found.size(); i++) {
      String sentence = found.get(i).sentence();
      assertTrue(
          marked.get(found.get(i).location().line()).stream().anyMatch(sentence::contains),
          () -> text(found));
      assertEquals(file.toString(), found.get(i).location().file());
    }
  }

  private static String text(List<Problem> problems) {
    return String.join("\n", problems.stream().map(Problem::toString).toList());
  }

  static Networks networks() {
    return new CardNetworks(Path.of("models"), new InferenceMemory(1500L << 20));
  }
}
