package org.islet.imported;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake of a description or an archive is told with file, layer, expected and found. */
class ImportRefusalTest {

  private static final String DESCRIPTION =
      """
      purpose: Finds nothing.
      licence: MIT
      input: {axes: SAR, divisor: 2, min: 0, max: 1}
      layers:
        a: {channels: 2, normalisation: n}
        down: {kind: max-pooling}
        b: {channels: 3}
        up: {kind: resize, like: a}
        join: {kind: concatenation, inputs: [up, a]}
        c: {channels: 2, kernel: 1}
      output: {kind: argmax, channel: 1}
      """;

  @TempDir private Path folder;
  private Path yaml;
  private Path npz;

  @BeforeEach
  void name_files() {
    yaml = folder.resolve("net.yaml");
    npz = folder.resolve("net.npz");
  }

  private static Archives arrays() {
    Archives arrays = new Archives();
    for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
      arrays.with("n." + name, List.of(2), 1, 1);
    }
    return arrays
        .with("a.weight", List.of(2, 1, 3, 3, 3), new float[54])
        .with("a.bias", List.of(2), new float[2])
        .with("b.bias", List.of(3), new float[3])
        .with("c.weight", List.of(2, 5, 1, 1, 1), new float[10])
        .with("c.bias", List.of(2), new float[2]);
  }

  private static Archives all() {
    return arrays().with("b.weight", List.of(3, 2, 3, 3, 3), new float[162]);
  }

  private List<String> problems(String description, Archives arrays) throws IOException {
    Files.writeString(yaml, description);
    arrays.write(npz);
    return assertThrows(ImportRefusedException.class, () -> NetworkImport.read(yaml, npz, null))
        .problems();
  }

  @Test
  void what_is_right_is_not_refused() throws IOException {
    Files.writeString(yaml, DESCRIPTION);
    all().write(npz);
    assertEquals(2, NetworkImport.read(yaml, npz, null).card().output().channels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{channels: 3} | {chanels: 3} | layer b: there is no key 'chanels' here; did you mean 'channels'?",
        "{channels: 3} | {kind: max-pooling, channels: 3} | layer b: there is no key 'channels' here. There are: activation, inputs, kernel, slope, stride.",
        "{channels: 3} | {kind: convoluton, channels: 3} | layer b: there is no kind 'convoluton'; did you mean 'convolution'?",
        "{channels: 3} | {kernel: 3} | layer b: the key 'channels' is missing.",
        "{channels: 3} | {channels: 3.5} | layer b: channels: ",
        "{channels: 3} | {channels: 0} | layer b: channels should be 1 to 65536, not 0.",
        "{channels: 3} | {channels: 3, kernel: [3, 3]} | layer b: kernel should be a number from 1 to 1024, or one for each of 3 axes, not [3, 3].",
        "{channels: 3} | {channels: 3, kernel: x} | layer b: kernel: expected a whole number, or a list of one for each axis, not x.",
        "{channels: 3} | {channels: 3, kernel: -1} | layer b: kernel: expected a whole number",
        "{channels: 3} | {channels: 3, activation: swish} | layer b: activation: Cannot deserialize",
        "{channels: 3} | 3 | layer b: expected keys and values, as in {channels: 16}, not 3.",
        "{channels: 3} | {channels: 3, inputs: [a, down]} | layer b: it takes one layer, not 2; put a concatenation or an addition before it.",
        "[up, a] | [up, d] | layer join: it takes 'd', but there is no such layer.",
        "[up, a] | [upp, a] | layer join: it takes 'upp', but there is no such layer; did you mean 'up'?",
        "[up, a] | [up, c] | layer join: it takes 'c', which stands below it; a layer stands after all that it takes.",
        "[up, a] | [up, join] | layer join: it takes 'join', which stands for itself; a layer stands after all that it takes.",
        "[up, a] | [down, up] | layer join: what it joins should have one size, but down has 2×2×2 and up has 4×4×4, of an input of 4×4×4.",
        "like: a} | like: a, scale: 2} | layer up: either like (a layer whose size comes out) or scale should be given, and not both.",
        "like: a} | scale: 3} | layer join: what it joins should have one size, but up has 6×6×6 and a has 4×4×4, of an input of 4×4×4.",
        "kind: concatenation | kind: addition | layer join: what it adds should have as many channels, but up has 3 and a has 2.",
        "{kind: max-pooling} | {kind: max-pooling, kernel: 9} | layer down: nothing is left of 4×4×4 that go in.",
        "divisor: 2 | divisor: 1 | layer down: an input of 2×2×2 gives 1×1×1 here; of a network of any size each layer has the input's size divided by its strides. Check input.divisor, kernel and padding, or give input.size.",
        "`channels: 2, kernel: 1` | `channels: 2, kernel: 2, padding: 0` | layer c: what comes out should have the input's size, 4×4×4, but it has 3×3×3.",
        "channel: 1 | channel: 2 | layer c: output.channel should be one of its 2 channels, the first being 0, not 2.",
        "channel: 1} | channel: 1, layer: z} | output.layer: there is no layer 'z'.",
        "licence: MIT | | licence is missing; give it there or by --licence.",
        "purpose: Finds nothing. | | the key 'purpose' is missing",
        "purpose | purpos | there is no key 'purpos' here; did you mean 'purpose'?",
        "divisor: 2 | divisor: 2, size: [4, 4, 4] | input: either input.divisor or input.size should be given",
        "divisor: 2 | divisor: 2, channels: 3 | input.channels should be 1, not 3",
        "axes: SAR | axes: SAX | input.axes 'SAX' should be one of R or L, one of A or P and one of S or I, in any order, or two of these for slices.",
        "axes: SAR | axes: SAS | input.axes 'SAS' should be one of R or L",
        "axes: SAR | axes: RLA | input.axes 'RLA' should be one of R or L",
        "axes: SAR | axes: PA | input.axes 'PA' should be one of R or L",
        "max: 1} | max: 1.0e+39} | input.min (0.0) should be below input.max (Infinity), both finite.",
        "purpose: Finds nothing. | purpose: ' ' | purpose says nothing; write what a reader should know.",
        "licence: MIT | licence: '  ' | licence says nothing",
        "kind: argmax | kind: 0 | line 11: output.kind: Cannot deserialize",
        "`normalisation: n` | `normalisation: n, epsilon: -1` | layer a: epsilon should be above 0 and at most 1, not -1.0.",
        "`normalisation: n` | `normalisation: n, epsilon: 0` | layer a: epsilon should be above 0 and at most 1, not 0.0.",
        "`normalisation: n` | `normalisation: n, epsilon: 2` | layer a: epsilon should be above 0 and at most 1, not 2.0.",
        "channels: 3 | `channels: 3, epsilon: 0.1` | layer b: epsilon is of batch normalisation, and this layer has none; give normalisation too or leave it out.",
        "channels: 3 | `channels: 3, activation: leaky-relu, slope: 1.0e+39` | layer b: slope should be a finite number, not 1.0E39.",
        "channels: 3 | `channels: 3, activation: relu, slope: 0.1` | layer b: slope is of activation: leaky-relu, and this layer has another; leave one of them out.",
        "{kind: max-pooling} | `{kind: max-pooling, slope: 0.1}` | layer down: slope is of activation: leaky-relu",
        "layers: | `convolutions: {epsilon: 0}\nlayers:` | convolutions.epsilon should be above 0 and at most 1, not 0.0.",
        "layers: | `convolutions: {slope: 1.0e+39}\nlayers:` | convolutions.slope should be a finite number",
        "layers: | `convolutions: {activation: relu, slope: 0.1}\nlayers:` | convolutions.slope is of activation: leaky-relu, and no convolution has it; leave it out.",
        "channels: 3 | `channels: 3, dilation: 2` | layer b: there is no key 'dilation' here. There are: activation,",
        "licence: MIT | `licence: MIT\nweights: {names: {b.wieght: c.weight}}` | weights.names: no layer has an array 'b.wieght'; did you mean 'b.weight'?",
        "licence: MIT | `licence: MIT\nweights: {ignore: [head]}` | weights.ignore: the archive has no array 'head', and none whose name begins so.",
        "[up, a] | `[\"up\\e[2J\\n\", a]` | layer join: it takes 'up [2J ', but there is no such layer",
        "min: 0 | `min: ` | line 3: the key 'min' has no value; give one or leave it out.",
        "purpose: Finds nothing. | purpose: | line 1: the key 'purpose' has no value",
        "`b: {channels: 3}` | b: | line 7: the key 'b' has no value",
        "channels: 3 | channels: ~ | line 7: the key 'channels' has no value",
        "channels: 3 | `channels: 3, kernel: [3, ~, 3]` | line 7: a value in the list 'kernel' is missing.",
        "channel: 1} | channel: } | line 11: the key 'channel' has no value",
        "channel: 1} | channel: ''} | line 11: output.channel: Cannot coerce empty String",
        "min: 0 | min: 2 | input.min (2.0) should be below input.max (1.0), both finite.",
        "kind: argmax | kind: threshold | output.threshold should be given with output.kind: threshold, and with no other.",
        "`b: {channels: 3}` | `a: {channels: 3}` | line 7: Duplicate field 'a'.",
        "`a: {channels: 2,` | `a: &x {channels: 2,` | line 5: anchors, aliases and tags of YAML are not read here.",
        "purpose: Finds | purpose: !!str Finds | line 1: anchors, aliases and tags",
        "`b: {channels: 3}` | `input: {channels: 3}` | layer input: this is what the network's input is called; rename the layer.",
        "`c: {channels: 2, kernel: 1}` | `c: {channels: 2, kernel: 1, inputs: b}` | layer ",
      })
  void a_mistake_in_the_description(String right, String wrong, String reason) throws IOException {
    assertTrue(DESCRIPTION.contains(right), right);
    String problem =
        String.join("\n", problems(DESCRIPTION.replace(right, wrong == null ? "" : wrong), all()));
    assertTrue(problem.startsWith(yaml + ": " + reason), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{channels: 2, normalisation: n} | `{channels: 2, normalisation: n, activation: swish}`",
        "{channels: 2, normalisation: n} | `{chanels: 2, normalisation: n}`",
        "{channels: 2, normalisation: n} | `{channels: 2, normalisation: n, slope: 0.1}`",
        "{channels: 3} | `{channels: 3, kind: transposed-convolution, padding: same}`",
        "{kind: max-pooling} | {kind: pooling}",
        "{kind: max-pooling} | {kind: max-pooling, kernel: 9}",
        "{channels: 2, kernel: 1} | `{channels: 2, kernel: 1, inputs: joined}`",
        "axes: SAR | axes: XYZ",
        "channel: 1} | channel: 1, layer: z}",
        "`{kind: concatenation, inputs: [up, a]}` | `{kind: concatenation, inputs: [up, a], like: a}`",
      })
  void one_mistake_is_one_complaint(String right, String wrong) throws IOException {
    assertTrue(DESCRIPTION.contains(right), right);
    List<String> problems = problems(DESCRIPTION.replace(right, wrong), all());
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void a_layer_that_a_wrong_one_alone_takes_is_not_complained_of() throws IOException {
    String description =
        DESCRIPTION
            .replace("kind: resize, like: a}", "kind: resize, like: a, inputs: down, scales: 2}")
            .replace("channel: 1}", "channel: 1, layer: a}");
    List<String> problems = problems(description, all());
    assertEquals(1, problems.size(), problems::toString);
  }

  @Test
  void a_description_longer_than_anybody_writes_is_refused() throws IOException {
    assertEquals(
        List.of(
            yaml
                + ": cannot be read (it has more than 256 KiB); a text that Islet may read was"
                + " expected."),
        problems(DESCRIPTION + "#".repeat(256 << 10), all()));
  }

  @Test
  void weights_that_are_too_large_once_they_are_folded_are_refused() throws IOException {
    String description =
        DESCRIPTION.replace("normalisation: n}", "normalisation: n, epsilon: 1.0e-30}");
    Archives arrays = new Archives();
    for (String name : List.of("weight", "bias", "running_mean")) {
      arrays.with("n." + name, List.of(2), 1e30f, 1);
    }
    arrays
        .with("n.running_var", List.of(2), 0, 1)
        .with("a.weight", List.of(2, 1, 3, 3, 3), new float[54])
        .with("a.bias", List.of(2), new float[2])
        .with("b.weight", List.of(3, 2, 3, 3, 3), new float[162])
        .with("b.bias", List.of(3), new float[3])
        .with("c.weight", List.of(2, 5, 1, 1, 1), new float[10])
        .with("c.bias", List.of(2), new float[2]);
    assertEquals(
        List.of(
            npz
                + ": layer a: folding its batch normalisation gives numbers too large for float32;"
                + " check its arrays and epsilon."),
        problems(description, arrays));
  }

  @ParameterizedTest
  @ValueSource(strings = {"input", "layers", "output"})
  void a_key_with_nothing_behind_it(String key) throws IOException {
    String description = DESCRIPTION.replaceFirst("(?m)^%s:.*(\\n  .*)*".formatted(key), key + ":");
    int line = (int) description.lines().takeWhile(l -> !l.startsWith(key)).count() + 1;
    assertEquals(
        List.of(
            "%s: line %d: the key '%s' has no value; give one or leave it out."
                .formatted(yaml, line, key)),
        problems(description, all()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet", "~", "[1, 2]", "net"})
  void a_file_of_no_keys(String description) throws IOException {
    assertEquals(
        List.of(
            yaml + ": line 1: keys and values were expected, such as purpose: Finds the pancreas."),
        problems(description, all()));
  }

  @Test
  void a_file_that_is_no_text() throws IOException {
    Files.write(yaml, new byte[] {'a', ':', ' ', (byte) 0xff});
    all().write(npz);
    assertEquals(
        List.of(yaml + ": is no text in UTF-8; save it as such."),
        assertThrows(ImportRefusedException.class, () -> NetworkImport.read(yaml, npz, null))
            .problems());
  }

  @Test
  void a_layer_that_nobody_takes_is_named() throws IOException {
    String description = DESCRIPTION.replace("like: a}", "like: a, inputs: down}");
    assertEquals(
        yaml
            + ": layer b: no layer takes it, and it is not the output; remove it or name it as input.",
        problems(description, all()).get(0));
  }

  @Test
  void arrays_that_are_missing_wrong_or_left_over_are_all_named_at_once() throws IOException {
    Archives arrays = arrays().with("b.weigth", List.of(3, 2, 3, 3, 3), new float[162]);
    String description = DESCRIPTION.replace("kernel: 1", "kernel: 3");
    assertEquals(
        List.of(
            npz
                + ": layer c: c.weight should have the shape [2, 5, 3, 3, 3], but has"
                + " [2, 5, 1, 1, 1].",
            npz + ": layer b: there is no array 'b.weight'; did you mean 'b.weigth'?",
            npz
                + ": the array b.weigth is used by no layer; name its layer, or put it under"
                + " weights.ignore."),
        problems(description, arrays));
  }

  @Test
  void unknown_keys_are_all_named_at_once() throws IOException {
    String description =
        DESCRIPTION.replace("licence", "license").replace("min: 0", "min: 0, unit: HU");
    assertEquals(
        List.of(
            yaml
                + ": there is no key 'license' here; did you mean 'licence'? There are: convolutions,"
                + " input, layers, licence, output, purpose, warning, weights.",
            yaml
                + ": input: there is no key 'unit' here. There are: axes, channels, divisor, max,"
                + " min, size."),
        problems(description, all()));
    assertEquals(
        2,
        problems(DESCRIPTION.replace("{channels: 3}", "{chanels: 3, kernl: 3}"), all()).stream()
            .filter(problem -> problem.startsWith(yaml + ": layer b: there is no key"))
            .count());
  }

  @Test
  void an_array_with_another_name_or_of_no_use_may_be_named() throws IOException {
    Files.writeString(
        yaml,
        DESCRIPTION.replace(
            "input: {axes",
            "weights: {names: {b.weight: b.weigth}, ignore: [head]}\ninput: {axes"));
    arrays()
        .with("b.weigth", List.of(3, 2, 3, 3, 3), new float[162])
        .with("head.weight", List.of(1), 0)
        .with("n.num_batches_tracked", List.of(), 7)
        .write(npz);
    assertEquals("MIT", NetworkImport.read(yaml, npz, null).card().licence());
  }

  @Test
  void a_value_that_is_no_number_and_a_variance_below_zero_are_named() throws IOException {
    float[] spoilt = new float[162];
    spoilt[7] = Float.NaN;
    Archives arrays = new Archives();
    for (String name : List.of("weight", "bias", "running_mean")) {
      arrays.with("n." + name, List.of(2), 1, 1);
    }
    arrays
        .with("n.running_var", List.of(2), 1, -1)
        .with("a.weight", List.of(2, 1, 3, 3, 3), new float[54])
        .with("a.bias", List.of(2), new float[2])
        .with("b.weight", List.of(3, 2, 3, 3, 3), spoilt)
        .with("b.bias", List.of(3), 0, Float.NEGATIVE_INFINITY, 0)
        .with("c.weight", List.of(2, 5, 1, 1, 1), new float[10])
        .with("c.bias", List.of(2), new float[2]);
    assertEquals(
        List.of(
            npz + ": layer a: n.running_var has a value below 0.",
            npz + ": layer b: b.weight holds a value that is no number (NaN).",
            npz + ": layer b: b.bias holds a value that is infinite."),
        problems(DESCRIPTION, arrays));
  }

  @Test
  void an_archive_that_is_none_is_named_beside_the_descriptions_mistakes() throws IOException {
    Files.writeString(yaml, DESCRIPTION.replace("licence: MIT", ""));
    Files.writeString(npz, "not a ZIP");
    List<String> problems =
        assertThrows(ImportRefusedException.class, () -> NetworkImport.read(yaml, npz, null))
            .problems();
    assertEquals(2, problems.size());
    assertTrue(problems.get(1).startsWith(npz + ": The archive is no whole ZIP file"));
  }
}
