package org.islet.object;

import java.net.URI;
import java.util.Optional;

/**
 * How object storage is reached.
 *
 * @param endpoint the server's address; none for Amazon's own
 * @param region its region
 * @param key who Islet is there; none for what Amazon's client finds in its environment
 * @param pathStyle whether the bucket is part of the path, not of the server's name
 */
public record S3Settings(
    Optional<URI> endpoint, String region, Optional<AccessKey> key, boolean pathStyle) {

  /** A key of access. */
  public record AccessKey(String id, String secret) {

    @Override
    public String toString() {
      return "an access key";
    }
  }

  /**
   * The same from texts, of which an empty one says nothing.
   *
   * @throws IllegalArgumentException in a sentence if a key has no secret, or the other way round
   */
  public static S3Settings of(
      String endpoint, String region, String accessKey, String secretKey, boolean pathStyle) {
    if (accessKey.isEmpty() != secretKey.isEmpty()) {
      throw new IllegalArgumentException(
          "Of islet.s3.access-key and islet.s3.secret-key one is set alone; set both or neither.");
    }
    return new S3Settings(
        endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint)),
        region,
        accessKey.isEmpty() ? Optional.empty() : Optional.of(new AccessKey(accessKey, secretKey)),
        pathStyle);
  }
}
