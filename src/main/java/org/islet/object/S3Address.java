package org.islet.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in object storage, written {@code s3://BUCKET/KEY}. The key is taken as it is written:
 * nothing in it is escaped, and none of its parts is empty, {@code .} or {@code ..}, nor could be
 * read as if it were. A {@code /} at the end says nothing.
 *
 * @param key without a {@code /} before or behind; empty for the whole bucket
 */
public record S3Address(String bucket, String key) {

  /** With which such an address begins. */
  public static final String SCHEME = "s3://";

  /** The most bytes that a key may have. */
  private static final int LONGEST_KEY = 1024;

  private static final Pattern FORM =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

  /** How some servers may read a dot, a slash or a backslash that is none as it is written. */
  private static final Pattern ESCAPED = Pattern.compile("(?i)%(2e|2f|5c)");

  /**
   * Reads an address.
   *
   * @return nothing if it is none
   */
  public static Optional<S3Address> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String written = form.group(2) == null ? "" : form.group(2);
    String key = written.replaceFirst("/$", "");
    return written.isEmpty() || isPlain(key)
        ? Optional.of(new S3Address(form.group(1), key))
        : Optional.empty();
  }

  private static boolean isPlain(String key) {
    return key.getBytes(UTF_8).length <= LONGEST_KEY
        && key.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
        && !ESCAPED.matcher(key).find()
        && Stream.of(key.split("/", -1)).noneMatch(Set.of("", ".", "..")::contains);
  }

  /** Whether this is a place below another. */
  public boolean isBelow(S3Address root) {
    return bucket.equals(root.bucket)
        && !key.isEmpty()
        && (root.key.isEmpty() || key.startsWith(root.key + "/"));
  }

  /** The place that holds this one; nothing for a bucket. */
  public Optional<S3Address> parent() {
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(new S3Address(bucket, key.substring(0, Math.max(0, key.lastIndexOf('/')))));
  }

  /** The last part of the key. */
  public String name() {
    return key.substring(key.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (key.isEmpty() ? "" : "/" + key);
  }
}
