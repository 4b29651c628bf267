package org.islet.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.islet.object.ObjectStoreException.Kind;
import org.islet.object.S3Gateway.Fault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class S3TroubleTest {

  private static final S3Connection.Limits SHORT =
      new S3Connection.Limits(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5));

  @TempDir static Path folder;
  private static S3Server server;
  private S3Gateway gateway;
  private S3Client client;
  private S3Store store;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.mock(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    gateway = new S3Gateway(server.address());
    client = new S3Client(S3Server.settings(gateway.address()), SHORT);
    store = client.store("trouble");
    store.put("one", new byte[100_000]);
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  private ObjectStoreException trouble(Kind kind, Executable work) {
    ObjectStoreException e = assertThrows(ObjectStoreException.class, work);
    assertEquals(kind, e.kind(), e.getMessage());
    assertFalse(e.getMessage().contains(S3Server.SECRET_KEY), e.getMessage());
    assertFalse(e.getMessage().contains("trouble"), e.getMessage());
    return e;
  }

  @Test
  void a_server_that_denies_is_told_with_what_to_look_at() {
    gateway.set(Fault.DENIED);
    assertTrue(
        trouble(Kind.DENIED, () -> store.get("one")).getMessage().contains("403 AccessDenied"));
    trouble(Kind.DENIED, () -> store.put("two", new byte[1]));
    trouble(Kind.DENIED, () -> store.putNew("two", new byte[1]));
    trouble(Kind.DENIED, () -> store.exists("one"));
    trouble(Kind.DENIED, () -> store.list(""));
  }

  @Test
  void a_server_that_has_too_much_to_do_may_do_it_later() throws IOException {
    gateway.set(Fault.OVERLOADED);
    trouble(Kind.AWAY, () -> store.get("one"));
    trouble(Kind.AWAY, () -> store.putNew("two", new byte[1]));
    gateway.set(Fault.NONE);
    assertTrue(store.exists("one"));
  }

  @Test
  void a_server_that_says_nothing_is_not_waited_for() {
    gateway.set(Fault.SILENT);
    long start = System.nanoTime();
    trouble(Kind.AWAY, () -> store.get("one"));
    trouble(Kind.AWAY, () -> store.put("two", new byte[1]));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took.toString());
  }

  @Test
  void what_ends_in_the_middle_is_no_object() throws IOException {
    gateway.set(Fault.CUT);
    try (ObjectBody body = store.get("one")) {
      assertEquals(100_000, body.bytes());
      trouble(Kind.AWAY, body::readAllBytes);
    }
  }

  @Test
  void a_server_that_is_away_is_told_and_used_again_when_it_is_back() throws IOException {
    S3Settings nowhere = S3Server.settings(java.net.URI.create("http://127.0.0.1:1"));
    try (S3Client away = new S3Client(nowhere, SHORT)) {
      S3Store none = away.store("trouble");
      trouble(Kind.AWAY, () -> none.get("one"));
      trouble(Kind.AWAY, () -> none.put("one", new byte[1]));
      trouble(Kind.AWAY, none::requirePutNew);
    }
    assertTrue(store.exists("one"));
  }

  @Test
  void a_bucket_that_is_not_there_is_told() {
    S3Store none = client.connection().store(new S3Address("no-such-bucket", ""));
    String told = trouble(Kind.AWAY, () -> none.put("one", new byte[1])).getMessage();
    assertTrue(told.contains("no such bucket"), told);
  }

  @Test
  void servers_that_do_not_heed_the_condition_are_found_out() throws IOException {
    store.requirePutNew();
    gateway.set(Fault.UNCONDITIONAL);
    trouble(Kind.UNSUPPORTED, store::requirePutNew);
    gateway.set(Fault.RACING);
    trouble(Kind.UNSUPPORTED, store::requirePutNew);
    gateway.set(Fault.NONE);
    assertEquals(1, store.list("").size(), "what was tried is gone");
  }

  @Test
  void a_put_whose_answer_is_lost_may_find_itself() throws IOException {
    gateway.set(Fault.DEAF);
    byte[] own = {1, 2, 3};
    store.putNew("lost", own);
    try (ObjectBody there = store.get("lost")) {
      assertArrayEquals(own, there.readAllBytes());
    }
    store.delete("lost");
  }

  /** Camel would take such a key in a header for an expression, and run it. */
  @Test
  void a_key_from_outside_is_no_expression() throws IOException {
    S3Address asked = new S3Address(S3Server.BUCKET, "${body.getClass()} ${env:HOME} ä?#%.nii");
    assertThrows(
        java.nio.file.NoSuchFileException.class, () -> client.connection().get(asked).close());
  }
}
