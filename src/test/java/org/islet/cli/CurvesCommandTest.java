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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesCommandTest {

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeRuns() throws IOException {
    epochs("a/coarse/fold-0", "1,5,0.5", "2,10,0.75");
    epochs("a/coarse/fold-1", "1,5,0.25");
    epochs("a/fine/fold-0", "1,5,0.875");
    epochs("b/coarse/fold-0", "1,5,0.125");
  }

  private void epochs(String where, String... rows) throws IOException {
    Path file = Files.createDirectories(folder.resolve(where)).resolve("epochs.csv");
    Files.writeString(file, "epoch,step,validation_dsc\n" + String.join("\n", rows) + "\n");
  }

  private int curves(String... arguments) {
    List<String> all = new ArrayList<>(List.of("curves", "--out", out().toString()));
    all.addAll(List.of(arguments));
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(err))
        .execute(all.toArray(String[]::new));
  }

  private Path out() {
    return folder.resolve("curves.svg");
  }

  private static long count(String text, String part) {
    return text.split(part, -1).length - 1L;
  }

  @Test
  void the_networks_of_a_run_are_drawn_apart_each_with_its_folds() throws IOException {
    Path a = folder.resolve("a");
    assertEquals(0, curves(a.toString()), err::toString);
    String svg = Files.readString(out());
    assertTrue(svg.contains(">" + a + ", coarse<") && svg.contains(">" + a + ", fine<"), svg);
    assertEquals(4, count(svg, "<polyline"), "two folds and their mean, and one");
    assertTrue(svg.contains(">validation_dsc<"), svg);
  }

  @Test
  void folders_of_one_name_are_drawn_as_one_training() throws IOException {
    String coarse = "both=" + folder.resolve("a/coarse/fold-0");
    assertEquals(0, curves(coarse, "both=" + folder.resolve("b/coarse")), err::toString);
    String svg = Files.readString(out());
    assertEquals(1, count(svg, ">both<"));
    assertEquals(3, count(svg, "<polyline"));
  }

  @Test
  void what_cannot_be_drawn_is_told_in_a_sentence_and_nothing_is_written() throws IOException {
    assertEquals(2, curves(folder.resolve("none").toString()));
    assertTrue(
        err.toString().contains("There is no folder " + folder.resolve("none")), err::toString);
    Files.createDirectories(folder.resolve("empty"));
    assertEquals(2, curves("x=" + folder.resolve("empty")));
    assertTrue(err.toString().contains("empty holds no epochs.csv: give"), err::toString);
    assertEquals(2, curves(folder.resolve("a").toString(), "--column", "loss"));
    assertTrue(
        err.toString().contains("has no column loss, but epoch, step, validation_dsc."),
        err::toString);
    assertFalse(Files.exists(out()));
  }
}
