package org.islet.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of the test's own, from Debian's package, on loopback. */
public final class PostgresServer implements AutoCloseable {

  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  private static final String USER = "islet";

  /** It refuses to run as root. */
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path bin;
  private final Path folder;
  private final int port;

  private PostgresServer(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Starts one, or skips the test where it is not installed. */
  public static PostgresServer startOrSkip() throws IOException, InterruptedException {
    Optional<Path> bin = installed();
    assumeTrue(bin.isPresent(), "PostgreSQL is not installed (Debian: postgresql)");
    Path folder = Files.createTempDirectory("islet-postgres");
    PostgresServer server = new PostgresServer(bin.get(), folder, freePort());
    server.make();
    server.start();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> installed() throws IOException {
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(INSTALLED)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Path::compareTo);
    }
  }

  private void make() throws IOException, InterruptedException {
    if (ROOT) {
      run("chown", "postgres", folder.toString());
    }
    asUser("initdb", "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void start() throws IOException, InterruptedException {
    String options = "-p %d -h 127.0.0.1 -k %s".formatted(port, folder);
    asUser("pg_ctl", "-D", data(), "-w", "-l", folder + "/log", "-o", options, "start");
  }

  /** An empty database, and how it is reached. */
  public Database.Address newDatabase(String name) throws IOException, InterruptedException {
    asUser("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER, name);
    return new Database.Address(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, name), USER, "");
  }

  /** Ends the server at once, as a crash would, and starts it again. */
  public void crashAndRestart() throws IOException, InterruptedException {
    stop("immediate");
    start();
  }

  private void stop(String mode) throws IOException, InterruptedException {
    asUser("pg_ctl", "-D", data(), "-w", "-m", mode, "stop");
  }

  private void asUser(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(Arrays.asList(arguments));
    run(command.toArray(String[]::new));
  }

  private void run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("islet-postgres", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    String said = Files.readString(out);
    Files.delete(out);
    if (!ended || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }

  @Override
  public void close() {
    try {
      stop("immediate");
      run("rm", "-rf", folder.toString());
    } catch (IOException e) {
      System.err.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
