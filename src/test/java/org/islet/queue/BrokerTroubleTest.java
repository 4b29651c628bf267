package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BrokerTroubleTest {

  @Test
  void a_client_that_stumbles_over_itself_has_lost_its_connection() {
    String inside = "Cannot invoke \"isShutdown()\" because \"this.serializer\" is null";
    JMSException failed = new JMSException(inside);
    failed.initCause(new NullPointerException(inside));
    assertEquals(
        "the connection to the broker was lost",
        BrokerTrouble.of(new JMSRuntimeException(inside, null, failed)));
  }

  @Test
  void all_else_is_told_by_its_cause() {
    assertEquals(
        "Connection refused",
        BrokerTrouble.of(
            new JMSRuntimeException("around it", null, new IOException("Connection refused"))));
    assertEquals("a mistake", BrokerTrouble.of(new NullPointerException("a mistake")));
  }
}
