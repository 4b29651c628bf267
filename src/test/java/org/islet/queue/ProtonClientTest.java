package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.islet.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not Java's: Apache Qpid Proton in Python, as {@code docs/queue.md} shows it. */
class ProtonClientTest {

  @TempDir Path folder;

  /** The first block of Python in the documentation. */
  private static String documented() throws Exception {
    String page = Files.readString(Path.of("docs/queue.md"));
    int begin = page.indexOf("```python\n") + "```python\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }

  @Test
  void a_request_from_python_gets_its_reply() throws Exception {
    Python python = new Python(folder, "proton");
    BlockingQueue<ReceivedRequest> taken = new LinkedBlockingQueue<>();
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Doors doors =
            new Doors(
                queue,
                request -> {
                  taken.add(request);
                  queue.reply(
                      request.reply().orElseThrow(),
                      ReplyMessage.of(
                          ReplyMessage.Type.ACCEPTED,
                          new ReplyMessage.About(
                              request.request().id(),
                              "case",
                              request.correlationId(),
                              false,
                              false,
                              null),
                          Instant.EPOCH));
                })) {
      String port = String.valueOf(doors.queue.port().orElseThrow());
      String reply = python.run(documented().replace("5672", port));
      ReceivedRequest request = taken.poll(10, TimeUnit.SECONDS);
      assertNotNull(request);
      assertEquals("/data/inputs/ct.nii.gz", request.request().input());
      assertEquals(Optional.of("order-7"), Optional.of(request.request().id()));
      assertEquals("accepted order-7", reply);
    }
  }

  @Test
  void a_cloud_event_in_binary_mode_is_understood() throws Exception {
    Python python = new Python(folder, "proton");
    BlockingQueue<ReceivedRequest> taken = new LinkedBlockingQueue<>();
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Doors doors = new Doors(queue, taken::add)) {
      python.run(
          """
          import json
          from proton import Message
          from proton.utils import BlockingConnection
          connection = BlockingConnection("amqp://127.0.0.1:%d")
          body = json.dumps({"version": 1, "input": "/data/ct.nii.gz"}).encode()
          connection.create_sender("islet.requests").send(Message(
              body=body, inferred=True, content_type="application/json", durable=True,
              properties={"cloudEvents:specversion": "1.0", "cloudEvents:source": "/ris",
                          "cloudEvents:type": "org.islet.segmentation.request.v1",
                          "cloudEvents:id": "event-1"}))
          connection.close()
          """
              .formatted(doors.queue.port().orElseThrow()));
      ReceivedRequest request = taken.poll(10, TimeUnit.SECONDS);
      assertNotNull(request);
      assertEquals("event-1", request.request().id());
    }
  }

  @Test
  void what_another_broker_gives_as_text_that_is_none_comes_as_bytes() throws Exception {
    Python python = new Python(folder, "proton");
    try (QueueService queue = Doors.embedded(folder.resolve("broker"))) {
      python.run(
          """
          from proton import Message
          from proton.utils import BlockingConnection
          connection = BlockingConnection("amqp://127.0.0.1:%d")
          sender = connection.create_sender("none.of.islets")
          for body in ("M\u00fcller".encode("latin-1"), "M\u00fcller".encode()):
              sender.send(Message(body=body, inferred=True, content_type="application/json", id="7", durable=True,
                                  correlation_id="order-7", reply_to="answers", properties={"a": "b"}))
          connection.close()
          """
              .formatted(queue.port().orElseThrow()));
      try (Peer peer = new Peer(queue.connections().consuming())) {
        Message bytes = peer.take("none.of.islets");
        assertEquals("order-7", bytes.getJMSCorrelationID());
        assertEquals("7", bytes.getJMSMessageID().replace("ID:AMQP_NO_PREFIX:", ""));
        assertEquals("answers", ((Queue) bytes.getJMSReplyTo()).getQueueName());
        assertEquals("b", bytes.getStringProperty("a"));
        assertEquals(
            "M\u00fcller",
            new String(QueueMessage.bytes((BytesMessage) bytes), StandardCharsets.ISO_8859_1));
        assertEquals("M\u00fcller", ((TextMessage) peer.take("none.of.islets")).getText());
      }
    }
  }

  @Test
  void no_message_of_any_client_stops_those_behind_it() throws Exception {
    Python python = new Python(folder, "proton");
    BlockingQueue<ReceivedRequest> taken = new LinkedBlockingQueue<>();
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Doors doors = new Doors(queue, taken::add)) {
      python.run(
          """
          import json, uuid
          from proton import Message, byte, int32, symbol, uint, ulong
          from proton.utils import BlockingConnection
          connection = BlockingConnection("amqp://127.0.0.1:%d")
          sender = connection.create_sender("islet.requests")
          hint = symbol("x-opt-jms-msg-type")
          def send(body, **more):
              sender.send(Message(body=body, durable=True, **more))
          def good(id):
              return json.dumps({"version": 1, "id": id, "input": "/in/ct.nii.gz"})
          bad = '{"version": 3, "id": "bad"}'
          for _ in range(2):
              send(bad, properties={"retry": uint(0), "many": ulong(7), "islet_redrive": b"1", "key": uuid.uuid4()})
              send({"a": 1}, annotations={hint: int32(2)})
              send(bad, properties={"long": "x" * 501300})
              send('{"id": "Müller"}'.encode("latin-1"), inferred=True, content_type="application/json",
                   content_encoding="gzip")
          send(good("bytes"), annotations={hint: byte(3)})
          send(good("large"), annotations={hint: byte(3)}, properties={"long": "x" * 200000})
          send(good("last"))
          connection.close()
          """
              .formatted(doors.queue.port().orElseThrow()));
      Set<String> ids = new TreeSet<>();
      for (int i = 0; i < 3; i++) {
        ids.add(taken.poll(10, TimeUnit.SECONDS).request().id());
      }
      assertEquals(Set.of("bytes", "large", "last"), ids);
      try (Peer peer = doors.peer()) {
        Set<String> retries = new HashSet<>();
        for (int i = 0; i < 8; i++) {
          Message dead = peer.take(Doors.DEAD);
          assertEquals("bad-request", dead.getStringProperty(DeadLetters.CODE));
          retries.add(dead.getStringProperty("retry"));
        }
        assertEquals(new HashSet<>(Arrays.asList("0", null)), retries);
      }
    }
  }
}
