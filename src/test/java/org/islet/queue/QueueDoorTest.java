package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.islet.job.Workbench;
import org.islet.request.RequestRefusedException;
import org.islet.request.SegmentationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueDoorTest {

  @TempDir Path home;

  private static ReceivedRequest request(String route) throws RequestRefusedException {
    String body =
        "{\"version\": 1, \"id\": \"a\", \"input\": \"/in/ct.nii.gz\", \"route\": \"%s\"}"
            .formatted(route);
    return new ReceivedRequest(
        SegmentationRequest.parse(body, Map.of()), "a", Optional.empty(), body, Map.of());
  }

  @Test
  void a_request_that_the_record_can_never_keep_is_refused_and_not_tried_again() throws Exception {
    try (Workbench bench = new Workbench(home, Workbench::find)) {
      RequestHandler handler =
          new QueueDoor(null, null, home).handler(bench.workplace().reception(), Workbench.ROUTE);
      String tooLong = "Doe".repeat(100);
      RequestRefusedException refused =
          assertThrows(RequestRefusedException.class, () -> handler.accept(request(tooLong)));
      assertEquals("bad-request", refused.code());
      assertFalse(refused.getMessage().contains("Doe"), refused.getMessage());
      handler.accept(request(Workbench.ROUTE));
      assertEquals(1, bench.store().requests().openRequests(QueueDoor.NAME).size());
    }
  }
}
