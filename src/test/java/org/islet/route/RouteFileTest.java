package org.islet.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.ToStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of files, whatever is in them. */
class RouteFileTest {

  private static final String ROUTE =
      """
      - route:
          from:
            uri: direct:test
            steps:
              - to: stage:clip
              - to: stage:threshold?mni=1
              - log: Grüße an 患者
      """;

  @TempDir Path folder;

  private RouteFile read(byte[] bytes) throws IOException {
    return RouteFile.read(Files.write(folder.resolve("r.yaml"), bytes));
  }

  private RouteFile read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private String only(RouteFile file) {
    assertEquals(1, file.problems().size(), file.problems()::toString);
    Problem problem = file.problems().get(0);
    assertEquals(folder.resolve("r.yaml").toString(), problem.location().file());
    return problem.location().line() + ": " + problem.sentence();
  }

  private static List<RouteStep> steps(RouteFile file) {
    assertEquals(List.of(), file.problems());
    return file.routes().get(0).steps().steps();
  }

  @Test
  void a_route_is_read_with_the_line_of_each_step() throws IOException {
    RouteFile file = read(ROUTE);
    List<RouteStep> steps = steps(file);
    assertEquals("test", file.routes().get(0).name());
    assertEquals(3, file.routes().get(0).location().line());
    assertEquals(List.of(5, 6, 7), steps.stream().map(s -> s.location().line()).toList());
    assertEquals("stage:threshold?mni=1", ((ToStage) steps.get(1)).uri());
    assertEquals("Grüße an 患者", ((Log) steps.get(2)).text());
    assertEquals(ROUTE, file.text());
    assertEquals("r.yaml", file.name());
  }

  @Test
  void a_file_of_windows_and_one_of_old_macs_have_the_same_lines() throws IOException {
    for (String end : new String[] {"\r\n", "\r"}) {
      RouteFile file = read(ROUTE.replace("\n", end));
      assertEquals(
          List.of(5, 6, 7), steps(file).stream().map(s -> s.location().line()).toList(), end);
    }
    String spoilt = ROUTE.replace("stage:clip", "exec:ls").replace("\n", "\r\n");
    assertTrue(only(read(spoilt)).startsWith("5: a segmentation route cannot send to 'exec:'"));
  }

  @Test
  void a_byte_order_mark_is_no_part_of_the_text() throws IOException {
    assertEquals(3, steps(read("\uFEFF" + ROUTE)).size());
  }

  @Test
  void a_tab_that_indents_is_refused_on_its_line() throws IOException {
    String found = only(read(ROUTE.replace("        - to: stage:clip", "\t- to: stage:clip")));
    assertTrue(found.startsWith("5: this is not YAML: "), found);
  }

  @Test
  void a_character_that_no_yaml_holds_is_refused_on_its_line_in_one_line() throws IOException {
    for (String bad : new String[] {"\0", "\u0007", "\u001b[31m", "\uFFFF"}) {
      String found = only(read(ROUTE.replace("stage:clip", "stage:" + bad + "clip")));
      assertTrue(found.startsWith("5: this is not YAML: "), found);
      assertEquals(1, found.lines().count(), found);
      assertTrue(found.chars().noneMatch(Character::isISOControl), found);
    }
    String late =
        ROUTE.replace("- route", "# ü😀\n".repeat(900) + "- route").replace("ß", "\u0001");
    String found = only(read(late));
    assertTrue(found.startsWith("907: this is not YAML: "), found);
  }

  @Test
  void an_escape_in_a_key_or_value_does_not_reach_the_terminal() throws IOException {
    RouteFile file =
        read(ROUTE.replace("stage:clip", "\"a\\e[31m\\nb\"").replace("log", "\"l\\0\""));
    assertEquals(2, file.problems().size());
    for (Problem problem : file.problems()) {
      assertTrue(problem.sentence().chars().noneMatch(Character::isISOControl), problem::toString);
    }
  }

  @Test
  void a_file_that_is_not_utf_8_is_refused() throws IOException {
    assertEquals(
        "0: the file is not text in UTF-8.", only(read(ROUTE.getBytes(StandardCharsets.UTF_16))));
    assertEquals(
        "0: the file is not text in UTF-8.",
        only(read(ROUTE.getBytes(StandardCharsets.ISO_8859_1))));
  }

  @Test
  void a_wordfile_is_refused_before_it_is_parsed() throws IOException {
    assertEquals(
        "1: the file has 307200 characters; at most 262144 are read.",
        only(read("#".repeat(300 * 1024))));
    assertEquals("0: the file is too long for one of routes.", only(read("ä".repeat(600 * 1024))));
    String fits = ROUTE + "#".repeat(256 * 1024 - ROUTE.length());
    assertEquals(3, steps(read(fits)).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing\n", "\uFEFF"})
  void an_empty_file_says_so(String text) throws IOException {
    assertEquals("1: the file is empty; it should hold a list of routes.", only(read(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"route", "{}", "[]", "route: {}", "~", "3"})
  void what_is_no_list_of_routes_says_so(String text) throws IOException {
    assertEquals("1: the file should hold a list: '- route:' and so on.", only(read(text)));
  }

  @Test
  void a_list_inside_a_list_is_no_step() throws IOException {
    assertEquals(
        "5: 'a step' should be followed by keys and their values.",
        only(read(ROUTE.replace("- to: stage:clip", "- - to: stage:clip"))));
  }

  @Test
  void a_key_that_comes_twice_is_reported_where_it_comes_again() throws IOException {
    assertEquals(
        "4: the key 'uri' is here for a second time; keep one.",
        only(read(ROUTE.replace("direct:test\n", "direct:test\n      uri: direct:other\n"))));
  }

  @Test
  void a_key_that_is_no_word_is_reported() throws IOException {
    assertEquals(
        "4: a key must be a word.",
        only(read(ROUTE.replace("direct:test\n", "direct:test\n      ? [a]\n      : b\n"))));
  }

  @Test
  void a_value_over_several_lines_is_one_and_is_placed_where_its_key_is() throws IOException {
    String folded =
        ROUTE.replace("log: Grüße an 患者", "log: >-\n            one\n            two\n")
            + "        - to: exec:ls\n";
    RouteFile file = read(folded);
    assertEquals("one two", ((Log) file.routes().get(0).steps().steps().get(2)).text());
    assertTrue(only(file).startsWith("11: a segmentation route cannot send to 'exec:'"));
    String found = only(read(ROUTE.replace("stage:clip", "stage:clip\n            ?min=1")));
    assertTrue(found.startsWith("5: the address 'stage:clip ?min=1' has characters"), found);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "? ", "[[{a: [", "!!x [", "{[", "- ? "})
  void ten_thousand_levels_are_refused_at_once(String open) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          RouteFile file = read(open.repeat(10_000));
          assertTrue(!file.problems().isEmpty());
          assertEquals(List.of(), file.routes());
        });
  }

  @Test
  void steps_may_be_nested_sixty_deep_and_no_deeper() throws IOException {
    String shallow = nested(10);
    assertEquals(List.of(), read(shallow).problems());
    assertEquals("5: this is nested more than 64 deep.", only(read(nested(30))));
  }

  /** Pipelines inside each other, all on line 5. */
  private static String nested(int depth) {
    return "- route:\n    from:\n      uri: direct:test\n      steps:\n        - "
        + "{pipeline: {steps: [".repeat(depth)
        + "{to: stage:clip}"
        + "]}}".repeat(depth);
  }

  @Test
  void a_wordrun_of_blanks_takes_no_longer_than_other_characters() {
    String blanks = " ".repeat(250_000);
    String text =
        ROUTE.replace(
            "- to: stage:clip", "- to: {uri: stage:clip, parameters: {min: \"1" + blanks + "2\"}}");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertEquals(1, RouteFile.parse("r", text).problems().size()));
  }

  @Test
  void a_file_that_is_gone_is_named() {
    RouteFile file = RouteFile.read(folder.resolve("r.yaml"));
    assertEquals("0: the file cannot be read (NoSuchFileException).", only(file));
    assertEquals("", file.text());
  }

  @Test
  void of_a_folder_the_yaml_files_are_read_by_name_but_not_hidden_ones_and_folders()
      throws IOException {
    for (String name : new String[] {"b.yml", "a.yaml", ".c.yaml", "d.json", "e.yaml.bak"}) {
      Files.writeString(folder.resolve(name), ROUTE);
    }
    Files.createDirectory(folder.resolve("f.yaml"));
    assertEquals(
        List.of("a.yaml", "b.yml"),
        RouteFile.readAll(folder).stream().map(RouteFile::name).toList());
    Path none = folder.resolve("none");
    String message =
        assertThrows(IllegalArgumentException.class, () -> RouteFile.in(none)).getMessage();
    assertEquals("The folder of routes " + none + " cannot be read.", message);
  }

  @Test
  void a_file_of_a_terabyte_holds_up_neither_the_reading_nor_the_look_for_changes()
      throws IOException {
    try (var file = new RandomAccessFile(folder.resolve("huge.yaml").toFile(), "rw")) {
      file.setLength(1L << 40);
    } catch (IOException e) {
      assumeTrue(false, "There are no sparse files of a terabyte here: " + e.getMessage());
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          assertEquals(
              folder.resolve("huge.yaml") + ": the file is too long for one of routes.",
              RouteFile.readAll(folder).get(0).problems().get(0).toString());
          String before = RouteFile.state(folder);
          Files.writeString(folder.resolve("a.yaml"), ROUTE);
          assertTrue(!RouteFile.state(folder).equals(before));
        });
  }

  @Test
  void a_text_of_more_than_ten_thousand_characters_is_refused() throws IOException {
    String word = "x".repeat(10_001);
    assertEquals(
        "5: this text has 10007 characters; at most 10000 are read.",
        only(
            read(
                "- route:\n    from:\n      uri: direct:a\n      steps:\n        - to: stage:"
                    + word)));
  }

  @Test
  void the_state_of_a_folder_changes_with_names_and_contents() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), ROUTE);
    String before = RouteFile.state(folder);
    assertEquals(before, RouteFile.state(folder));
    Files.writeString(folder.resolve("notes.txt"), "no route");
    assertEquals(before, RouteFile.state(folder));
    Files.writeString(file, ROUTE + "#");
    String changed = RouteFile.state(folder);
    assertTrue(!changed.equals(before));
    Files.move(file, folder.resolve("b.yaml"));
    assertTrue(!RouteFile.state(folder).equals(changed));
  }
}
