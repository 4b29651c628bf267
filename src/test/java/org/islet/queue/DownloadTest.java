package org.islet.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.islet.format.InputUnreachableException;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {

  private static final int MOST = 100_000;

  @TempDir Path folder;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger hits = new AtomicInteger();
  private HttpServer server;
  private HttpServer other;
  private String origin;
  private Download download;

  @BeforeEach
  void start() throws IOException {
    server = server();
    other = server();
    origin = "http://127.0.0.1:" + server.getAddress().getPort();
    download = download(Duration.ofSeconds(10));
  }

  private Download download(Duration patience) {
    return new Download(List.of(origin), folder.resolve("spool"), MOST, patience);
  }

  private HttpServer server() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext("/", this::answer);
    made.setExecutor(threads);
    made.start();
    return made;
  }

  @AfterEach
  void stop() {
    server.stop(0);
    other.stop(0);
    threads.shutdownNow();
  }

  /** A server that does what the path says. */
  private void answer(HttpExchange exchange) throws IOException {
    hits.incrementAndGet();
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String query = exchange.getRequestURI().getQuery();
    try (exchange) {
      switch (path[1]) {
        case "status" -> exchange.sendResponseHeaders(Integer.parseInt(path[2]), -1);
        case "to" -> {
          exchange.getResponseHeaders().set("Location", query);
          exchange.sendResponseHeaders(302, -1);
        }
        case "again" -> {
          boolean asked = "asked".equals(exchange.getRequestURI().getQuery());
          exchange.getResponseHeaders().set("Location", asked ? "/a/ct.nii" : "?asked");
          exchange.sendResponseHeaders(302, -1);
        }
        case "loop" -> {
          exchange.getResponseHeaders().set("Location", "/loop");
          exchange.sendResponseHeaders(307, -1);
        }
        case "length" -> exchange.sendResponseHeaders(200, Long.parseLong(path[2]));
        case "endless" -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < MOST / 1000 + 2; i++) {
            exchange.getResponseBody().write(new byte[1000]);
          }
        }
        case "slow" -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
            Thread.sleep(100);
          }
        }
        case "silent" -> Thread.sleep(5_000);
        default -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ct".getBytes(UTF_8));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String refusal(String address) throws IOException {
    String code =
        assertThrows(RequestRefusedException.class, () -> download.get(address), address).code();
    assertTrue(spooled().isEmpty(), address);
    return code;
  }

  private List<Path> spooled() throws IOException {
    if (!Files.exists(folder.resolve("spool"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/a/ct.nii, .nii",
    "/a/CT.NII.GZ?x=y.nii, .nii.gz",
    "/a/ct, .nii",
    "/a/..%2f..%2fevil.sh, .nii",
  })
  void an_input_is_saved_under_a_name_of_our_own(String path, String ending) throws Exception {
    Path file = download.get(origin + path);
    assertEquals("ct", Files.readString(file));
    assertTrue(file.getFileName().toString().matches("[0-9a-f-]{36}\\Q" + ending + "\\E"));
    assertEquals(List.of(file), spooled());
  }

  @Test
  void a_redirect_is_followed_to_servers_that_are_allowed_and_to_no_other() throws Exception {
    assertEquals("ct", Files.readString(download.get(origin + "/to/?/a/ct.nii")));
    Files.delete(spooled().get(0));
    assertEquals("ct", Files.readString(download.get(origin + "/again/a/ct.nii")));
    Files.delete(spooled().get(0));
    hits.set(0);
    String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort() + "/ct.nii";
    assertEquals("not-allowed", refusal(origin + "/to/?" + elsewhere));
    assertEquals("not-allowed", refusal(origin + "/to/?file:///etc/passwd"));
    assertEquals("not-allowed", refusal(origin + "/to/?//localhost/ct.nii"));
    assertEquals(3, hits.get());
    assertEquals("not-found", refusal(origin + "/loop"));
  }

  @Test
  void servers_that_are_not_on_the_list_are_never_asked() throws Exception {
    int port = server.getAddress().getPort();
    for (String address :
        List.of(
            "http://localhost:" + port + "/ct.nii",
            "https://127.0.0.1:" + port + "/ct.nii",
            "http://127.0.0.1/ct.nii",
            "http://user:secret@127.0.0.1:" + port + "/ct.nii",
            "http://127.0.0.1:" + port + "@example.org/ct.nii",
            "http://127.0.0.1.:" + port + "/ct.nii",
            "http://2130706433:" + port + "/ct.nii",
            "http://[::1]:" + port + "/ct.nii",
            "ftp://127.0.0.1:" + port + "/ct.nii",
            "http:/127.0.0.1:" + port + "/ct.nii")) {
      assertEquals("not-allowed", refusal(address));
    }
    assertEquals("bad-request", refusal("http://127.0.0.1:%d\\@x/".formatted(port)));
    assertEquals("bad-request", refusal(origin + "/a b"));
    assertEquals(0, hits.get());
  }

  @Test
  void an_input_that_is_too_large_is_refused_whether_it_says_so_or_not() throws Exception {
    assertEquals("too-large", refusal(origin + "/length/1000000000000"));
    assertEquals("too-large", refusal(origin + "/endless"));
  }

  @ParameterizedTest
  @CsvSource({
    "404, not-found",
    "410, not-found",
    "401, not-allowed",
    "403, not-allowed",
    "204, not-found"
  })
  void what_will_not_change_is_refused(int status, String code) throws Exception {
    assertEquals(code, refusal(origin + "/status/" + status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status/500", "/status/503", "/status/429", "/slow", "/silent"})
  void what_may_pass_is_no_refusal(String path) throws Exception {
    Download impatient = download(Duration.ofMillis(500));
    String sentence =
        assertTimeout(
                Duration.ofSeconds(5),
                () ->
                    assertThrows(
                        InputUnreachableException.class, () -> impatient.get(origin + path)))
            .getMessage();
    assertFalse(sentence.contains("127.0.0.1"), sentence);
    assertTrue(spooled().isEmpty());
  }

  @Test
  void a_server_that_is_away_may_come_back() {
    server.stop(0);
    assertThrows(InputUnreachableException.class, () -> download.get(origin + "/ct.nii"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pacs.example",
        "*",
        "http://",
        "http://a/path",
        "ftp://a",
        "http://u@a",
        "http://a?b"
      })
  void an_allowed_server_is_written_as_its_origin(String origin) {
    String sentence =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Download(List.of(origin), folder, 1, Duration.ofSeconds(1)))
            .getMessage();
    assertTrue(sentence.contains("islet.queue.http-allowed"), sentence);
  }
}
