package org.islet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.islet.cli.ServiceSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDescriptionTest {

  private static ImageDescription.Stage stage(String name) throws IOException {
    return ImageDescription.read().stages().get(name);
  }

  private static List<String> options() throws IOException {
    return Files.readAllLines(Path.of("k8s/image/serve.options")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  @Test
  void what_is_not_known_or_needs_a_shell_is_refused() {
    assertThrows(
        IllegalArgumentException.class, () -> ImageDescription.of("FROM a AS b\nADD http://c /c"));
    ImageDescription shell = ImageDescription.of("FROM a AS b\nENTRYPOINT java -jar x.jar");
    assertThrows(IllegalArgumentException.class, () -> shell.stages().get("b").entrypoint());
  }

  @Test
  void lines_are_continued_and_stages_kept_apart() {
    Map<String, ImageDescription.Stage> stages =
        ImageDescription.of(
                """
                # a comment
                FROM a AS b
                RUN make
                FROM c AS d
                COPY --from=b --chown=1:2 /x /y
                ENV A=1 B=2 \\
                    C=3
                """)
            .stages();
    assertEquals(List.of("make"), stages.get("b").runs());
    assertEquals(List.of(), stages.get("d").runs());
    assertEquals(Map.of("A", "1", "B", "2", "C", "3"), stages.get("d").environment());
    assertEquals(
        List.of(new ImageDescription.Copy("b", "1:2", "/x", "/y")), stages.get("d").copies());
  }

  @Test
  void both_images_differ_in_their_base_and_in_what_was_built_alone() throws IOException {
    ImageDescription.Stage cpu = stage("cpu");
    ImageDescription.Stage gpu = stage("gpu");
    assertNotEquals(cpu.base(), gpu.base());
    Map<String, String> ofBoth = new TreeMap<>(gpu.environment());
    assertEquals("4G", ofBoth.put("ISLET_INFERENCE_MEMORY", "30%"));
    assertEquals(cpu.environment(), ofBoth);
    assertEquals(cpu.entrypoint(), gpu.entrypoint());
    assertEquals(cpu.command(), gpu.command());
    assertEquals(cpu.health(), gpu.health());
    assertEquals(
        List.of(cpu.user(), cpu.workdir(), cpu.exposed()),
        List.of(gpu.user(), gpu.workdir(), gpu.exposed()));
    assertEquals(
        cpu.copies().toString().replace("build-cpu", "build-gpu"), gpu.copies().toString());
    assertEquals(
        stage("build-cpu").runs().stream()
            .map(r -> r.startsWith("mvn") ? r + " -Pgpu" : r)
            .toList(),
        stage("build-gpu").runs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void an_image_runs_nothing_while_it_is_made_and_then_java_as_nobody(String image)
      throws IOException {
    assertEquals(List.of(), stage(image).runs());
    assertEquals("65532:65532", stage(image).user());
    assertEquals("/islet/java/bin/java", stage(image).entrypoint().get(0));
    assertEquals("java", stage(image).health().get(0));
  }

  @Test
  void java_and_tensorflow_are_told_what_the_launcher_tells_them() throws IOException {
    String launcher = Files.readString(Path.of("islet"));
    for (String option : options()) {
      if (option.startsWith("-XX:Tier4") || option.startsWith("-Djava.awt")) {
        assertTrue(launcher.contains(option), option);
      }
    }
    for (String tier : launcher.lines().filter(l -> l.contains("serve\\ *)")).toList()) {
      for (String option : tier.replaceAll(".*\"(.*)\".*", "$1").split(" ", -1)) {
        assertTrue(options().contains(option), option);
      }
    }
    Map<String, String> environment = stage("cpu").environment();
    for (String name :
        List.of("MALLOC_ARENA_MAX", "TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS")) {
      assertTrue(
          launcher.contains("%s=${%s:-%s}".formatted(name, name, environment.get(name))), name);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16})
  void heap_networks_and_the_rest_fit_into_the_limit(int gibibytes) throws IOException {
    long limit = (long) gibibytes << 30;
    assertTrue(MemoryShares.read().taken(limit) <= limit);
    assertTrue(MemoryShares.read().taken(limit) >= limit / 10 * 8, "memory lies idle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "gpu"})
  void the_memory_of_networks_is_a_setting_that_there_is(String image) throws IOException {
    String share = stage(image).environment().get("ISLET_INFERENCE_MEMORY");
    ServiceSettings.require(Map.of("ISLET_INFERENCE_MEMORY", share));
  }
}
