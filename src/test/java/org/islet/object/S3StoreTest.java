package org.islet.object;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

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

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
      gateway.close();
      server.close();
    }
  }
}
