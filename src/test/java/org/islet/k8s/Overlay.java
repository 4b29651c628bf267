package org.islet.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code kubectl apply -k} hands to the cluster.
 *
 * @param objects of Kubernetes' own types
 */
public record Overlay(List<Object> objects) {

  private static final YAMLMapper YAML = new YAMLMapper();

  /** Renders a folder of k8s/, or skips the test where there is no kubectl. */
  public static Overlay render(String folder) throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))),
        "kubectl is not here, which renders the overlays");
    Process rendering =
        new ProcessBuilder("kubectl", "kustomize", folder)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String yaml = new String(rendering.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, rendering.waitFor(), folder + " cannot be rendered");
    return of(yaml);
  }

  /** Reads objects strictly. */
  static Overlay of(String yaml) throws IOException {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      return new Overlay(
          documents.readAll().stream().map(KubernetesTypes::read).map(Object.class::cast).toList());
    }
  }

  /** The objects of a type. */
  public <T> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
