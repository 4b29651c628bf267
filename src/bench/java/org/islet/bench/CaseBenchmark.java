package org.islet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.islet.disk.Disk;
import org.islet.format.NiftiWriter;
import org.islet.phantom.Phantom;
import org.islet.volume.Size;

/**
 * Runs {@code ./islet segment} on a made-up CT of 512×512×240 voxels (.nii.gz), a new process each
 * time, with two cores for Java; prints times and the process's peak memory as a Markdown table.
 */
public final class CaseBenchmark {

  private static final Size SIZE = new Size(512, 512, 240);
  private static final int RUNS = 5;

  private CaseBenchmark() {}

  /**
   * One run.
   *
   * @param process seconds from start to end of the process
   * @param read seconds of reading the CT
   * @param network seconds during which at least one network ran
   * @param publish seconds from the end of the last stage to the published result
   * @param rest seconds from the beginning of reading to the published result, less {@code network}
   * @param peak resident memory of the process at its highest, heap and native, in MiB
   */
  private record Run(
      double process,
      double read,
      double network,
      double publish,
      double rest,
      double peak,
      String outcome) {

    String row(String name) {
      return "| %s | %.1f | %.1f | %.2f | %.2f | %.2f | %.0f | %s |"
          .formatted(name, process, network, rest, read, publish, peak, outcome);
    }
  }

  /** Makes the CT, and runs the route on it. */
  public static void main(String... args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("islet-bench");
    try {
      Path ct = folder.resolve("ct.nii.gz");
      NiftiWriter.write(ct, Phantom.generate(1, Phantom.wholeAbdomen(SIZE)).ct());
      System.out.println(Measurement.machine() + "\n");
      System.out.println(
          "| run | process, s | networks, s | all else, s | of it reading, s | of it publishing, s |"
              + " peak, MiB | outcome |\n|---|---|---|---|---|---|---|---|");
      List<Run> runs = new ArrayList<>();
      for (int i = 1; i <= RUNS; i++) {
        runs.add(run(ct, folder));
        System.out.println(runs.get(i - 1).row(Integer.toString(i)));
      }
      System.out.println(median(runs).row("median"));
    } finally {
      Disk.delete(folder);
    }
  }

  private static Run run(Path ct, Path folder) throws IOException, InterruptedException {
    Path json = folder.resolve("stdout.json");
    ProcessBuilder command =
        new ProcessBuilder(
                "./islet", "segment", ct.toString(), "--out", folder.resolve("results").toString())
            .redirectOutput(json.toFile());
    command.environment().put("ISLET_JAVA_OPTS", "-XX:ActiveProcessorCount=2");
    long start = System.nanoTime();
    Process process = command.start();
    PeakMemory memory = new PeakMemory(process);
    memory.start();
    double publish = publishSeconds(process);
    int code = process.waitFor();
    if (code != 0) {
      throw new IllegalStateException(
          "./islet segment ended with code " + code + "; run it by hand to see why.");
    }
    double wall = (System.nanoTime() - start) / 1e9;
    memory.join();
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    List<JsonNode> stages =
        StreamSupport.stream(result.get("stages").spliterator(), false).toList();
    double read = result.get("seconds").get("read").asDouble();
    double network = secondsOfAnyNetwork(stages);
    double lastStage = stages.stream().mapToDouble(CaseBenchmark::end).max().orElse(0);
    return new Run(
        wall,
        read,
        network,
        publish,
        read + lastStage + publish - network,
        memory.peakMebibytes(),
        result.get("outcome").asText());
  }

  /** Seconds between the process's reports of its last stage and of its result. */
  private static double publishSeconds(Process process) throws IOException {
    long lastStage = 0;
    long published = 0;
    try (BufferedReader err = process.errorReader()) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        if (line.matches(" *\\d+/\\d+ .*")) {
          lastStage = System.nanoTime();
        } else if (line.startsWith("result: ")) {
          published = System.nanoTime();
        }
      }
    }
    return (published - lastStage) / 1e9;
  }

  /** The two fine networks run side by side, so their times are not to be added up. */
  private static double secondsOfAnyNetwork(List<JsonNode> stages) {
    List<JsonNode> networks =
        stages.stream()
            .filter(s -> s.get("stage").asText().equals("infer"))
            .sorted(Comparator.comparingDouble(s -> s.get("start").asDouble()))
            .toList();
    double seconds = 0;
    double until = 0;
    for (JsonNode stage : networks) {
      seconds += Math.max(0, end(stage) - Math.max(until, stage.get("start").asDouble()));
      until = Math.max(until, end(stage));
    }
    return seconds;
  }

  private static double end(JsonNode stage) {
    return stage.get("start").asDouble() + stage.get("seconds").asDouble();
  }

  private static Run median(List<Run> runs) {
    return new Run(
        median(runs, Run::process),
        median(runs, Run::read),
        median(runs, Run::network),
        median(runs, Run::publish),
        median(runs, Run::rest),
        median(runs, Run::peak),
        "");
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
    return Measurement.median(runs.stream().mapToDouble(value).toArray());
  }
}
