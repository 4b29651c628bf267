package org.islet.object;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class VersityStoreTest extends ObjectStoreTest {

  private S3Server server;
  private S3Client client;

  @Override
  ObjectStore store(Path folder) throws IOException {
    server = S3Server.versity(folder.resolve("server"));
    client = new S3Client(server.settings());
    return client.store("a/b");
  }

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
      server.close();
    }
  }
}
