package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {

  @TempDir private Path folder;
  private Path predictions;
  private Path references;

  @BeforeEach
  void makeFolders() throws IOException {
    predictions = Files.createDirectory(folder.resolve("predictions"));
    references = Files.createDirectory(folder.resolve("references"));
  }

  @Test
  void files_of_one_name_belong_together_whatever_their_extension() throws IOException {
    Path reference = file(references, "b.nii");
    Path prediction = file(predictions, "b.nii.gz");
    Path header = file(references, "a.hdr");
    file(references, "a.img");
    Path other = file(predictions, "a.nii");
    Pairing pairing = Pairing.of(predictions, references, 3);
    assertEquals(
        List.of(
            new Pairing.Pair("a", other, 3, header, 3, Map.of()),
            new Pairing.Pair("b", prediction, 3, reference, 3, Map.of())),
        pairing.pairs());
    assertEquals(List.of(), pairing.problems());
    assertEquals(List.of(), pairing.unused());
  }

  @Test
  void a_result_of_islet_belongs_to_the_reference_named_as_its_input() throws IOException {
    Path reference = file(references, "phantom-0001.nii.gz");
    Path result = result("2f9c", "phantom-0001.nii.gz");
    Path mask = result.resolve("mask.nii.gz");
    assertEquals(
        List.of(new Pairing.Pair("phantom-0001", mask, 1, reference, 7, Map.of())),
        Pairing.of(predictions, references, 7).pairs());
  }

  @Test
  void the_channel_that_nnunet_appends_is_dropped_unless_the_reference_has_it_too()
      throws IOException {
    file(references, "pancreas_001.nii.gz");
    file(references, "odd_0000.nii.gz");
    Path first = result("1", "pancreas_001_0000.nii.gz").resolve("mask.nii.gz");
    Path second = result("2", "odd_0000.nii.gz").resolve("mask.nii.gz");
    List<Pairing.Pair> pairs = Pairing.of(predictions, references, 1).pairs();
    assertEquals(List.of(second, first), pairs.stream().map(Pairing.Pair::prediction).toList());
  }

  @Test
  void a_reference_without_a_prediction_is_a_problem_named() throws IOException {
    file(references, "a.nii");
    Pairing pairing = Pairing.of(predictions, references, 1);
    assertEquals(List.of(), pairing.pairs());
    assertEquals("a", pairing.problems().get(0).name());
    assertTrue(pairing.problems().get(0).reason().startsWith("there is no prediction"));
  }

  @Test
  void two_predictions_or_two_references_of_one_name_are_a_problem() throws IOException {
    file(references, "a.nii");
    file(predictions, "a.nii");
    result("run-2", "a.nii");
    file(references, "b.nii");
    file(references, "b.nii.gz");
    file(predictions, "b.nii");
    Pairing pairing = Pairing.of(predictions, references, 1);
    assertEquals(List.of(), pairing.pairs());
    String a = pairing.problems().get(0).toString();
    assertTrue(a.startsWith("a: 2 predictions") && a.contains("run-2"), a);
    String b = pairing.problems().get(1).toString();
    assertTrue(b.startsWith("b: 2 references") && b.contains("b.nii.gz"), b);
  }

  @Test
  void predictions_without_a_reference_are_told_and_other_files_are_none() throws IOException {
    Path unused = file(predictions, "x.nii");
    Path unusedResult = result("y", "y.nii.gz");
    file(predictions, "summary.json");
    Files.createDirectory(predictions.resolve("logs"));
    assertEquals(List.of(unused, unusedResult), Pairing.of(predictions, references, 1).unused());
  }

  @Test
  void a_result_whose_json_names_no_input_belongs_to_no_case() throws IOException {
    file(references, "a.nii");
    Path result = result("a", "a.nii");
    Files.writeString(result.resolve("result.json"), "{}");
    assertEquals(List.of(result), Pairing.of(predictions, references, 1).unused());
  }

  @Test
  void what_the_models_of_a_result_warn_of_comes_with_it() throws IOException {
    file(references, "a.nii");
    Path json = result("1", "a.nii").resolve("result.json");
    Files.writeString(
        json,
        """
        {"input": {"file": "a.nii"},
         "models": [{"id": "coarse/1", "warning": "Only phantoms."}, {"id": "fine/1"}]}
        """);
    Pairing.Pair pair = Pairing.of(predictions, references, 1).pairs().get(0);
    assertEquals(Map.of("coarse/1", "Only phantoms."), pair.warnings());
  }

  @Test
  void refuses_a_result_json_that_is_not_json_and_names_it() throws IOException {
    Files.writeString(result("a", "a.nii").resolve("result.json"), "{\"input\": ");
    var refusal = assertThrows(IOException.class, () -> Pairing.of(predictions, references, 1));
    assertTrue(refusal.getMessage().contains("result.json"), refusal.getMessage());
  }

  private Path result(String name, String input) throws IOException {
    Path result = Files.createDirectory(predictions.resolve(name));
    file(result, "mask.nii.gz");
    Files.writeString(
        result.resolve("result.json"), "{\"input\": {\"file\": \"%s\"}}".formatted(input));
    return result;
  }

  private static Path file(Path folder, String name) throws IOException {
    return Files.createFile(folder.resolve(name));
  }
}
