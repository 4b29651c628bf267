package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {

  @TempDir private Path folder;

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj("case-%03d"::formatted).toList();
  }

  private static Folds split(Collection<String> ids, int count, long seed) {
    return Folds.split(ids, id -> id, count, seed);
  }

  @Test
  void all_cases_of_a_subject_are_in_one_fold() {
    Folds folds = Folds.split(ids(40), id -> "of " + Integer.parseInt(id.substring(5)) % 10, 4, 3);
    for (int i = 0; i < 30; i++) {
      assertEquals(folds.foldOf(ids(40).get(i)), folds.foldOf(ids(40).get(i + 10)));
    }
    assertEquals(List.of(12, 12, 8, 8), folds.folds().stream().map(List::size).toList());
  }

  @ParameterizedTest
  @CsvSource({"82,4", "4,4", "5,2", "7,3"})
  void every_case_validates_once_and_folds_differ_by_one_at_most(int cases, int count) {
    Folds folds = split(ids(cases), count, 1);
    assertEquals(count, folds.folds().size());
    List<String> validated = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      List<String> validation = folds.validation(k);
      assertTrue(validation.size() == cases / count || validation.size() == cases / count + 1);
      assertEquals(
          ids(cases).stream().filter(id -> !validation.contains(id)).toList(), folds.training(k));
      for (String id : validation) {
        assertEquals(Optional.of(k), folds.foldOf(id));
      }
      validated.addAll(validation);
    }
    assertEquals(ids(cases), validated.stream().sorted().toList());
  }

  @Test
  void the_split_depends_on_the_seed_and_not_on_the_order_of_the_ids() {
    List<String> reversed = new ArrayList<>(ids(40));
    Collections.reverse(reversed);
    assertEquals(split(ids(40), 4, 7), split(reversed, 4, 7));
    assertNotEquals(split(ids(40), 4, 7).folds(), split(ids(40), 4, 8).folds());
  }

  @Test
  void a_split_that_was_written_is_the_one_that_is_read() throws IOException {
    Folds folds = split(ids(9), 4, -3);
    Path file = folder.resolve("run/split.json");
    folds.write(file);
    assertEquals(folds, Folds.read(file));
    var json = new ObjectMapper().readTree(file.toFile());
    assertEquals(-3, json.get("seed").asInt());
    assertEquals(folds.folds().get(1).get(0), json.get("folds").get(1).get(0).asText());
    assertEquals(2, json.size());
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void a_split_by_hand_is_read() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("split.json"), "{\"seed\": 0, \"folds\": [[\"b\"], [\"c\", \"a\"]]}");
    Folds folds = Folds.read(file);
    assertEquals(List.of("c", "a"), folds.validation(1));
    assertEquals(List.of("a", "c"), folds.training(0));
    assertEquals(Optional.empty(), folds.foldOf("d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"seed\":1,\"folds\":[[\"a\"],[]]}"
            + "|: Fold 1 (the first being 0) is empty; every fold needs a case.",
        "{\"seed\":1,\"folds\":[[\"a\"],null]}"
            + "|: Fold 1 (the first being 0) is empty; every fold needs a case.",
        "{\"seed\":1,\"folds\":[[\"a\"],[\"b\",\"a\"]]}"
            + "|: Case a is twice in the split; it may be in one fold only.",
        "{\"seed\":1,\"folds\":[[\"a\"],[null]]}|: Fold 1 has a case without a name.",
        "{\"seed\":1,\"folds\":[[\"a\"]]}|: A split has 2 folds or more, not 1.",
        "{\"seed\":1}|was expected, but: Missing required creator property 'folds'",
        "{\"folds\":[[\"a\"],[\"b\"]]}|was expected, but: Missing required creator property 'seed'",
        "{\"seed\":1,\"folds\":null}|was expected, but: Null value for creator property 'folds'",
        "{\"seed\":1,\"folds\":\"a\"}|was expected, but: Cannot",
        "{\"seed\":1,\"folds\":[[\"a\"],[\"b\"]|was expected, but: Unexpected end-of-input",
        "fold 1: a, b|was expected, but: Unrecognized token",
      })
  void refuses_a_file_that_holds_no_split(String text, String expected) throws IOException {
    Path file = Files.writeString(folder.resolve("split.json"), text);
    var refusal = assertThrows(IllegalArgumentException.class, () -> Folds.read(file));
    assertTrue(
        refusal.getMessage().startsWith(file + " is not a split of cases: "), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
  }

  @Test
  void refuses_more_folds_than_cases_and_a_fold_that_there_is_not() {
    var tooMany = assertThrows(IllegalArgumentException.class, () -> split(ids(3), 4, 1));
    assertEquals(
        "4 folds need cases of 4 subjects or more, but there are 3. Ask for fewer folds.",
        tooMany.getMessage());
    var tooFew = assertThrows(IllegalArgumentException.class, () -> split(ids(3), 1, 1));
    assertEquals("A split has 2 folds or more, not 1.", tooFew.getMessage());
    Folds folds = split(ids(9), 3, 1);
    for (int k : new int[] {-1, 3}) {
      var none = assertThrows(IllegalArgumentException.class, () -> folds.training(k));
      assertEquals("There is no fold " + k + "; the split has folds 0 to 2.", none.getMessage());
    }
  }

  @Test
  void refuses_cases_that_the_data_set_lacks_and_names_them() {
    Folds folds = split(ids(9), 3, 1);
    folds.requireAllIn(ids(12));
    var refusal = assertThrows(IllegalArgumentException.class, () -> folds.requireAllIn(ids(7)));
    assertEquals(
        "The split has cases that the data set lacks: case-007, case-008. Add them, or give another"
            + " split.",
        refusal.getMessage());
  }
}
