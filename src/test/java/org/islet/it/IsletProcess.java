package org.islet.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Islet as the build made it, in a process of its own. */
final class IsletProcess implements AutoCloseable {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  /** Java goes without it where it is not there, or of another build. */
  static final Path CLASSES = Path.of("target/islet.jsa");

  private final Process process;
  private final Path out;
  private final Path err;

  private IsletProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a command, with a heap of a fixed size so that what the process grows by is native
   * memory.
   *
   * @param scratch where its output is kept
   */
  static IsletProcess start(Path scratch, String... arguments) throws IOException {
    return start(scratch, List.of(), arguments);
  }

  /**
   * Starts a command in a JVM with more options.
   *
   * @param options take the place of those that are given here
   */
  static IsletProcess start(Path scratch, List<String> options, String... arguments)
      throws IOException {
    return start(scratch, List.of(), options, arguments);
  }

  /** Starts a command that can write no file longer than some KiB (bash). */
  static IsletProcess startWithFilesOfAtMost(int kibibytes, Path scratch, String... arguments)
      throws IOException {
    return start(
        scratch,
        List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"),
        List.of("-XX:-UsePerfData"),
        arguments);
  }

  private static IsletProcess start(
      Path scratch, List<String> before, List<String> options, String... arguments)
      throws IOException {
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx600m");
    command.add("-XX:TieredStopAtLevel=1"); // what soon ends gains nothing from more
    command.add("-Dislet.queue.port=0"); // the usual one may be a broker's of this machine
    command.addAll(List.of("-XX:SharedArchiveFile=" + CLASSES, "-Xlog:cds*=off"));
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    return new IsletProcess(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** Waits for the command's end and gives its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("The command did not end.");
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether a service says that it can do its work. */
  boolean isReady() throws IOException, InterruptedException {
    Matcher health = Pattern.compile("health at (http://\\S+)").matcher(err());
    return health.find()
        && HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create(health.group(1) + "/ready")).build(),
                    BodyHandlers.discarding())
                .statusCode()
            == 200;
  }

  long pid() {
    return process.pid();
  }

  /** Memory that the process holds, in bytes (Linux). */
  long residentBytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
  }

  /** How many files, sockets and the like the process has open (Linux). */
  int openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return (int) files.count();
    }
  }

  /** Sends the process a signal such as INT (Unix). */
  void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
  }

  /** Whether the process was started with SIGINT ignored, as a shell does in the background. */
  boolean ignoresInterrupts() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
            .filter(l -> l.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> 1 & 1) == 1;
  }

  /** Kills the process (SIGKILL on Unix) and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
