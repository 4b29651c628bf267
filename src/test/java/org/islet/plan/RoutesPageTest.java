package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.route.Condition;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.junit.jupiter.api.Test;

/**
 * What docs/routes.md shows is right: its routes, its parts of recipes, and what is told of
 * mistakes.
 */
class RoutesPageTest {

  private static final Path PAGE = Path.of("docs/routes.md");
  private static final Path RECIPES = Path.of("routes/examples");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private record Block(String language, String text) {
    boolean isRoute() {
      return language.equals("yaml") && text.startsWith("- route:");
    }

    boolean isComment() {
      return text.startsWith("#");
    }
  }

  private static List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  private static String problemsOf(String route) {
    return MarkedRoutes.plans(RouteFile.parse("routes/mine.yaml", route)).problems().stream()
        .map(Problem::toString)
        .map(sentence -> sentence + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void a_route_on_the_page_is_right_or_told_to_be_wrong_as_it_is() throws IOException {
    List<Block> blocks = blocks();
    int wrong = 0;
    int right = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).isRoute()) {
        String told = blocks.get(i + 1).text();
        boolean bad = told.startsWith("routes/mine.yaml, line");
        assertEquals(bad ? told : "", problemsOf(blocks.get(i).text()));
        wrong += bad ? 1 : 0;
        right += bad ? 0 : 1;
      }
    }
    assertEquals(List.of(2, 1), List.of(right, wrong));
  }

  @Test
  void what_the_log_tells_on_the_page_is_told_of_the_wrong_route() throws IOException {
    List<String> told =
        Files.readAllLines(PAGE).stream().filter(l -> l.startsWith("WARN ")).toList();
    String wrong =
        blocks().stream()
            .filter(Block::isRoute)
            .map(Block::text)
            .filter(t -> t.contains("mim="))
            .findFirst()
            .orElseThrow();
    assertEquals(2, told.size());
    assertTrue(problemsOf(wrong).contains(told.get(1).substring("WARN  ".length())), told.get(1));
  }

  @Test
  void a_condition_on_the_page_is_one() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .dropWhile(line -> !line.startsWith("| condition |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.substring(1, line.indexOf(" | ")))
            .toList();
    assertEquals(6, rows.size());
    for (String row : rows) {
      Matcher quoted = Pattern.compile("`([^`]+)`").matcher(row);
      while (quoted.find()) {
        String condition = quoted.group(1);
        assertDoesNotThrow(() -> Condition.parse(condition), condition);
      }
    }
  }

  @Test
  void any_other_yaml_on_the_page_is_part_of_a_recipe() throws IOException {
    String recipes = recipes().stream().map(RoutesPageTest::read).collect(Collectors.joining());
    for (Block block : blocks()) {
      if (block.language().equals("yaml") && !block.isRoute() && !block.isComment()) {
        assertTrue(unindented(recipes).contains(unindented(block.text())), block.text());
      }
    }
  }

  private static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(RECIPES)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String unindented(String yaml) {
    return yaml.lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  @Test
  void every_recipe_is_on_the_page() throws IOException {
    String page = Files.readString(PAGE);
    for (Path file : recipes()) {
      assertTrue(page.contains("](../" + file + ")"), file.toString());
    }
  }
}
