package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a stage in a jar: built by its own project, and run by Islet as it is shipped. */
class StageOfOthersIT {

  private static final Path EXAMPLE = Path.of("examples/keep-side");

  @TempDir static Path folder;

  @TempDir Path scratch;

  /** Builds the example where Islet's jar lies as it does beside the real one. */
  @BeforeAll
  static void build() throws Exception {
    Path copy = folder.resolve(EXAMPLE);
    copy(EXAMPLE.resolve("pom.xml"), copy.resolve("pom.xml"));
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        copy(source, copy.resolve(EXAMPLE.relativize(source)));
      }
    }
    copy(isletJar(), folder.resolve(isletJar()));
    mvn("-f", copy.resolve("pom.xml").toString(), "package");
    copy(copy.resolve("target/keep-side-1.0.jar"), folder.resolve("stages/keep-side-1.0.jar"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from, to);
  }

  private static Path isletJar() throws IOException {
    try (Stream<Path> built = Files.list(Path.of("target"))) {
      return built
          .filter(f -> f.getFileName().toString().matches("islet-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void mvn(String... arguments) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("mvn", "-q", "-B", "-Dmaven.repo.local=" + localRepository()),
                Stream.of(arguments))
            .toList();
    Path log = folder.resolve("maven.log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process maven;
    try {
      maven = builder.redirectOutput(log.toFile()).start();
    } catch (IOException e) {
      assumeTrue(false, "There is no mvn here: " + e.getMessage());
      return;
    }
    assertTrue(maven.waitFor(5, TimeUnit.MINUTES), "Maven did not end.");
    assertEquals(0, maven.exitValue(), Files.readString(log));
  }

  /** Where this build, which fetched the same plugins, keeps them. */
  private static String localRepository() {
    return System.getProperty(
        "localRepository", Path.of(System.getProperty("user.home"), ".m2/repository").toString());
  }

  private IsletProcess islet(String... arguments) throws IOException, InterruptedException {
    List<String> settings =
        List.of(
            "-Dislet.stages=" + folder.resolve("stages"),
            "-Dislet.routes=" + scratch.resolve("routes"));
    IsletProcess islet = IsletProcess.start(scratch, settings, arguments);
    islet.exitCode();
    return islet;
  }

  @Test
  void the_stage_is_listed_with_its_jar_and_shown_with_what_it_declares() throws Exception {
    try (IsletProcess all = islet("stages");
        IsletProcess one = islet("stages", "keep-side")) {
      assertEquals(0, all.exitCode(), all.err());
      assertTrue(
          all.out().lines().anyMatch(line -> line.matches("keep-side .*\\(keep-side-1.0.jar\\)")),
          all.out());
      assertTrue(all.out().lines().anyMatch(line -> line.startsWith("clip ")), all.out());
      assertEquals(0, one.exitCode(), one.err());
      assertTrue(one.out().contains("left or right; required"), one.out());
      assertTrue(one.out().contains("number from -500 to 500, in mm; default 0"), one.out());
    }
  }

  @Test
  void a_route_that_names_the_stage_gives_each_side_of_what_was_found() throws Exception {
    Path data = scratch.resolve("data");
    islet("phantom", "--out", data.toString(), "--size", "256,192,128", "--spacing", "0.8,0.8,1.2")
        .close();
    Path ct = data.resolve("images/phantom-0001.nii.gz");
    Mask left = segmented(ct, "left");
    Mask right = segmented(ct, "right");
    assertTrue(left.count() > 0 && right.count() > 0, left.count() + " and " + right.count());
    assertTrue(Box.around(left).orElseThrow().x1() <= 128, "x grows to the patient's right");
    assertTrue(Box.around(right).orElseThrow().x0() >= 128, "x grows to the patient's right");
  }

  private Mask segmented(Path ct, String side) throws Exception {
    Files.createDirectories(scratch.resolve("routes"));
    Files.writeString(
        scratch.resolve("routes/one-side.yaml"),
        """
        - route:
            id: one-side
            from:
              uri: direct:one-side
              steps:
                - to: stage:clip
                - to: stage:downsample?output=small
                - to: stage:infer?model=pancreas-coarse&input=small&output=coarse
                - to: stage:upsample?input=coarse&output=coarse-full
                - to: stage:keep-side?input=coarse-full&side=%s
        """
            .formatted(side));
    Path out = scratch.resolve(side);
    try (IsletProcess islet =
        islet("segment", ct.toString(), "--route", "one-side", "--out", out.toString())) {
      assertEquals(0, islet.exitCode(), islet.err());
      JsonNode result = new ObjectMapper().readTree(islet.out());
      assertEquals("keep-side-1.0.jar", result.at("/jars/0/file").asText());
      assertEquals(
          Sha256.of(folder.resolve("stages/keep-side-1.0.jar")),
          result.at("/jars/0/sha256").asText());
      String name = result.at("/case").asText();
      return new NiftiReader(1L << 30).readMask(out.resolve(name).resolve("mask.nii.gz"), 1);
    }
  }

  @Test
  void a_jar_that_cannot_be_used_stops_the_start_and_is_named() throws Exception {
    Path stages = Files.createDirectories(scratch.resolve("stages"));
    Path broken = Files.writeString(stages.resolve("broken.jar"), "no jar");
    try (IsletProcess islet =
        IsletProcess.start(
            scratch, List.of("-Dislet.stages=" + stages), "segment", "not-read.nii.gz")) {
      assertEquals(2, islet.exitCode(), islet.err());
      assertTrue(islet.err().contains(broken + ": it is not a jar"), islet.err());
      assertEquals("", islet.out());
    }
  }
}
