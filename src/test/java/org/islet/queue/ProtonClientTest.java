package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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
}
