package org.islet.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process of its own for what may hang or end the process that does it. It is ended, however it
 * hangs, when the thread that waits for it is interrupted or this process ends.
 *
 * @param command with its arguments
 */
record Child(List<String> command) {

  /**
   * What a process left.
   *
   * @param exit its exit code
   * @param out the lines of its stdout
   * @param err the lines of its stderr
   */
  record Output(int exit, List<String> out, List<String> err) {}

  /**
   * Another of this process: the same Java, options and classes.
   *
   * @param main the class to run where this process was not begun from a jar
   */
  static Child ofThisProgram(String main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("-(D|Xmx|XX:SharedArchiveFile|Xlog:cds).*"))
        .forEach(command::add);
    String classes = System.getProperty("java.class.path");
    command.addAll(
        classes.endsWith("quarkus-run.jar")
            ? List.of("-jar", classes)
            : List.of("-cp", classes, main));
    command.addAll(List.of(arguments));
    return new Child(command);
  }

  /** Runs it to its end. TensorFlow's log comes with what it says of the processor. */
  Output run() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "0");
    Process process = builder.start();
    Thread atTheEnd = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    try {
      process.getOutputStream().close();
      CompletableFuture<List<String>> out = lines(process.getInputStream());
      CompletableFuture<List<String>> err = lines(process.getErrorStream());
      int exit = process.waitFor();
      return new Output(exit, out.join(), err.join());
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }
  }

  private static CompletableFuture<List<String>> lines(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread reader = new Thread(task, "islet-doctor-reader");
          reader.setDaemon(true);
          reader.start();
        });
  }
}
