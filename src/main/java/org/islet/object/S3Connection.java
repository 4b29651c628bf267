package org.islet.object;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** Object storage that speaks S3, through Camel's {@code aws2-s3:}. */
public final class S3Connection implements AutoCloseable {

  static final String SCHEME = "aws2-s3";

  private final S3Client client;
  private final ProducerTemplate camel;
  private final S3Calls calls;
  private final Limits limits;

  /**
   * How long something may take.
   *
   * @param connect a connection to come about
   * @param silence the server to say or take nothing
   * @param call one call with its tries, but for the reading of what it gets
   * @param body that reading
   */
  record Limits(Duration connect, Duration silence, Duration call, Duration body) {

    static final Limits USUAL =
        new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofHours(1));
  }

  /**
   * Nothing is connected yet.
   *
   * @param context in which calls are made, as long as it runs
   */
  public S3Connection(CamelContext context, S3Settings settings) {
    this(context, settings, Limits.USUAL);
  }

  S3Connection(CamelContext context, S3Settings settings, Limits limits) {
    this.limits = limits;
    client = client(settings, limits);
    AWS2S3Component component = new AWS2S3Component(context);
    component.getConfiguration().setAmazonS3Client(client);
    context.addComponent(SCHEME, component);
    camel = context.createProducerTemplate();
    calls = new S3Calls(camel);
  }

  /** Checksums are left out where S3 does not require them: not every server knows them. */
  private static S3Client client(S3Settings settings, Limits limits) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(limits.connect())
                    .socketTimeout(limits.silence()))
            .overrideConfiguration(
                o -> o.apiCallTimeout(limits.call()).retryStrategy(RetryMode.STANDARD));
    settings.endpoint().ifPresent(builder::endpointOverride);
    settings
        .key()
        .map(key -> AwsBasicCredentials.create(key.id(), key.secret()))
        .ifPresent(key -> builder.credentialsProvider(StaticCredentialsProvider.create(key)));
    return builder.build();
  }

  /**
   * The objects below a place.
   *
   * @throws IllegalArgumentException if its key is not such as {@link ObjectStore} has
   */
  public S3Store store(S3Address root) {
    if (!root.key().isEmpty()) {
      Keys.require(root.key());
    }
    return new S3Store(root, this, calls, new S3Upload(client));
  }

  /**
   * Opens an object, whatever its key.
   *
   * @throws java.nio.file.NoSuchFileException if nothing is there
   * @throws ObjectStoreException if it cannot be had
   */
  public ObjectBody get(S3Address from) throws IOException {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(from.bucket()).key(from.key()).build();
    Message answer = calls.ask(from.bucket(), AWS2S3Operations.getObject, request);
    long bytes = answer.getHeader(AWS2S3Constants.CONTENT_LENGTH, Long.class);
    var body = (ResponseInputStream<?>) answer.getBody();
    return new ObjectBody(new S3Body(body, bytes, limits.body()), bytes);
  }

  @Override
  public void close() {
    camel.stop();
    client.close();
  }
}
