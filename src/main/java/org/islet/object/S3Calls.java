package org.islet.object;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import org.islet.object.ObjectStoreException.Kind;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Calls through Camel, and what it means when one fails. Camel takes a key in a header for an
 * expression of its language Simple, which would run what it says, so only keys that Islet gave may
 * be there; others are within requests of Amazon's client, which it leaves as they are.
 */
final class S3Calls {

  private static final int TAKEN = 412;

  private final ProducerTemplate camel;

  S3Calls(ProducerTemplate camel) {
    this.camel = camel;
  }

  /** Asks with one of Amazon's requests, which says all. */
  Message ask(String bucket, AWS2S3Operations operation, Object request) throws IOException {
    return send(
        bucket + "?pojoRequest=true",
        in -> {
          in.setHeader(AWS2S3Constants.S3_OPERATION, operation);
          in.setBody(request);
        });
  }

  /**
   * Puts a file or bytes.
   *
   * @param onlyNew whether nothing may have that key
   * @throws FileAlreadyExistsException if something has
   */
  void put(S3Address to, Object content, long bytes, boolean onlyNew) throws IOException {
    send(
        to.bucket() + "?conditionalWritesEnabled=" + onlyNew,
        in -> {
          in.setHeader(AWS2S3Constants.KEY, to.key());
          in.setHeader(AWS2S3Constants.CONTENT_LENGTH, bytes);
          in.setBody(content);
        });
  }

  /** Does what needs no more than a key. */
  void call(AWS2S3Operations operation, S3Address at) throws IOException {
    send(
        at.bucket(),
        in -> {
          in.setHeader(AWS2S3Constants.S3_OPERATION, operation);
          in.setHeader(AWS2S3Constants.KEY, at.key());
        });
  }

  private Message send(String endpoint, Consumer<Message> fill) throws IOException {
    Exchange exchange;
    try {
      exchange = camel.send(S3Connection.SCHEME + ":" + endpoint, e -> fill.accept(e.getMessage()));
    } catch (RuntimeException e) { // Camel looks for the bucket when it is first asked for it
      throw of(e);
    }
    if (exchange.getException() != null) {
      throw of(exchange.getException());
    }
    return exchange.getMessage();
  }

  /** What a failed call means. */
  static IOException of(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException e) {
        return answered(e);
      }
      if (cause instanceof SdkClientException e && isLackOfLogin(e)) {
        return new ObjectStoreException(
            Kind.DENIED,
            "There is no key for the object storage. Set islet.s3.access-key and islet.s3.secret-key.",
            e);
      }
    }
    return away(failure);
  }

  private static boolean isLackOfLogin(SdkClientException e) {
    return String.valueOf(e.getMessage()).startsWith("Unable to load credentials");
  }

  private static IOException answered(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String answer = "The object storage answers with status %d %s".formatted(e.statusCode(), code);
    return switch (e.statusCode()) {
      case TAKEN -> new FileAlreadyExistsException(null, null, "There is such an object.");
      case 404 ->
          "NoSuchBucket".equals(code)
              ? new ObjectStoreException(
                  Kind.AWAY, "There is no such bucket in the object storage. Make it.", e)
              : new NoSuchFileException(null, null, "There is no such object.");
      case 401, 403 ->
          new ObjectStoreException(
              Kind.DENIED,
              answer.strip()
                  + ". Look at islet.s3.access-key and islet.s3.secret-key, and at what they may.",
              e);
      case 409 -> new ObjectStoreException(Kind.CONFLICT, answer.strip() + ".", e);
      case 501 -> new ObjectStoreException(Kind.UNSUPPORTED, answer.strip() + ".", e);
      default -> new ObjectStoreException(Kind.AWAY, answer.strip() + ".", e);
    };
  }

  /** That there was no answer, or an end in the middle of one. */
  static ObjectStoreException away(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ObjectStoreException(
        Kind.AWAY,
        "The object storage cannot be reached (%s). Look at islet.s3.endpoint and at the network."
            .formatted(root.getClass().getSimpleName()),
        e);
  }
}
