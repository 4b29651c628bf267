package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.islet.format.NiftiHeader;
import org.islet.format.NiftiReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as users type them. */
class CommandIT {

  private static final Path REAL = Path.of("../shared/data/totalsegmentator");

  @TempDir Path folder;

  private IsletProcess run(String... arguments) throws IOException, InterruptedException {
    IsletProcess islet = IsletProcess.start(folder, arguments);
    islet.exitCode();
    return islet;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ct-3mm.nii.gz", "ct-3mm-small.nii.gz"})
  void a_real_ct_goes_through_and_its_mask_is_on_its_own_grid(String name) throws Exception {
    Path ct = REAL.resolve(name);
    assumeTrue(Files.exists(ct), "The real CT " + ct + " is not here.");
    try (IsletProcess islet =
        run("segment", ct.toString(), "--out", folder.resolve("results").toString())) {
      assertEquals(0, islet.exitCode(), islet.err());
      JsonNode report = new ObjectMapper().readTree(islet.out());
      Path result = folder.resolve("results").resolve(report.at("/case").asText());
      NiftiReader reader = new NiftiReader(1L << 30);
      NiftiHeader header = reader.header(ct);
      NiftiHeader mask = reader.header(result.resolve("mask.nii.gz"));
      assertEquals(header.geometry().size(), mask.geometry().size());
      assertArrayEquals(
          header.geometry().affine().toArray(), mask.geometry().affine().toArray(), 1e-4);
      assertTrue(Files.size(result.resolve("preview.png")) > 1000);
      assertTrue(report.at("/models/0/warning").asText().contains("phantoms"));
    }
  }

  @Test
  void phantoms_are_segmented_and_evaluated_by_the_name_of_their_ct() throws Exception {
    Path data = folder.resolve("data");
    run("phantom", "--out", data.toString(), "--size", "128,128,80", "--seed", "4").close();
    Path results = folder.resolve("results");
    Path ct = data.resolve("images/phantom-0001.nii.gz");
    run("segment", ct.toString(), "--out", results.toString()).close();
    try (IsletProcess islet =
        run(
            "evaluate",
            "--predictions",
            results.toString(),
            "--references",
            data.resolve("labels").toString(),
            "--json")) {
      assertEquals(0, islet.exitCode(), islet.err());
      JsonNode report = new ObjectMapper().readTree(islet.out());
      assertEquals(1, report.at("/cases").size());
      assertTrue(report.at("/cases/0/masks/prediction/dsc").isNumber());
    }
  }

  @Test
  void a_route_is_evaluated_over_labelled_phantoms_with_tables_plots_and_pictures()
      throws Exception {
    Path data = folder.resolve("data");
    run("phantom", "--out", data.toString(), "--size", "128,128,80", "--count", "2").close();
    Path split =
        Files.writeString(
            folder.resolve("split.json"),
            "{\"seed\": 1, \"folds\": [[\"phantom-0001\"], [\"phantom-0002\"]]}");
    Path to = folder.resolve("evaluation");
    try (IsletProcess islet =
        run(
            "evaluate",
            "--data",
            data.toString(),
            "--folds",
            split.toString(),
            "--worst",
            "1",
            "--out",
            to.toString())) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(islet.out().startsWith("# Route pancreas-two-stage"), islet.out());
      assertTrue(islet.err().contains("2 of 2: phantom-0002"), islet.err());
    }
    String tables = Files.readString(to.resolve("tables.md"));
    assertTrue(tables.indexOf("phantoms only") < tables.indexOf("## Table 1"), tables);
    assertTrue(tables.contains("| fold | n | stage 1: mean ± SD"), tables);
    assertTrue(tables.contains("| recall of box-2 |"), tables);
    assertTrue(tables.contains("(worst-1.png)"), tables);
    JsonNode json = new ObjectMapper().readTree(to.resolve("scores.json").toFile());
    assertEquals(1, json.at("/cases/1/fold").asInt());
    assertTrue(json.at("/cases/0/masks/coarse-full/dsc").isNumber());
    for (String file : new String[] {"scores.csv", "dsc.svg", "asd.svg", "worst-1.png"}) {
      assertTrue(Files.size(to.resolve(file)) > 100, file);
    }
    try (Stream<Path> results = Files.list(to.resolve("results"))) {
      assertEquals(2, results.count());
    }
  }

  @Test
  void a_stage_or_a_route_that_is_not_there_exits_with_2_before_any_case_is_run() throws Exception {
    Path data = folder.resolve("data");
    run("phantom", "--out", data.toString(), "--size", "16,16,8").close();
    Path to = folder.resolve("evaluation");
    for (String[] wrong :
        new String[][] {{"--stage-1", "coarse-ful"}, {"--route", "pancreas-two-stag"}}) {
      try (IsletProcess islet =
          run("evaluate", "--data", data.toString(), "--out", to.toString(), wrong[0], wrong[1])) {
        assertEquals(2, islet.exitCode(), islet.err());
        assertTrue(islet.err().contains("did you mean"), islet.err());
        assertTrue(Files.notExists(to), "nothing was written");
      }
    }
  }

  @Test
  void a_file_that_is_no_ct_exits_with_1_and_says_why() throws Exception {
    Path notes = Files.writeString(folder.resolve("Doe-John.nii"), "not a CT at all");
    try (IsletProcess islet =
        run("segment", notes.toString(), "--out", folder.resolve("results").toString())) {
      assertEquals(1, islet.exitCode());
      assertTrue(islet.err().contains("not-nifti"), islet.err());
      assertEquals("", islet.out());
    }
  }

  @Test
  void wrong_usage_exits_with_2() throws Exception {
    try (IsletProcess unknown = run("segmnt");
        IsletProcess missing = run("segment");
        IsletProcess route = run("segment", "x.nii", "--route", "pancreas-two-stag")) {
      assertEquals(2, unknown.exitCode());
      assertEquals(2, missing.exitCode());
      assertEquals(2, route.exitCode());
      assertTrue(route.err().contains("'pancreas-two-stage'"), route.err());
    }
  }

  @Test
  void every_command_explains_itself() throws Exception {
    for (String command :
        new String[] {
          "demo",
          "segment",
          "serve",
          "phantom",
          "convert",
          "evaluate",
          "measure",
          "train",
          "plan",
          "stages",
          "import"
        }) {
      try (IsletProcess islet = run(command, "--help")) {
        assertEquals(0, islet.exitCode(), command);
        assertTrue(islet.out().contains("Usage: islet " + command), islet.out());
      }
    }
  }

  @Test
  void the_demo_ends_with_scores_and_a_whole_result_and_cleans_up() throws Exception {
    try (IsletProcess islet = run("demo")) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(islet.err().contains("14/14"), islet.err());
      assertTrue(islet.out().contains("coarse-full"), islet.out());
      assertTrue(islet.out().contains("voted"), islet.out());
      Path mask =
          islet
              .out()
              .lines()
              .filter(line -> line.startsWith("mask:"))
              .map(line -> Path.of(line.substring("mask:".length()).strip()))
              .findFirst()
              .orElseThrow();
      assertTrue(Files.exists(mask) && Files.exists(mask.resolveSibling("preview.png")));
      Path home = mask.getParent().getParent().getParent();
      try (Stream<Path> left = Files.list(home)) {
        assertEquals(List.of(home.resolve("results")), left.toList());
      }
    }
  }

  @Test
  void a_service_that_is_only_tried_says_that_it_was_ready_and_ends() throws Exception {
    String home = folder.resolve("home").toString();
    try (IsletProcess islet =
        IsletProcess.start(folder, "serve", "--try", "--home=" + home, "--port=0")) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(islet.err().contains("Watching " + home), islet.err());
    }
  }

  @Test
  void java_takes_its_classes_from_the_archive_of_the_build() throws Exception {
    assumeTrue(Files.exists(IsletProcess.CLASSES), "The build made no archive of classes.");
    try (IsletProcess islet =
        IsletProcess.start(folder, List.of("-Xlog:class+load"), "--version")) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(
          islet.out().contains("org.islet.cli.Main source: shared objects file (top)"),
          islet.out());
    }
  }

  @Test
  void the_launcher_runs_what_was_built() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh here.");
    Path out = folder.resolve("version.txt");
    Process launcher =
        new ProcessBuilder("./islet", "--version").redirectOutput(out.toFile()).start();
    assertTrue(launcher.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, launcher.exitValue());
    assertTrue(Files.readString(out).startsWith("islet 0."), Files.readString(out));
  }

  /**
   * A service has no locale where nobody gives it one, and Java then knows no letter but ASCII's.
   */
  @Test
  void the_launcher_lets_java_read_any_name_of_a_file_whatever_the_locale() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "There is no /bin/sh here.");
    Path routes =
        Files.writeString(
            folder.resolve("größe.yaml"),
            "- route:\n    from:\n      uri: direct:a\n      steps:\n"
                + "        - to: stage:threshold?output=mask\n");
    ProcessBuilder builder =
        new ProcessBuilder("./islet", "plan", "--out", folder + "/plans", routes.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("plan.txt").toFile());
    builder.environment().keySet().removeIf(name -> name.matches("LC_.*|LANG.*"));
    builder.environment().put("LC_ALL", "POSIX");
    Process launcher = builder.start();
    assertTrue(launcher.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, launcher.exitValue(), Files.readString(folder.resolve("plan.txt")));
  }
}
