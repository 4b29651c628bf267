package org.islet.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.islet.plan.MarkedRoutes;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.Problem;
import org.islet.route.RouteFile;

/** Whatever a file of routes holds, the answer is plans and problems; nothing else comes of it. */
class RouteMutationTest {

  private static final long MOST_NANOSECONDS = 10_000_000_000L;
  private static final List<String> WORDS =
      List.of(
          "- ",
          "{",
          "}",
          "[",
          "]",
          ": ",
          ", ",
          "\n",
          "  ",
          "&a",
          "*a",
          "!t",
          "'",
          "\"",
          "|",
          ">",
          "?",
          "#",
          "%",
          "@",
          "~",
          "\0",
          "\t",
          "\uFEFF",
          "\\",
          "{{",
          "9999999999",
          "-1",
          "passes",
          "not ",
          "ct",
          "mask",
          "steps:",
          "to: ",
          "loop:",
          "choice:",
          "doTry:",
          "direct:",
          "stage:",
          "uri:");

  private static List<String> originals;
  private static Path folder;

  @BeforeContainer
  static void readOriginals() throws IOException {
    folder = Files.createTempDirectory("routes");
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/routes"))) {
      originals =
          new ArrayList<>(
              files
                  .filter(f -> f.toString().endsWith(".yaml"))
                  .map(RouteMutationTest::text)
                  .toList());
    }
    originals.add(Files.readString(Path.of("routes/pancreas-two-stage.yaml")));
    assertTrue(originals.size() > 100);
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("r.yaml"));
    Files.delete(folder);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Property(tries = 500)
  void changed_bytes(@ForAll Random random, @ForAll @IntRange(min = 1, max = 8) int changes) {
    byte[] bytes = original(random).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    planOrRefuse(bytes);
  }

  @Property(tries = 500)
  void words_put_in(@ForAll Random random, @ForAll @IntRange(min = 1, max = 6) int changes) {
    StringBuilder text = new StringBuilder(original(random));
    for (int i = 0; i < changes; i++) {
      text.insert(random.nextInt(text.length()), WORDS.get(random.nextInt(WORDS.size())));
    }
    planOrRefuse(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1000)
  void lines_taken_away_doubled_indented_and_from_other_files(
      @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes) {
    List<String> lines = new ArrayList<>(original(random).lines().toList());
    for (int i = 0; i < changes; i++) {
      change(lines, random);
    }
    planOrRefuse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private static void change(List<String> lines, Random random) {
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.set(at, "");
      case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 2 -> lines.set(at, " ".repeat(random.nextInt(5)) + lines.get(at).strip());
      default -> {
        List<String> other = original(random).lines().toList();
        lines.set(at, other.get(random.nextInt(other.size())));
      }
    }
  }

  @Property(tries = 200)
  void bytes_by_chance(@ForAll byte[] bytes) {
    planOrRefuse(bytes);
  }

  private static String original(Random random) {
    return originals.get(random.nextInt(originals.size()));
  }

  /** Reads, plans and draws; and asserts that each problem is a sentence on a line of the file. */
  private static void planOrRefuse(byte[] bytes) {
    long start = System.nanoTime();
    RouteFile file = RouteFile.read(write(bytes));
    RoutePlans plans = MarkedRoutes.plans(file);
    for (Problem problem : plans.problems()) {
      String sentence = problem.sentence();
      assertTrue(sentence.endsWith(".") || sentence.endsWith("?"), sentence);
      assertFalse(sentence.chars().anyMatch(Character::isISOControl), sentence);
      assertEquals(file.file(), problem.location().file());
      assertTrue(problem.location().line() <= 1 + file.text().split("\r\n|\r|\n", -1).length);
    }
    assertTrue(!plans.problems().isEmpty() || !plans.entries().isEmpty());
    for (RoutePlan plan : plans.entries().values()) {
      assertNotNull(RoutePicture.svg(plan));
      assertNotNull(SlotDot.text(plan));
      plan.order().forEach(step -> assertNotNull(plan.costOf(step)));
    }
    assertTrue(System.nanoTime() - start < MOST_NANOSECONDS);
  }

  private static Path write(byte[] bytes) {
    try {
      return Files.write(folder.resolve("r.yaml"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
