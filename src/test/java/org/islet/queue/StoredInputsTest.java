package org.islet.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.islet.format.InputUnreachableException;
import org.islet.object.S3Address;
import org.islet.object.S3Client;
import org.islet.object.S3Gateway;
import org.islet.object.S3Gateway.Fault;
import org.islet.object.S3Server;
import org.islet.request.RequestRefusedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredInputsTest {

  private static final int MOST = 1000;
  private static final String ROOT = "s3://" + S3Server.BUCKET + "/in";

  @TempDir static Path served;
  private static S3Server server;
  @TempDir Path folder;
  private S3Gateway gateway;
  private S3Client client;
  private StoredInputs inputs;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.mock(served);
    try (S3Client client = new S3Client(server.settings())) {
      client.store("in").put("ct.nii.gz", new byte[] {1, 2, 3});
      client.store("in").put("large.nii", new byte[MOST + 1]);
      client.store("").put("secret.nii", new byte[] {4});
      client.store("inner").put("ct.nii", new byte[] {4});
    }
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
    client = new S3Client(S3Server.settings(gateway.address()));
    inputs =
        new StoredInputs(
            List.of(S3Address.parse(ROOT).orElseThrow()),
            client.connection()::get,
            folder.resolve("spool"),
            MOST,
            Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  private String refusal(String address) throws IOException {
    RequestRefusedException e =
        assertThrows(RequestRefusedException.class, () -> inputs.get(address));
    assertNothingIsLeft();
    return e.code();
  }

  private void assertNothingIsLeft() throws IOException {
    if (Files.exists(folder.resolve("spool"))) {
      try (Stream<Path> files = Files.list(folder.resolve("spool"))) {
        assertEquals(List.of(), files.toList());
      }
    }
  }

  @Test
  void an_object_becomes_a_file_with_its_ending_and_another_name() throws Exception {
    Path file = inputs.get(ROOT + "/ct.nii.gz");
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
    assertTrue(file.getFileName().toString().endsWith(".nii.gz"));
    assertFalse(file.getFileName().toString().startsWith("ct"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://islet-test/secret.nii",
        "s3://islet-test/inner/ct.nii",
        "s3://islet-test/in",
        "s3://islet-test/in/../secret.nii",
        "s3://islet-test/in/%2e%2e/secret.nii",
        "s3://islet-test/in/..%2fsecret.nii",
        "s3://islet-test/in//ct.nii.gz",
        "s3://other/in/ct.nii.gz",
        "s3://other@islet-test/in/ct.nii.gz",
        "s3://"
      })
  void what_is_not_below_a_root_is_not_allowed_nor_looked_at(String address) throws IOException {
    gateway.set(Fault.DENIED); // whoever asks gets another error
    assertEquals("not-allowed", refusal(address));
  }

  @Test
  void what_is_not_there_or_too_large_or_denied_is_refused() throws IOException {
    assertEquals("not-found", refusal(ROOT + "/none.nii"));
    assertEquals("not-found", refusal(ROOT + "/${env:HOME}"));
    assertEquals("too-large", refusal(ROOT + "/large.nii"));
    gateway.set(Fault.DENIED);
    assertEquals("not-allowed", refusal(ROOT + "/ct.nii.gz"));
  }

  @Test
  void what_may_pass_is_no_refusal() throws IOException {
    for (Fault fault : List.of(Fault.OVERLOADED, Fault.CUT)) {
      gateway.set(fault);
      InputUnreachableException e =
          assertThrows(InputUnreachableException.class, () -> inputs.get(ROOT + "/ct.nii.gz"));
      assertFalse(e.getMessage().contains("ct.nii"), e.getMessage());
      assertNothingIsLeft();
    }
    gateway.close();
    assertThrows(InputUnreachableException.class, () -> inputs.get(ROOT + "/ct.nii.gz"));
  }
}
