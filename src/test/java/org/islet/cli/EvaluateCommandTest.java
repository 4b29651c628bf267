package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.islet.format.NiftiWriter;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {

  private static final Geometry GRID = Geometry.of(new Size(12, 12, 12), 1, 1, 2);
  private static final Mask MASK = Masks.filled(GRID, new Box(2, 2, 2, 8, 8, 8));

  @TempDir private Path folder;
  private Path predictions;
  private Path references;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeFolders() throws IOException {
    predictions = Files.createDirectory(folder.resolve("predictions"));
    references = Files.createDirectory(folder.resolve("references"));
  }

  @Test
  void prints_a_table_on_stdout_and_exits_with_0() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    NiftiWriter.write(predictions.resolve("a.nii"), MASK);
    assertEquals(0, evaluate(), err.toString());
    assertTrue(out.toString().startsWith("case "), out.toString());
    assertTrue(out.toString().lines().toList().get(1).matches("a +1\\.0000 .*"), out.toString());
  }

  @Test
  void prints_nothing_but_one_json_document_on_stdout() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    Path result = Files.createDirectory(predictions.resolve("case-1"));
    NiftiWriter.write(result.resolve("mask.nii.gz"), MASK);
    Files.writeString(result.resolve("result.json"), "{\"input\": {\"file\": \"a_0000.nii.gz\"}}");
    NiftiWriter.write(predictions.resolve("extra.nii"), MASK);
    assertEquals(0, evaluate("--json"), err.toString());
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals("a", json.at("/cases/0/case").asText());
    assertEquals(1, json.at("/summary/prediction/dsc/mean").asDouble());
    assertTrue(err.toString().contains("extra.nii"), err.toString());
  }

  @Test
  void a_label_that_the_reference_lacks_leaves_nothing_to_find() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    Path result = Files.createDirectory(predictions.resolve("case-1"));
    NiftiWriter.write(result.resolve("mask.nii.gz"), MASK);
    Files.writeString(result.resolve("result.json"), "{\"input\": {\"file\": \"a.nii.gz\"}}");
    assertEquals(0, evaluate("--json", "--label", "2"), err.toString());
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals(0, json.at("/cases/0/masks/prediction/dsc").asDouble());
    assertEquals(
        MASK.millilitres(),
        json.at("/cases/0/masks/prediction/volumeDifferenceMl").asDouble(),
        1e-9);
  }

  @Test
  void a_missing_prediction_is_named_and_exits_with_1() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    NiftiWriter.write(references.resolve("b.nii.gz"), MASK);
    NiftiWriter.write(predictions.resolve("a.nii.gz"), MASK);
    assertEquals(1, evaluate());
    assertTrue(err.toString().contains("Not evaluated: b: "), err.toString());
    assertTrue(out.toString().contains("1.0000"), out.toString());
  }

  @Test
  void refuses_a_folder_that_is_not_there_or_holds_no_reference_with_2() throws IOException {
    assertEquals(2, evaluate());
    assertTrue(err.toString().contains("There is no NIfTI file"), err.toString());
    Files.delete(predictions);
    assertEquals(2, evaluate());
    assertTrue(err.toString().contains("--predictions: there is no folder"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void writes_the_tables_where_asked_and_never_over_what_is_there() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    NiftiWriter.write(predictions.resolve("a.nii"), MASK);
    Path tables = folder.resolve("out/tables.md");
    String[] out = {"--out", tables.getParent().toString()};
    assertEquals(0, evaluate(out), err.toString());
    assertTrue(Files.readString(tables).contains("| all | 1 | 100.00 ± – | 100.00 | 100.00 |"));
    Files.writeString(tables, "mine");
    assertEquals(2, evaluate(out));
    assertTrue(err.toString().contains("is not empty"), err.toString());
    assertEquals("mine", Files.readString(tables));
  }

  @Test
  void groups_table_1_by_the_folds_of_a_split() throws IOException {
    writeCases("a.nii", "b.nii", "c.nii");
    Path to = folder.resolve("out");
    assertEquals(
        0, evaluate("--out", to.toString(), "--folds", split("[\"b\"], [\"a\"]").toString()));
    String tables = Files.readString(to.resolve("tables.md"));
    assertTrue(tables.contains("| 0 | 1 | 100.00") && tables.contains("| all | 2 |"), tables);
    assertTrue(err.toString().contains("c is in no fold"), err.toString());
  }

  @Test
  void a_split_with_a_case_that_is_not_there_is_wrong_usage() throws IOException {
    writeCases("a.nii");
    assertEquals(2, evaluate("--folds", split("[\"a\"], [\"gone\"]").toString()));
    assertTrue(
        err.toString().startsWith("--folds: The split has cases that the data set lacks: gone."),
        err.toString());
  }

  private void writeCases(String... names) throws IOException {
    for (String name : names) {
      NiftiWriter.write(references.resolve(name), MASK);
      NiftiWriter.write(predictions.resolve(name), MASK);
    }
  }

  private Path split(String folds) throws IOException {
    return Files.writeString(
        folder.resolve("split.json"), "{\"seed\": 1, \"folds\": [%s]}".formatted(folds));
  }

  @Test
  void what_the_models_of_a_result_warn_of_is_told_with_its_scores() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    Path result = Files.createDirectory(predictions.resolve("case-1"));
    NiftiWriter.write(result.resolve("mask.nii.gz"), MASK);
    Files.writeString(
        result.resolve("result.json"),
        "{\"input\": {\"file\": \"a.nii.gz\"}, \"models\": [{\"id\": \"m/1\", \"warning\": \"Only"
            + " phantoms.\"}]}");
    assertEquals(0, evaluate("--out", folder.resolve("out").toString()), err.toString());
    assertTrue(err.toString().contains("m/1: Only phantoms."), err.toString());
    String tables = Files.readString(folder.resolve("out/tables.md"));
    assertTrue(tables.contains("> **m/1**: Only phantoms."), tables);
  }

  @Test
  void asks_for_a_route_and_data_or_for_masks_and_never_for_both() {
    assertEquals(2, run("--out", folder.toString()));
    assertEquals(2, run("--data", folder.toString(), "--predictions", predictions.toString()));
    assertEquals(2, run("--data", folder.toString()));
    assertTrue(err.toString().contains("--data needs --out"), err.toString());
  }

  @Test
  void a_file_that_is_not_there_or_no_split_is_wrong_usage() throws IOException {
    NiftiWriter.write(references.resolve("a.nii.gz"), MASK);
    Path split = folder.resolve("s.json");
    assertEquals(2, evaluate("--folds", split.toString()));
    assertTrue(err.toString().startsWith("--folds: there is no file " + split), err.toString());
    err.getBuffer().setLength(0);
    Files.writeString(split, "[]");
    assertEquals(2, evaluate("--folds", split.toString()));
    assertTrue(err.toString().startsWith("--folds: " + split), err.toString());
  }

  private int evaluate(String... more) {
    return run(arguments(more));
  }

  private int run(String... arguments) {
    return new CommandLine(new EvaluateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String[] arguments(String... more) {
    String[] folders = {
      "--predictions", predictions.toString(), "--references", references.toString()
    };
    return Stream.of(folders, more).flatMap(Arrays::stream).toArray(String[]::new);
  }
}
