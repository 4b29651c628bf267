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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainCommandTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs the command on four phantoms, which are made when they are needed, and no sooner. */
  private int train(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--run", run().toString(), "--phantoms", "4"));
    arguments.addAll(List.of("--models", folder.resolve("models").toString()));
    arguments.addAll(List.of(more));
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }

  private Path run() {
    return folder.resolve("run");
  }

  private void assertUsage(String sentence, String... arguments) {
    err.getBuffer().setLength(0);
    assertEquals(2, train(arguments), err::toString);
    assertEquals(sentence + "\nSee islet train --help.\n", err.toString());
    assertFalse(Files.exists(run()), "nothing is written");
  }

  @Test
  void the_help_has_a_heading_for_each_kind_of_option_and_their_defaults() {
    assertEquals(0, train("--help"));
    String help = out.toString();
    for (String part :
        List.of(
            "Data:",
            "Cross-validation:",
            "Training:",
            "Network:",
            "How many phantoms, where there is no --data (default: 160).",
            "Into how many folds the cases are split (default: 4).",
            "Resolutions of the U-Net (default: 4).",
            "coarse, fine or both (default: both).",
            "130   stopped by Ctrl-C")) {
      assertTrue(help.contains(part), () -> part + " is not in " + help);
    }
  }

  @Test
  void what_cannot_be_is_told_in_a_sentence_before_anything_is_written() {
    assertUsage("--fold must be a number or all, not 'x'.", "--fold", "x");
    assertUsage("A U-Net's levels must be 2 to 6, not 9.", "--levels", "9");
    assertUsage(
        "5 folds need cases of 5 subjects or more, but there are 4. Ask for fewer folds.",
        "--folds",
        "5");
    assertUsage(
        "Invalid value for option '--stage': expected one of [COARSE, FINE, BOTH] (case-insensitive)"
            + " but was 'neither'",
        "--stage",
        "neither");
    assertUsage("The margin must be 0 to 200, not -1.", "--margin", "-1");
    assertUsage("The decimation factor must be 2 to 16, not 1.", "--factor", "1");
    assertUsage("1 case or more must validate after each epoch, not 0.", "--validate-on", "0");
    assertUsage("There is no fold 4; the split has folds 0 to 3.", "--fold", "4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"our model", "../x", ""})
  void what_no_route_could_name_is_no_name(String name) {
    assertUsage(
        "Invalid value for option '--name': '"
            + name
            + "' is not a model's name: letters, digits, '.', '_' and '-' were expected, a letter or"
            + " digit first, as in pancreas-fine.",
        "--name",
        name);
  }

  @Test
  void an_option_that_would_do_nothing_is_refused() {
    assertUsage("--factor is for the coarse network alone.", "--factor", "3", "--stage", "fine");
    assertUsage("--margin is for the fine network alone.", "--margin", "3", "--stage", "coarse");
    assertUsage(
        "--label and --other-labels are for the labels of --data; phantoms have none other than 1.",
        "--label",
        "2");
    assertUsage(
        "--phantoms, --phantom-seed and --pancreases are for phantoms, which are made where there is"
            + " no --data.",
        "--data",
        folder.toString());
    assertUsage(
        "--split has its own number of folds; leave out --folds.",
        "--split",
        folder.resolve("split.json").toString(),
        "--folds",
        "4");
  }

  @Test
  void a_split_that_is_not_there_or_cannot_be_is_told_in_a_sentence() throws IOException {
    Path split = folder.resolve("split.json");
    assertUsage("--split: there is no file " + split + ".", "--split", split.toString());
    Files.writeString(split, "{\"seed\": 1, \"folds\": [[\"phantom-0001\"], []]}");
    assertUsage(
        "--split: "
            + split
            + " is not a split of cases: Fold 1 (the first being 0) is empty; every fold needs a case.",
        "--split",
        split.toString());
    Files.writeString(split, "{\"seed\": 1, \"folds\": [[\"phantom-0001\"], [\"other\"]]}");
    assertUsage(
        "The split has cases that the data set lacks: other. Add them, or give another split.",
        "--split",
        split.toString());
  }
}
