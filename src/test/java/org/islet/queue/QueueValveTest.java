package org.islet.queue;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.job.Gate;
import org.islet.store.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueValveTest {

  @TempDir Path folder;

  private static RouteBuilder route(QueueService queue) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(queue.requests()).routeId("requests").process(exchange -> {});
      }
    };
  }

  @Test
  void a_door_that_was_shut_before_the_start_stays_shut_until_it_is_opened() throws Exception {
    try (QueueService queue = Doors.embedded(folder.resolve("broker"));
        Records records = Records.in(folder.resolve("data"));
        DefaultCamelContext context = new DefaultCamelContext()) {
      records.store().pauses().set(QueueDoor.NAME, Optional.of("maintenance"));
      Gate gate = new Gate(records.store(), List.of(), 0, Optional::empty);
      context.addComponent(QueueComponent.SCHEME, queue.component());
      context.addRoutes(route(queue));
      QueueValve valve = new QueueValve(context, gate, queue).start();
      try (valve) {
        assertTrue(gate.shutDoors().containsKey(QueueDoor.NAME), "before any route starts");
        context.start();
        awaitStatus(context, ServiceStatus.Suspended);
        records.store().pauses().set(QueueDoor.NAME, Optional.empty());
        awaitStatus(context, ServiceStatus.Started);
        assertEquals(List.of(), List.copyOf(gate.shutDoors().keySet()));
        records.store().pauses().set(QueueDoor.NAME, Optional.of("again"));
        awaitStatus(context, ServiceStatus.Suspended);
      }
    }
  }

  private static void awaitStatus(DefaultCamelContext context, ServiceStatus status) {
    await().until(() -> context.getRouteController().getRouteStatus("requests") == status);
  }
}
