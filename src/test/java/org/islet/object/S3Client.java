package org.islet.object;

import org.apache.camel.impl.DefaultCamelContext;

/** A connection with a Camel of its own. */
public final class S3Client implements AutoCloseable {

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final S3Connection connection;

  public S3Client(S3Settings settings) {
    this(settings, S3Connection.Limits.USUAL);
  }

  S3Client(S3Settings settings, S3Connection.Limits limits) {
    context.start();
    connection = new S3Connection(context, settings, limits);
  }

  public S3Connection connection() {
    return connection;
  }

  /** The objects below a key of the bucket of {@link S3Server}. */
  public S3Store store(String key) {
    return connection.store(new S3Address(S3Server.BUCKET, key));
  }

  @Override
  public void close() {
    connection.close();
    context.stop();
  }
}
