package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.islet.reference.RouteSchema;
import org.islet.reference.StageText;
import org.islet.reference.StagesPage;
import org.islet.stage.StageJars;
import org.islet.stage.Stages;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesCommandTest {

  private static final String SETTING = "islet.stages";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void takeStagesFromTheFolder() {
    System.setProperty(SETTING, folder.toString());
  }

  @AfterEach
  void takeStagesFromTheUsualFolder() {
    System.clearProperty(SETTING);
  }

  private int stages(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "stages";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  @Test
  void all_stages_are_listed_and_one_is_shown() {
    assertEquals(0, stages(), err::toString);
    assertEquals(StageText.list(Stages.ALL), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, stages("clip"), err::toString);
    assertEquals(StageText.of(Stages.ALL.describe("clip")), out.toString());
  }

  @Test
  void the_page_and_the_schema_are_printed_whole() {
    assertEquals(0, stages("--markdown"), err::toString);
    assertEquals(StagesPage.of(Stages.ALL), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, stages("--json-schema"), err::toString);
    assertEquals(RouteSchema.of(Stages.ALL), out.toString());
  }

  @Test
  void a_stage_that_is_not_there_is_wrong_usage_and_told_with_the_nearest() {
    assertEquals(2, stages("clipp"));
    assertTrue(
        err.toString()
            .startsWith("There is no stage 'clipp'; did you mean 'clip'? There are: average,"),
        err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void only_one_thing_is_shown_at_a_time() {
    assertEquals(2, stages("clip", "--markdown"));
    assertEquals(2, stages("--json-schema", "--markdown"));
    assertEquals("", out.toString());
  }

  @Test
  void stages_of_jars_are_among_all_that_is_printed() throws IOException {
    StageJars.write(folder.resolve("others-1.0.jar"), StageJars.INVERT);
    assertEquals(0, stages(), err::toString);
    assertTrue(out.toString().contains("Keeps what is outside. (others-1.0.jar)\n"), out::toString);
    assertEquals(0, stages("--markdown"), err::toString);
    assertTrue(
        out.toString().contains("\nKeeps what is outside. From `others-1.0.jar`.\n"),
        out::toString);
    assertEquals(0, stages("--json-schema"), err::toString);
    assertTrue(out.toString().contains("\"stage:invert\""), out::toString);
  }

  @Test
  void a_jar_that_cannot_be_used_is_wrong_usage() throws IOException {
    Path jar = Files.writeString(folder.resolve("others-1.0.jar"), "no jar");
    assertEquals(2, stages());
    assertTrue(
        err.toString().startsWith("islet: %s: it is not a jar".formatted(jar)), err::toString);
  }
}
