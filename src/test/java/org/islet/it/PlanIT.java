package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code plan} of the built application, with and without running anything. */
class PlanIT {

  @TempDir Path folder;

  private IsletProcess plan(String... arguments) throws IOException, InterruptedException {
    String[] all = new String[arguments.length + 3];
    all[0] = "plan";
    all[1] = "--out";
    all[2] = folder.resolve("plans").toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    IsletProcess islet = IsletProcess.start(folder, all);
    islet.exitCode();
    return islet;
  }

  @Test
  void the_bundled_routes_are_planned_by_name_and_drawn() throws Exception {
    try (IsletProcess islet = plan("pancreas-two-stage")) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertEquals("Nothing is wrong.\n", islet.err());
      assertTrue(islet.out().startsWith("pancreas-two-stage ("), islet.out());
      assertTrue(Files.size(folder.resolve("plans/pancreas-two-stage.svg")) > 1000);
      assertTrue(Files.size(folder.resolve("plans/pancreas-two-stage.dot")) > 100);
    }
  }

  @Test
  void a_dry_run_tells_what_became_of_each_slot_of_a_file_of_ones_own() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            - route:
                from:
                  uri: direct:mine
                  steps:
                    - to: stage:threshold?min=100&output=bright
                    - to: stage:box?input=bright&output=box
                    - to: stage:largest-component?input=bright
                    - filter:
                        language: {language: slots, expression: box is absent}
                        steps:
                          - log: nothing is bright
            """);
    try (IsletProcess islet = plan("--dry-run", file.toString())) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(islet.out().contains("mine on a phantom of 256×256×120 voxels:\n"), islet.out());
      for (String line :
          new String[] {
            " {2}box {5}Box .* voxels",
            " {2}bright {2}Mask 256×256×120, [0-9]+ voxels inside, [0-9.]+ ml",
            " {2}ct {6}Volume 256×256×120, -[0-9.]+ to [0-9.]+",
            " {2}mask {4}Mask 256×256×120, [0-9]+ voxels inside, [0-9.]+ ml",
          }) {
        assertTrue(islet.out().lines().anyMatch(l -> l.matches(line)), line + "\n" + islet.out());
      }
    }
  }

  @Test
  void a_dry_run_needs_no_more_files_to_be_right_than_those_that_are_asked_for() throws Exception {
    Path good = Files.writeString(folder.resolve("good.yaml"), route("good", "min=1"));
    Files.writeString(folder.resolve("bad.yaml"), route("bad", "mni=1"));
    try (IsletProcess islet = plan("--dry-run", good.toString())) {
      assertEquals(0, islet.exitCode(), islet.err());
      assertTrue(islet.out().contains("good on a phantom of "), islet.out());
    }
  }

  private static String route(String name, String option) {
    return "- route:\n    from:\n      uri: direct:%s\n      steps:\n        - to: stage:threshold?%s&output=mask\n"
        .formatted(name, option);
  }

  @Test
  void a_mistake_exits_with_1_and_what_is_not_there_with_2() throws Exception {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), route("bad", "mni=1"));
    try (IsletProcess islet = plan("--dry-run", bad.toString());
        IsletProcess none = plan(folder.resolve("none.yaml").toString())) {
      assertEquals(1, islet.exitCode(), islet.err());
      assertTrue(islet.err().contains(bad + ", line 5: The stage 'threshold' has"), islet.err());
      assertEquals(2, none.exitCode(), none.err());
    }
  }
}
