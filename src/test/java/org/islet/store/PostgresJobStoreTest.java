package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All that a store promises, on PostgreSQL. */
class PostgresJobStoreTest extends JobStoreTest {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static PostgresServer server;
  private Database.Address address;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.startOrSkip();
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  @Override
  void open() throws Exception {
    if (address == null) {
      address = server.newDatabase("store" + DATABASES.incrementAndGet());
    }
    super.open();
  }

  @Override
  Database openDatabase() {
    return Database.postgres(address);
  }

  @Test
  void a_text_that_holds_nul_can_never_be_taken_down() {
    UnstorableException refused =
        assertThrows(UnstorableException.class, () -> receive("k\0", Order.of("r")));
    assertTrue(refused.getMessage().contains("22021"), refused.getMessage());
  }
}
