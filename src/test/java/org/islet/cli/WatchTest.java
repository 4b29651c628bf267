package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.atomic.AtomicInteger;
import org.islet.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchTest {

  /** A pipe whose reader has gone. */
  static final class BrokenPipe extends Writer {
    @Override
    public void write(char[] text, int offset, int length) throws IOException {
      throw new IOException("Broken pipe");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  @Timeout(20)
  void it_ends_when_nobody_reads_any_more() throws InterruptedException {
    AtomicInteger looks = new AtomicInteger();
    new Watch(new PrintWriter(new BrokenPipe()), false)
        .overviews(
            () -> {
              throw new StoreException("Look %d failed.".formatted(looks.incrementAndGet()));
            });
    assertEquals(1, looks.get());
  }
}
