package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.islet.stage.SliceAxis;
import org.islet.volume.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardTest {

  private static final String CARD =
      """
      purpose: Finds the pancreas.
      licence: Apache-2.0
      input:
        signature: serving_default
        name: volume
        layout: NSARC
        min: 0.0
        max: 1.0
        divisor: 8
      output:
        name: probability
        kind: threshold
        channels: 1
        channel: 0
        threshold: 0.5
      memory:
        bytes-per-voxel: 384
        receptive-radius: 51
      """;

  @TempDir private Path folder;

  private ModelCard read(String yaml) throws IOException {
    return ModelCard.read(Files.writeString(folder.resolve("model.yaml"), yaml));
  }

  @Test
  void reads_what_a_person_wrote() throws IOException {
    assertEquals(
        new ModelCard(
            "Finds the pancreas.",
            null,
            "Apache-2.0",
            new ModelCard.Input("serving_default", "volume", "NSARC", 0, 1, 8),
            new ModelCard.Output("probability", ModelCard.Kind.THRESHOLD, 1, 0, 0.5f),
            null,
            new ModelCard.Memory(384, 51),
            null,
            null,
            null),
        read(CARD));
  }

  @Test
  void reads_back_what_it_wrote() throws IOException {
    ModelCard card =
        new ModelCard(
            "Finds \"it\": quickly",
            "Phantoms only",
            "MIT",
            new ModelCard.Input("predict", "ct", "NCLPI", -1, 1, 16, List.of(144, 96, 48)),
            new ModelCard.Output("scores", ModelCard.Kind.ARGMAX, 3, 2, null),
            "mixed",
            new ModelCard.Memory(700, null),
            new ModelCard.Work(107232),
            Map.of("seed", 7, "learning-rate", 0.001),
            Map.of("dsc-mean", 0.91));
    Path file = folder.resolve("model.yaml");
    card.write(file);
    assertEquals(card, ModelCard.read(file));
  }

  @Test
  void a_precision_that_there_is_not_is_refused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> read(CARD + "precision: float16\n"))
            .getMessage();
    assertTrue(
        message.contains("precision should be one of float32, tf32, mixed, not 'float16'."),
        message);
  }

  @Test
  void may_leave_out_memory() throws IOException {
    assertNull(read(CARD.substring(0, CARD.indexOf("memory:"))).memory());
  }

  @ParameterizedTest
  @CsvSource({
    "NSARC, RAS, true, ",
    "NCSAR, RAS, false, ",
    "NLAIC, IAL, true, ",
    "NCIPL, LPI, false, ",
    "NARC, RAS, true, Z",
    "NCLP, PLS, false, Z",
    "NSRC, RSA, true, Y",
    "NCSA, ASR, false, X"
  })
  void the_layout_gives_axes_slowest_first_and_the_orientation_fastest_first(
      String layout, String orientation, boolean channelsLast, SliceAxis slices) {
    var input = new ModelCard.Input("s", "n", layout, 0, 1, 1);
    assertEquals(new Orientation(orientation), input.orientation());
    assertEquals(channelsLast, input.channelsLast());
    assertEquals(Optional.ofNullable(slices), input.slices());
    assertEquals(slices == null ? 5 : 4, input.rank());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "licence: Apache-2.0 | | : the key 'licence' is missing.",
        "threshold: 0.5 | | : output.threshold is needed with output.kind: threshold.",
        "memory: | memmory: | : there is no key 'memmory'; did you mean 'memory'?",
        "NSARC | NSC | : input.layout 'NSC' should be N, three directions and C",
        "NSARC | ~ | : line 6: the key 'layout' has no value",
        "NSARC | NCARC | : input.layout 'NCARC' should be N, three directions and C",
        "NSARC | NRLC | : input.layout 'NRLC' should name each of R or L, A or P, S or I at most once.",
        "NSARC | NSASC | : input.layout 'NSASC' should name each of R or L, A or P, S or I at most once.",
        "max: 1.0 | max: 0 | : input.min (0.0) should be below input.max (0.0), both finite.",
        "divisor: 8 | divisor: 0 | : input.divisor should be 1 to 256, not 0.",
        "divisor: 8 | divisor: 257 | : input.divisor should be 1 to 256, not 257.",
        "divisor: 8 | divisor: eight | : line 9: input.divisor: Cannot deserialize value",
        "divisor: 8 | | : the key 'input.divisor' is missing.",
        "kind: threshold | kind: sigmoid | : line 12: output.kind: Cannot deserialize value",
        "kind: threshold | kind: 0 | : line 12: output.kind: Cannot deserialize value",
        "kind: threshold | kind: '1' | : line 12: output.kind: Cannot deserialize value",
        "threshold: 0.5 | threshold: 1.0e+39 | : output.threshold should be a finite number, not Infinity.",
        "max: 1.0 | max: 1.0e+39 | : input.min (0.0) should be below input.max (Infinity), both finite.",
        "channel: 0 | channel: 1 | : output.channel should be 0 to output.channels − 1, not 1 of 1.",
        "channel: 0 | channel: -1 | : output.channel should be 0 to output.channels − 1, not -1 of 1.",
        "384 | 0 | : memory.bytes-per-voxel should be at least 1, not 0.",
        "max: 1.0 | `max: 1.0\n  size: [8, 16]` | : input.size should be 3 multiples of input.divisor (8), one for each direction of NSARC, not [8, 16].",
        "max: 1.0 | `max: 1.0\n  size: [8, 16, 12]` | : input.size should be 3 multiples",
        "max: 1.0 | `max: 1.0\n  size: [8, 16, 0]` | : input.size should be 3 multiples",
        "memory: | `work: {flop-per-voxel: 0}\nmemory:` | : work.flop-per-voxel should be at least 1, not 0.",
        "51 | -1 | : memory.receptive-radius should be at least 0, not -1.",
        "licence: Apache-2.0 | `licence: Apache-2.0\nlicence: MIT` | : line 3: Duplicate field 'licence'",
        "51 | `51\n  of-noise: 3` | : there is no key 'memory.of-noise'.",
        "input: | input: &in | : line 3: anchors, aliases and tags of YAML are not read here.",
        "channel: 0 | channel: | : line 14: the key 'channel' has no value; give one or leave it out.",
        "channel: 0 | channel: '' | : line 14: output.channel: Cannot coerce empty String",
        "channel: 0 | channel: 0.7 | : line 14: output.channel: Cannot coerce Floating-point value (0.7)",
        "max: 1.0 | max: | : line 8: the key 'max' has no value",
        "channels: 1 | channels: ~ | : line 13: the key 'channels' has no value",
        "kind: threshold | kind: null | : line 12: the key 'kind' has no value",
        "licence: Apache-2.0 | licence: | : line 2: the key 'licence' has no value",
        "licence: Apache-2.0 | `licence: Apache-2.0\nwarning:` | : line 3: the key 'warning' has no value",
        "max: 1.0 | `max: 1.0\n  size: [8, ~, 8]` | : line 9: a value in the list 'size' is missing.",
        "input: | input | could not find expected ':'",
      })
  void refuses_a_wrong_value_and_says_where(String right, String wrong, String reason) {
    String yaml = CARD.replace(right, wrong == null ? "" : wrong);
    var refusal = assertThrows(IllegalArgumentException.class, () -> read(yaml));
    String message = refusal.getMessage();
    String start = "The model's card " + folder.resolve("model.yaml") + " is not valid";
    assertTrue(message.startsWith(start), message);
    assertTrue(message.substring(start.length()).contains(reason), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet", "~", "[1, 2]", "card"})
  void refuses_a_file_of_no_keys(String yaml) {
    assertEquals(
        "The model's card %s is not valid: line 1: keys and values were expected, such as purpose: Finds the pancreas."
            .formatted(folder.resolve("model.yaml")),
        assertThrows(IllegalArgumentException.class, () -> read(yaml)).getMessage());
  }

  @Test
  void a_card_that_is_there_and_cannot_be_read_is_not_asked_for() throws IOException {
    Path latin = Files.write(folder.resolve("model.yaml"), new byte[] {'a', ':', (byte) 0xe4});
    assertEquals(
        "The model's card %s cannot be read (java.nio.charset.MalformedInputException: Input length = 1). A text in UTF-8 that Islet may read was expected."
            .formatted(latin),
        assertThrows(IllegalArgumentException.class, () -> ModelCard.read(latin)).getMessage());
    assertEquals(
        "The model's card %s cannot be read (it is no regular file). A text in UTF-8 that Islet may read was expected."
            .formatted(folder),
        assertThrows(IllegalArgumentException.class, () -> ModelCard.read(folder)).getMessage());
  }

  @Test
  void a_card_longer_than_anybody_writes_is_refused_before_it_is_read() {
    String most = CARD + "#".repeat((256 << 10) - CARD.length());
    assertDoesNotThrow(() -> read(most));
    assertEquals(
        "The model's card %s cannot be read (it has more than 256 KiB). A text in UTF-8 that Islet may read was expected."
            .formatted(folder.resolve("model.yaml")),
        assertThrows(IllegalArgumentException.class, () -> read(most + "#")).getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\n", "\\e[2J", "\\x9b", "\\u2028", "\\u202e", "\\u0000", "\\r"})
  void what_a_message_cites_stays_one_line_that_commands_nothing(String escape) {
    for (String yaml :
        List.of(
            CARD.replace("NSARC", "\"NS%sARC\"".formatted(escape)),
            CARD.replace("memory:", "\"mem%sory\":".formatted(escape)),
            CARD.replace("kind: threshold", "kind: \"sig%smoid\"".formatted(escape)))) {
      String message = assertThrows(IllegalArgumentException.class, () -> read(yaml)).getMessage();
      assertFalse(message.matches("(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"), message);
      assertTrue(message.matches(".*(NS |mem |sig ).*"), message);
    }
  }

  @Test
  void what_a_message_cites_is_cut_where_it_is_long() {
    String yaml = CARD.replace("NSARC", "m".repeat(100_000));
    String message = assertThrows(IllegalArgumentException.class, () -> read(yaml)).getMessage();
    assertTrue(message.length() < 1200 && message.endsWith("mmm…"), message);
  }

  @Test
  void a_missing_card_is_asked_for() {
    Path file = folder.resolve("nowhere/model.yaml");
    var refusal = assertThrows(IllegalArgumentException.class, () -> ModelCard.read(file));
    assertEquals(
        "The model's card %s is not there: a model needs a model.yaml beside its saved_model.pb."
            .formatted(file),
        refusal.getMessage());
  }
}
