package org.islet.queue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that one process has for itself; the lock ends with the process, however that ends. */
final class FolderLock implements AutoCloseable {

  private final FileChannel channel;

  /**
   * Takes a folder, without waiting for it.
   *
   * @throws BrokerException if somebody else has it
   */
  FolderLock(Path folder) throws IOException {
    channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!taken(channel)) {
      channel.close();
      throw new BrokerException(
          "The queue's folder %s is in use by another Islet. Stop that one, or give another --home."
              .formatted(folder));
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
