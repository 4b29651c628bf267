package org.islet.doctor;

import java.io.IOException;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.job.FailureText;
import org.islet.object.ObjectStoreException;
import org.islet.object.ObjectStoreException.Kind;
import org.islet.object.S3Address;
import org.islet.object.S3Connection;
import org.islet.object.S3Settings;

/**
 * A place in object storage: whether it is reached and lets itself be asked.
 *
 * @param part what the place is called
 * @param setting that leads there
 */
record StorageProbe(String part, String setting, S3Address root, S3Settings settings)
    implements Probe {

  @Override
  public String whenSilent() {
    return "The object storage does not answer; look at it, or at islet.s3.endpoint.";
  }

  @Override
  public List<Finding> look() throws IOException {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      try (S3Connection connection = new S3Connection(context, settings)) {
        connection.store(root).requireThere();
        return List.of(Finding.ok(part(), root + " answers"));
      } catch (IOException e) {
        return List.of(
            Finding.wrong(
                part(),
                "%s cannot be asked: %s".formatted(root, why(e)),
                "Look at the object storage, and at %s and islet.s3.endpoint, .access-key and .secret-key."
                    .formatted(setting)));
      }
    }
  }

  private static String why(IOException e) {
    return e instanceof ObjectStoreException denied && denied.kind() == Kind.DENIED
        ? denied.getMessage().replaceFirst("\\.$", "")
        : FailureText.ofCause(e);
  }
}
