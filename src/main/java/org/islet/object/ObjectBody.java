package org.islet.object;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What an object holds, to be read once and closed. */
public final class ObjectBody extends FilterInputStream {

  private final long bytes;

  ObjectBody(InputStream in, long bytes) {
    super(in);
    this.bytes = bytes;
  }

  /** How many there are. */
  public long bytes() {
    return bytes;
  }

  /**
   * All of them.
   *
   * @throws IOException if there are more than that, or they cannot be had
   */
  public byte[] readAtMost(int most) throws IOException {
    if (bytes > most) {
      throw new IOException("The object has more than %d bytes.".formatted(most));
    }
    return readNBytes((int) bytes);
  }
}
