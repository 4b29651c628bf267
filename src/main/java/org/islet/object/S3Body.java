package org.islet.object;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** What a server sends of an object: all of it within a time, or an error. */
final class S3Body extends InputStream {

  private final ResponseInputStream<?> in;
  private final long end;
  private long left;

  /**
   * @param bytes how many the server has announced
   */
  S3Body(ResponseInputStream<?> in, long bytes, Duration patience) {
    this.in = in;
    this.left = bytes;
    this.end = System.nanoTime() + patience.toNanos();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int most) throws IOException {
    Objects.checkFromIndexSize(from, most, bytes.length);
    if (left == 0) {
      return -1;
    }
    int n = some(bytes, from, (int) Math.min(most, left));
    if (n < 0) {
      throw S3Calls.away(new IOException("The object ended in the middle."));
    }
    left -= n;
    return n;
  }

  private int some(byte[] bytes, int from, int most) throws IOException {
    if (System.nanoTime() - end > 0) {
      throw S3Calls.away(new IOException("The object took too long."));
    }
    try {
      return in.read(bytes, from, most);
    } catch (IOException | SdkException e) {
      throw S3Calls.away(e);
    }
  }

  /** What nobody read is not waited for. */
  @Override
  public void close() throws IOException {
    if (left == 0) {
      in.close();
    } else {
      in.abort();
    }
  }
}
