package org.islet.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Through a gateway that lets puts in one by one: S3Mock looks before it writes, and not while. */
class S3StoreTest extends ObjectStoreTest {

  private S3Server server;
  private S3Gateway gateway;
  private S3Client client;

  @Override
  ObjectStore store(Path folder) throws IOException {
    server = S3Server.mock(folder.resolve("server"));
    gateway = new S3Gateway(server.address());
    client = new S3Client(S3Server.settings(gateway.address()));
    return client.store("a/b");
  }

  @Test
  void a_bucket_that_is_not_there_is_told_from_one_that_is_empty(@TempDir Path folder)
      throws IOException {
    store(folder).requireThere();
    S3Store none =
        client.connection().store(S3Address.parse("s3://nobodys-bucket/x").orElseThrow());
    ObjectStoreException e = assertThrows(ObjectStoreException.class, none::requireThere);
    assertTrue(e.getMessage().contains("no such bucket"), e.getMessage());
  }

  @Test
  void a_lack_of_keys_is_said_in_a_sentence() {
    IOException e =
        S3Calls.of(
            new IllegalStateException(
                SdkClientException.create(
                    "Unable to load credentials from any of the providers in the chain")));
    assertEquals(
        "There is no key for the object storage. Set islet.s3.access-key and islet.s3.secret-key.",
        e.getMessage());
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
      gateway.close();
      server.close();
    }
  }
}
