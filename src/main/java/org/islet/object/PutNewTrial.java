package org.islet.object;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.islet.object.ObjectStoreException.Kind;

/**
 * Whether a store puts what is new, and only that: many do so at one time a few times, as a store
 * that looks before it writes, and not while, would let two of them.
 */
final class PutNewTrial {

  private static final int AT_ONCE = 8;
  private static final int ROUNDS = 3;

  private PutNewTrial() {}

  static void require(ObjectStore store) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, PutNewTrial::thread);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        String key = "probe-" + UUID.randomUUID();
        try {
          require(store, key, threads);
        } finally {
          store.delete(key);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-trial");
    thread.setDaemon(true);
    return thread;
  }

  private static void require(ObjectStore store, String key, ExecutorService threads)
      throws IOException {
    List<Future<Boolean>> tries = new ArrayList<>();
    for (int n = 0; n < AT_ONCE; n++) {
      byte[] bytes = {(byte) n};
      tries.add(threads.submit(() -> isPut(store, key, bytes)));
    }
    int put = 0;
    for (Future<Boolean> each : tries) {
      put += get(each) ? 1 : 0;
    }
    if (put > 1) {
      throw new ObjectStoreException(
          Kind.UNSUPPORTED,
          "The storage overwrites an object although it is asked not to (If-None-Match), at least"
              + " where several ask at one time. Results would not be safe there; take another.",
          null);
    }
  }

  private static boolean isPut(ObjectStore store, String key, byte[] bytes) throws IOException {
    try {
      return store.putNew(key, bytes);
    } catch (ObjectStoreException e) {
      if (e.kind() == Kind.CONFLICT) { // others are just at it
        return false;
      }
      throw e;
    }
  }

  private static boolean get(Future<Boolean> result) throws IOException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("Storage could not be tried out.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The trial of storage was interrupted.", e);
    }
  }
}
