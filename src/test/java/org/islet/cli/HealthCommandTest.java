package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer service;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  private void answer(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    service.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private int ask() {
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("health", "--port", String.valueOf(service.getAddress().getPort()));
  }

  @Test
  void a_service_that_is_ready_is_good() {
    answer(200, "{\"status\": \"UP\"}");
    assertEquals(0, ask());
    assertEquals("{\"status\": \"UP\"}\n", out.toString());
  }

  @Test
  void a_service_that_is_not_says_why() {
    answer(503, "{\"status\": \"DOWN\", \"reason\": \"no broker\"}");
    assertEquals(1, ask());
    assertTrue(out.toString().contains("no broker"), out.toString());
  }

  @Test
  void where_nothing_answers_it_is_told() {
    service.stop(0);
    assertEquals(1, ask());
    assertTrue(
        err.toString().startsWith("islet: No service answers at port "), () -> err.toString());
  }
}
