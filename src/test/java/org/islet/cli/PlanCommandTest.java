package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

  private static final String SETTING = "islet.routes";
  private static final String BUNDLED = "routes/pancreas-two-stage.yaml";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void takeRoutesFromTheFolder() {
    System.setProperty(SETTING, folder.toString());
  }

  @AfterEach
  void takeRoutesFromTheUsualFolder() {
    System.clearProperty(SETTING);
  }

  private int plan(String... arguments) {
    List<String> all = new ArrayList<>(List.of("plan", "--out", pictures().toString()));
    all.addAll(List.of(arguments));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private Path pictures() {
    return folder.resolve("plans");
  }

  /** Writes a route whose steps begin on line 5. */
  private String write(String file, String name, String... steps) throws IOException {
    StringBuilder yaml =
        new StringBuilder("- route:\n    from:\n      uri: direct:" + name + "\n      steps:\n");
    for (String step : steps) {
      yaml.append("        - to: ").append(step).append('\n');
    }
    return Files.writeString(folder.resolve(file), yaml).toString();
  }

  private List<String> table() {
    return out.toString().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")).toList();
  }

  @Test
  void the_bundled_route_is_a_table_with_its_sums_and_two_pictures() {
    assertEquals(0, plan(BUNDLED), err::toString);
    assertEquals("Nothing is wrong.\n", err.toString());
    List<String> table = table();
    assertEquals(
        "pancreas-two-stage (routes/pancreas-two-stage.yaml, line 7), for a CT of 512×512×240 voxels of"
            + " 0.8×0.8×1.0 mm",
        table.get(0));
    assertEquals(
        "stage | reads | writes | voxels | heap | network | tiles | GFLOP | precision",
        table.get(2));
    assertEquals("clip | ct | clipped | 512×512×240 | 240 MiB", table.get(3));
    assertEquals("downsample | clipped | small | 128×128×60 | 4 MiB", table.get(4));
    assertTrue(
        table.get(5).startsWith("infer | small | coarse | 128×128×60 | 1 MiB | "), table.get(5));
    assertEquals("upsample | coarse ct | coarse-full | 512×512×240 | 60 MiB", table.get(6));
    assertEquals("branch", table.get(7));
    assertEquals("box | coarse ct | box-1 | 512×512×240 | 0 MiB", table.get(8));
    assertEquals("crop | clipped box-1 | crop-1 | 232×150×125 | 17 MiB", table.get(9));
    assertTrue(out.toString().contains("\nbranch\n  box "), out::toString);
    assertTrue(
        out.toString().contains("In all at most ") && out.toString().contains(" GFLOP. Boxes are"),
        out::toString);
    assertTrue(Files.exists(pictures().resolve("pancreas-two-stage.svg")));
    assertTrue(Files.exists(pictures().resolve("pancreas-two-stage.dot")));
    assertTrue(
        table.contains("picture: " + pictures().resolve("pancreas-two-stage.svg")),
        table::toString);
  }

  @Test
  void the_table_says_how_networks_run_without_looking_for_a_gpu() throws IOException {
    write(
        "a.yaml",
        "a",
        "stage:infer?model=pancreas-fine&precision=mixed&device=gpu&input=ct&output=mask");
    assertEquals(0, plan("--size", "64,64,64", "a"), err::toString);
    assertTrue(
        table().stream()
            .anyMatch(line -> line.startsWith("infer | ct | mask") && line.endsWith("mixed, GPU")),
        out::toString);
  }

  @Test
  void choices_loops_and_rescues_are_written_out_in_the_table() {
    assertEquals(
        0,
        plan("src/test/resources/routes/pictures/choice-in-loop-in-multicast.yaml"),
        err::toString);
    List<String> table = table();
    assertTrue(
        table.contains("at most 4 times while agreement < 0.98 and passes < 4"), table::toString);
    assertTrue(
        table.stream().anyMatch(line -> line.startsWith("if touches and ")), table::toString);
    assertTrue(table.contains("otherwise"), table::toString);
    assertEquals(0, plan("src/test/resources/routes/pictures/rescue.yaml"), err::toString);
    assertTrue(table().contains("try") && table().contains("where that fails"), out::toString);
  }

  @Test
  void all_routes_of_the_folder_are_planned_where_none_is_asked_for() throws IOException {
    write("a.yaml", "a", "stage:threshold?output=mask");
    write("b.yaml", "b", "direct:c");
    write("c.yaml", "c", "stage:threshold?output=mask");
    assertEquals(0, plan("--size", "10,20,30"), err::toString);
    assertTrue(out.toString().contains("a ("), out::toString);
    assertTrue(table().contains("threshold | ct | mask | 10×20×30 | 1 MiB"), out::toString);
    assertTrue(Files.exists(pictures().resolve("b.svg")));
    assertFalse(Files.exists(pictures().resolve("c.svg")), "c is a part of b");
  }

  @Test
  void a_route_is_found_by_name() throws IOException {
    write("a.yaml", "a", "stage:threshold?output=mask");
    write("b.yaml", "b", "stage:thresold?output=mask");
    assertEquals(0, plan("a"), err::toString);
    assertTrue(out.toString().startsWith("a ("), out::toString);
    assertFalse(Files.exists(pictures().resolve("b.svg")));
  }

  @Test
  void a_folder_without_routes_is_wrong() throws IOException {
    Files.createDirectories(folder.resolve("none"));
    System.setProperty(SETTING, folder.resolve("none").toString());
    assertEquals(1, plan());
    assertTrue(
        err.toString().contains("none: there is no segmentation route in this folder"),
        err::toString);
  }

  @Test
  void of_very_many_mistakes_the_first_are_told() throws IOException {
    StringBuilder yaml =
        new StringBuilder("- route:\n    from:\n      uri: direct:a\n      steps:\n");
    yaml.append("        - to: stage:qqqqqqqqqqqqqqqqqq\n".repeat(300));
    Files.writeString(folder.resolve("a.yaml"), yaml);
    write("b.yaml", "b", "stage:thresold?output=mask");
    assertEquals(1, plan());
    List<String> lines = err.toString().lines().toList();
    assertEquals(202, lines.size());
    assertTrue(
        lines.get(200).matches("[0-9]+ more things are wrong; mend these first."), lines.get(200));
    assertEquals(1, plan(folder.resolve("b.yaml").toString()), "whatever is wrong before it");
    assertTrue(err.toString().contains("There is no stage 'thresold'"), err::toString);
  }

  @Test
  void a_name_of_no_route_is_told_beside_the_mistakes_that_may_be_why() throws IOException {
    write("a.yaml", "abc", "stage:threshold?output=mask");
    write("b.yaml", "b", "stage:thresold?output=mask");
    assertEquals(1, plan("abd"));
    List<String> lines = err.toString().lines().toList();
    assertEquals(
        folder + ": There is no route 'abd'; did you mean 'abc'? There are: abc, b.", lines.get(0));
    assertTrue(lines.get(1).contains("There is no stage 'thresold'"), err::toString);
  }

  @Test
  void a_route_or_a_file_that_is_not_there_is_wrong_usage() throws IOException {
    write("a.yaml", "abc", "stage:threshold?output=mask");
    assertEquals(2, plan("abd"));
    assertTrue(
        err.toString().startsWith("There is no route 'abd'; did you mean 'abc'? There are: abc.\n"),
        err::toString);
    String none = folder.resolve("none.yaml").toString();
    assertEquals(2, plan(none));
    assertTrue(err.toString().startsWith("There is no file " + none + ".\n"), err::toString);
    assertEquals("", out.toString());
    System.setProperty(SETTING, folder.resolve("none").toString());
    assertEquals(2, plan());
    assertTrue(err.toString().contains("none cannot be read."), err::toString);
  }

  @Test
  void a_hidden_file_is_no_file_of_routes() throws IOException {
    String hidden = write(".a.yaml", "a", "stage:thresold?output=mask");
    assertEquals(2, plan(hidden));
    assertTrue(
        err.toString()
            .startsWith(hidden + " is not a file of routes, since its name begins with a dot.\n"),
        err::toString);
  }

  @Test
  void mistakes_are_told_with_file_and_line_and_their_number() throws IOException {
    String file =
        write("a.yaml", "a", "stage:clip?mni=0", "stage:threshold?input=cliped&output=mask");
    assertEquals(1, plan(file));
    List<String> lines = err.toString().lines().toList();
    assertTrue(
        lines
            .get(0)
            .startsWith(file + ", line 5: The stage 'clip' has no parameter 'mni'. It has: "),
        lines::toString);
    assertTrue(
        lines.get(1).startsWith(file + ", line 6: the stage 'threshold' reads the slot 'cliped'"),
        lines::toString);
    assertEquals("2 thing(s) to mend.", lines.get(2));
    assertEquals(3, lines.size());
    assertTrue(Files.exists(pictures().resolve("a.svg")), "what could be read is drawn");
  }

  @Test
  void what_is_wrong_in_other_files_is_told_only_where_they_are_called() throws IOException {
    String a = write("a.yaml", "a", "stage:threshold?output=mask");
    String b = write("b.yaml", "b", "direct:c");
    String c = write("c.yaml", "c", "stage:threshold?mni=1&output=mask");
    assertEquals(0, plan(a), err::toString);
    assertEquals(1, plan(b));
    assertTrue(err.toString().startsWith(c + ", line 5: "), err::toString);
    assertTrue(out.toString().startsWith("b ("), out::toString);
    assertEquals(1, plan(c));
    assertTrue(out.toString().startsWith("b ("), "the route that calls it is planned");
    assertEquals(1, plan());
    assertTrue(err.toString().endsWith("1 thing(s) to mend.\n"), err::toString);
  }

  @Test
  void a_file_that_is_no_yaml_is_told_of() throws IOException {
    write("a.yaml", "a", "stage:threshold?output=mask");
    String bad = Files.writeString(folder.resolve("b.yaml"), "- route: [\n").toString();
    assertEquals(0, plan("a"), err::toString);
    assertEquals(1, plan(bad));
    assertTrue(err.toString().startsWith(bad + ", line "), err::toString);
    assertEquals(1, plan("no-such-route"));
    List<String> lines = err.toString().lines().toList();
    assertEquals(folder + ": There is no route 'no-such-route'. There are: a.", lines.get(0));
    assertTrue(lines.get(1).startsWith(bad + ", line "), "that may be why it is not there");
  }

  @Test
  void a_size_and_a_spacing_are_three_numbers() {
    assertEquals(2, plan("--size", "10,20"));
    assertEquals(2, plan("--size", "10,20,0"));
    assertEquals(2, plan("--spacing", "1,1,-1"));
    assertEquals("", out.toString());
  }

  @Test
  void pictures_that_cannot_be_written_fail_with_a_sentence() throws IOException {
    String a = write("a.yaml", "a", "stage:threshold?output=mask");
    Files.writeString(pictures(), "a file");
    assertEquals(1, plan(a));
    assertTrue(
        err.toString().startsWith("islet: " + pictures() + "/a.svg could not be written ("),
        err::toString);
  }
}
