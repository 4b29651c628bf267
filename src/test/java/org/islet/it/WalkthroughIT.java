package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/walkthrough.md, as they stand there; only the CTs are small. */
class WalkthroughIT {

  private static final Path DOCUMENT = Path.of("docs/walkthrough.md");

  private static final String ISLET =
      """
      #!/bin/sh
      [ "$1" = serve ] && set -- "$@" --port 0
      exec "%s" -Xmx600m -Dislet.models=models -Dislet.queue.port=0 -jar "%s" "$@"
      """;

  @TempDir Path folder;

  private static String commands() throws IOException {
    return Pattern.compile("^```sh\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(block -> block.group(1))
        .collect(Collectors.joining("", "", "wait || true\n"))
        .replace("256,256,120", "64,64,40");
  }

  private void makeIsletsFolder() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    Path islet = Files.writeString(folder.resolve("islet"), ISLET.formatted(java, jar));
    assertTrue(islet.toFile().setExecutable(true));
    for (String part : List.of("routes", "models")) {
      run("cp", "-R", Path.of(part).toAbsolutePath().toString(), part);
    }
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> "it did not end: " + text(said));
    assertEquals(0, process.exitValue(), () -> text(said));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private List<String> names(String below) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(below))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void every_change_is_taken_or_told_and_no_case_is_lost() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "There is no /bin/bash here.");
    makeIsletsFolder();
    run("/bin/bash", "-e", "-c", commands());
    assertEquals(6, names("work/intake/done").size());
    assertEquals(List.of(), names("work/intake/failed"));
    assertEquals(6, names("work/results").size());
    Set<String> digests = new HashSet<>();
    Set<String> stages = new HashSet<>();
    for (String result : names("work/results")) {
      JsonNode report =
          new ObjectMapper()
              .readTree(folder.resolve("work/results/" + result + "/result.json").toFile());
      digests.add(report.at("/route/sha256").asText());
      report.at("/stages").forEach(stage -> stages.add(stage.at("/stage").asText()));
    }
    assertEquals(4, digests.size(), "as shipped, with the union, with the margin, smoothed");
    String log = text(folder.resolve("serve.log"));
    assertTrue(log.contains("There is no stage 'smoth'; did you mean 'smooth'?"), log);
    assertEquals(1, log.split("Watching", -1).length - 1, "the service was started once");
  }
}
