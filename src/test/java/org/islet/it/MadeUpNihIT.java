package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/nih-pancreas-ct.md, as they stand there, on phantoms in the layout of NIH
 * Pancreas-CT; only the training is made short.
 */
class MadeUpNihIT {

  private static final Path DOCUMENT = Path.of("docs/nih-pancreas-ct.md");
  private static final String PYTHON = "/usr/bin/python3";

  /** The fourth number is a gap, as in the real data set. */
  private static final List<String> CASES = List.of("0001", "0002", "0003", "0005");

  private static final String ISLET =
      """
      #!/bin/sh
      [ "$1" = train ] && set -- "$@" --steps 4 --base-channels 2 --levels 2 --window 16,16,16
      exec "%s" -Xmx600m -Dislet.routes=routes -Dislet.models=models -jar "%s" "$@"
      """;

  @TempDir static Path folder;
  private static String output;

  @BeforeAll
  static void runTheDocument() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    Process probe = new ProcessBuilder(PYTHON, "-c", "import nibabel, pydicom").start();
    assumeTrue(probe.waitFor() == 0, PYTHON + " lacks nibabel or pydicom");
    makeIsletsFolder();
    makeUp();
    String commands = blocks("sh").stream().collect(Collectors.joining());
    output = run("/bin/sh", "-e", "-c", commands);
  }

  /** A folder as Islet's own, so that the run leaves nothing in that. */
  private static void makeIsletsFolder() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    Path islet = Files.writeString(folder.resolve("islet"), ISLET.formatted(java, jar));
    assertTrue(islet.toFile().setExecutable(true));
    for (String part : List.of("routes/pancreas-two-stage.yaml", "models")) {
      Files.createDirectories(folder.resolve("routes"));
      run("cp", "-R", Path.of(part).toAbsolutePath().toString(), part);
    }
  }

  private static void makeUp() throws Exception {
    run(
        "./islet",
        "phantom",
        "--out",
        "phantoms",
        "--count",
        "4",
        "--seed",
        "5",
        "--size",
        "64,64,48");
    Path script = Path.of("src/test/python/made_up_nih.py").toAbsolutePath();
    run(PYTHON, "-W", "ignore", script.toString(), "phantoms", "nih-download");
  }

  private static List<String> blocks(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "it did not end");
    String output = Files.readString(said, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), output);
    return output;
  }

  @Test
  void converted_images_and_labels_are_the_phantoms_voxel_for_voxel_in_the_patient()
      throws IOException {
    NiftiReader reader = new NiftiReader(1 << 24);
    for (int i = 0; i < CASES.size(); i++) {
      String phantom = "phantom-%04d.nii.gz".formatted(i + 1);
      String name = CASES.get(i) + ".nii.gz";
      Volume ct = reader.readCt(folder.resolve("phantoms/images").resolve(phantom));
      Volume converted = reader.readCt(folder.resolve("nih/data/images").resolve(name));
      Reorientation toRas = Reorientation.toCanonical(converted.geometry());
      assertClose(ct.geometry(), toRas.target());
      assertArrayEquals(ct.shorts().orElseThrow(), toRas.apply(converted).shorts().orElseThrow());
      Mask organ = reader.readMask(folder.resolve("phantoms/labels").resolve(phantom), 1);
      Mask laid = reader.readMask(folder.resolve("nih/data/labels").resolve(name), 1);
      assertEquals(converted.geometry(), laid.geometry());
      assertArrayEquals(organ.toBytes(), toRas.apply(laid).toBytes());
    }
  }

  private static void assertClose(Geometry expected, Geometry actual) {
    Affine affine = actual.affine();
    assertEquals(expected.size(), actual.size());
    assertTrue(expected.affine().isCloseTo(affine, 1e-4), () -> expected.affine() + " " + affine);
  }

  @Test
  void what_the_document_says_is_printed_is_printed() throws IOException {
    List<String> lines =
        blocks("text").stream().flatMap(String::lines).filter(l -> l.startsWith("check/")).toList();
    assertEquals(4, lines.size());
    for (String line : lines) {
      assertTrue(output.contains("/nih/" + line + "\n"), line + "\n" + output);
    }
    assertTrue(output.contains("Nothing was refused or warned of.\n"), output);
  }

  @Test
  void the_tables_have_a_row_for_each_fold_and_the_cases_pictures_are_there() throws IOException {
    String tables = Files.readString(folder.resolve("nih/evaluation/tables.md"));
    assertTrue(tables.contains("4 case(s) scored, 0 not"), tables);
    for (int fold = 0; fold < 4; fold++) {
      assertTrue(tables.contains("\n| " + fold + " | 1 | "), tables);
      assertTrue(Files.size(folder.resolve("nih/pictures/" + CASES.get(fold) + ".png")) > 1000);
    }
    assertTrue(tables.contains("Table 3"), tables);
  }

  @Test
  void each_case_was_met_by_the_models_that_its_fold_was_left_out_of() throws IOException {
    JsonMapper json = new JsonMapper();
    JsonNode split = json.readTree(folder.resolve("nih/run/split.json").toFile()).get("folds");
    Set<String> met = new TreeSet<>();
    try (Stream<Path> results = Files.list(folder.resolve("nih/evaluation/results"))) {
      for (Path result : results.toList()) {
        JsonNode report = json.readTree(result.resolve("result.json").toFile());
        met.add(
            report.at("/input/file").asText()
                + ": "
                + String.join(" ", report.get("models").findValuesAsText("id")));
      }
    }
    for (int fold = 0; fold < 4; fold++) {
      assertEquals(1, split.get(fold).size());
      String with =
          "%s.nii.gz: nih-coarse/%d".formatted(split.at("/" + fold + "/0").asText(), fold + 1);
      assertTrue(
          met.contains(with) || met.contains(with + " nih-fine/" + (fold + 1)), met::toString);
    }
    assertEquals(4, met.size());
  }
}
