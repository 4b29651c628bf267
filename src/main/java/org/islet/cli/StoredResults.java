package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.disk.Disk;
import org.islet.object.S3Address;
import org.islet.object.S3Connection;
import org.islet.publish.ResultCheck;
import org.islet.publish.ResultObjects;

/** Results in object storage for a command beside the service, which connects when it is asked. */
final class StoredResults implements AutoCloseable {

  private CamelContext context;
  private S3Connection storage;

  /**
   * Checks a result, as far as its manifest tells of it.
   *
   * @throws IOException if it cannot be got
   */
  ResultCheck check(S3Address result) throws IOException {
    Path folder = Files.createTempDirectory("islet-verify-");
    try {
      results(result, folder).fetch(result.name(), folder);
      return ResultCheck.of(folder);
    } catch (IllegalArgumentException e) {
      throw new IOException("That is no address of a result.", e);
    } finally {
      Disk.delete(folder);
    }
  }

  private ResultObjects results(S3Address result, Path scratch) {
    if (storage == null) {
      context = new DefaultCamelContext();
      context.start();
      storage = new S3Connection(context, new SettingsAtOnce().s3());
    }
    return new ResultObjects(storage.store(result.parent().orElseThrow()), scratch);
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.close();
      context.stop();
    }
  }
}
