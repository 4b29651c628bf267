package org.islet.object;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server of object storage as a process of its own, with the bucket {@link #BUCKET}. */
public final class S3Server implements AutoCloseable {

  public static final String BUCKET = "islet-test";
  public static final String ACCESS_KEY = "islet-user";
  public static final String SECRET_KEY = "islet-secret";
  public static final String REGION = "us-east-1";

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
    try {
      await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || isListening(port));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
    assumeTrue(process.isAlive(), "the server of object storage did not start");
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Adobe's S3Mock, whose jar is among those of the tests. It does not look at who asks.
   *
   * @param folder for its objects
   */
  public static S3Server mock(Path folder) throws IOException {
    String jar =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> path.matches(".*s3mock-.*-exec\\.jar"))
            .findFirst()
            .orElseThrow();
    int port = freePort();
    return start(
        folder,
        port,
        Map.of(
            "COM_ADOBE_TESTING_S3MOCK_STORE_ROOT",
            folder.toString(),
            "COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS",
            BUCKET),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx300m",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        jar,
        "--com.adobe.testing.s3mock.http-port=" + port,
        "--server.port=0");
  }

  /** The Versity gateway over a folder, where it is installed; it looks at who asks. */
  public static S3Server versity(Path folder) throws IOException {
    Optional<String> program =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(path -> path + "/versitygw")
            .filter(path -> Files.isExecutable(Path.of(path)))
            .findFirst();
    assumeTrue(
        program.isPresent(),
        "versitygw is not there (go install github.com/versity/versitygw/cmd/versitygw@latest)");
    Files.createDirectories(folder.resolve(BUCKET));
    int port = freePort();
    return start(
        folder,
        port,
        Map.of("ROOT_ACCESS_KEY", ACCESS_KEY, "ROOT_SECRET_KEY", SECRET_KEY),
        program.get(),
        "--port",
        "127.0.0.1:" + port,
        "--region",
        REGION,
        "posix",
        folder.toString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static S3Server start(
      Path folder, int port, Map<String, String> environment, String... command)
      throws IOException {
    Files.createDirectories(folder);
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("s3-server", ".log").toFile());
    builder.environment().putAll(environment);
    return new S3Server(builder.start(), port);
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** As whom this server is asked. */
  public S3Settings settings() {
    return settings(address());
  }

  /** The same by way of another address. */
  public static S3Settings settings(URI address) {
    return S3Settings.of(address.toString(), REGION, ACCESS_KEY, SECRET_KEY, true);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
