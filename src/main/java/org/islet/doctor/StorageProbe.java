package org.islet.doctor;

import java.io.IOException;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.job.FailureText;
import org.islet.object.S3Address;
import org.islet.object.S3Connection;
import org.islet.object.S3Settings;

/**
 * The object storage of results: whether it is reached and lets itself be asked.
 *
 * @param root where results go
 */
record StorageProbe(S3Address root, S3Settings settings) implements Probe {

  /** What is asked for; nothing needs to be there. */
  private static final String ANY = "manifest.json";

  @Override
  public String part() {
    return "results";
  }

  @Override
  public String whenSilent() {
    return "The object storage does not answer; look at it, or at islet.s3.endpoint.";
  }

  @Override
  public List<Finding> look() throws IOException {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      try (S3Connection connection = new S3Connection(context, settings)) {
        connection.store(root).exists(ANY);
        return List.of(Finding.ok(part(), root + " answers"));
      } catch (IOException e) {
        return List.of(
            Finding.wrong(
                part(),
                "%s cannot be asked: %s".formatted(root, FailureText.ofCause(e)),
                "Look at the object storage, and at islet.results and islet.s3.endpoint, .access-key and .secret-key."));
      }
    }
  }
}
