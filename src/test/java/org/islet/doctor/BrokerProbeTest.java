package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.islet.queue.QueueSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProbeTest {

  @TempDir private Path data;

  private Finding found(String url, String host, int port) {
    QueueSettings settings = new QueueSettings(url, "", "", host, port, "q", "d", "e", 1);
    return new BrokerProbe(settings, data).look().get(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_free_port_is_ok_for_the_broker_inside() throws IOException {
    int port = freePort();
    assertEquals(
        Finding.ok(
            "broker",
            "the one inside the service will listen on 127.0.0.1:%d, which is free"
                .formatted(port)),
        found("", "127.0.0.1", port));
  }

  @Test
  void a_port_that_somebody_has_who_is_no_broker_is_wrong() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertEquals(
          Finding.wrong(
              "broker",
              "127.0.0.1:%d cannot be listened on, and no broker answers there"
                  .formatted(mute.getLocalPort()),
              "Set islet.queue.port to a free port, or to 0 for any."),
          found("", "127.0.0.1", mute.getLocalPort()));
    }
  }

  @Test
  void a_broker_there_that_is_of_no_service_on_this_home_is_to_be_known() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread broker =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write(client.getInputStream().readNBytes(8));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      broker.start();
      Finding found = found("", "127.0.0.1", server.getLocalPort());
      broker.join();
      assertEquals(Verdict.NOTE, found.verdict());
      assertEquals(
          "a broker answers on 127.0.0.1:%d, but no service that runs on this home"
              .formatted(server.getLocalPort()),
          found.said());
    }
  }

  @Test
  void a_broker_elsewhere_that_is_not_there_is_wrong() throws IOException {
    Finding found = found("amqp://127.0.0.1:" + freePort(), "127.0.0.1", 0);
    assertEquals(Verdict.WRONG, found.verdict());
    assertEquals("Start the broker, or mend islet.queue.url, .user and .password.", found.todo());
  }

  @Test
  void a_broker_that_others_reach_needs_a_password() {
    Finding found = found("", "0.0.0.0", 0);
    assertEquals(Verdict.WRONG, found.verdict());
    assertEquals(
        "islet.queue.host is 0.0.0.0, which other machines can reach: set islet.queue.user and"
            + " islet.queue.password too, or keep to 127.0.0.1.",
        found.said());
  }
}
