package org.islet.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process with a folder for its root, and with a network of its own, without a container engine
 * (Linux, root).
 */
final class Container implements AutoCloseable {

  private static final Path SCRIPT = Path.of("src/test/resources/org/islet/it/container");
  private static final String ADDRESS = "10.88.0.2";

  private final Process process;
  private final String user;
  private final Map<String, String> environment;
  private final Path log;

  private Container(Process process, String user, Map<String, String> environment, Path log) {
    this.process = process;
    this.user = user;
    this.environment = environment;
    this.log = log;
  }

  /** Skips the test where there can be none. */
  static void assumePossible() throws IOException, InterruptedException {
    for (String program : List.of("unshare", "setpriv", "nsenter", "pivot_root", "ip", "bash")) {
      assumeTrue(
          Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
              .anyMatch(path -> Files.isExecutable(Path.of(path, program))),
          program + " is not here, which a container is imitated with");
    }
    Process trial = new ProcessBuilder("unshare", "--mount", "--net", "true").start();
    assumeTrue(trial.waitFor() == 0, "namespaces cannot be made here (root can)");
  }

  /**
   * Starts a command.
   *
   * @param user such as {@code 1000:1000}; the root is read-only then. {@code -} for root
   * @param mounts such as {@code /source:/target:ro}
   */
  static Container start(
      Path root,
      String workdir,
      String user,
      List<String> mounts,
      Map<String, String> environment,
      List<String> command,
      Path log)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("unshare", "--mount", "--net", "bash"));
    all.addAll(List.of(SCRIPT.toString(), root.toAbsolutePath().toString(), workdir, user));
    all.addAll(mounts);
    all.add("--");
    all.addAll(withEnvironment(environment, command));
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Container(process, user, environment, log);
  }

  private static List<String> withEnvironment(Map<String, String> names, List<String> command) {
    return Stream.of(
            Stream.of("env", "-i"),
            names.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()),
            command.stream())
        .flatMap(s -> s)
        .toList();
  }

  /** Waits until the command has ended well. */
  void awaitEnd() throws IOException, InterruptedException {
    assertEquals(true, process.waitFor(5, TimeUnit.MINUTES), this::log);
    assertEquals(0, process.exitValue(), this::log);
  }

  /** Asks it to end, as a cluster does, and gives its exit code. */
  int end() throws InterruptedException {
    process.destroy();
    assertEquals(true, process.waitFor(1, TimeUnit.MINUTES), "it does not end");
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Processor time so far, in seconds. */
  double processorSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  /** The status of an answer by HTTP at the container's own address; 0 if there is none. */
  int status(int port, String path) throws IOException, InterruptedException {
    String answer =
        inside(
            "exec 3<>/dev/tcp/%s/%d && printf 'GET %s HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3"
                .formatted(ADDRESS, port, path));
    return answer.startsWith("HTTP/1.0 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
  }

  /** Whether something listens, at the container's own address or at loopback. */
  boolean listens(int port, boolean loopback) throws IOException, InterruptedException {
    String address = loopback ? "127.0.0.1" : ADDRESS;
    return inside("exec 3<>/dev/tcp/%s/%d && echo yes".formatted(address, port)).equals("yes\n");
  }

  private String inside(String script) throws IOException, InterruptedException {
    Process asking =
        new ProcessBuilder(
                "nsenter", "--net=/proc/" + process.pid() + "/ns/net", "bash", "-c", script)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asking.waitFor();
    return answer;
  }

  /** Runs a command beside it, as {@code kubectl exec} does, and gives what it prints. */
  String exec(List<String> command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("nsenter", "-t", String.valueOf(process.pid()), "-m", "-n", "-r"));
    all.addAll(List.of("-w", "setpriv", "--reuid", user.replaceFirst(":.*", "")));
    all.addAll(List.of("--regid", user.replaceFirst(".*:", ""), "--clear-groups"));
    all.addAll(withEnvironment(environment, command));
    Process running =
        new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, running.waitFor(), command + " printed " + printed);
    return printed;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
