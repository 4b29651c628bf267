package org.islet.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Puts a large file in parts, several at one time, which Camel can only one after the other. */
final class S3Upload {

  /** Files that are longer go up in parts of so many bytes. */
  static final long PART = 16 << 20;

  private static final int AT_ONCE = 4;
  private static final String BYTES = "application/octet-stream";

  private final S3Client client;

  S3Upload(S3Client client) {
    this.client = client;
  }

  /** The object appears when all of it is there. */
  void put(S3Address to, Path file) throws IOException {
    try {
      String upload =
          client.createMultipartUpload(u -> u.bucket(to.bucket()).key(to.key())).uploadId();
      try {
        List<CompletedPart> parts = parts(to, upload, file);
        client.completeMultipartUpload(
            u ->
                u.bucket(to.bucket())
                    .key(to.key())
                    .uploadId(upload)
                    .multipartUpload(m -> m.parts(parts)));
      } catch (IOException | RuntimeException e) {
        abort(to, upload, e);
        throw e;
      }
    } catch (SdkException e) {
      throw S3Calls.of(e);
    }
  }

  private void abort(S3Address to, String upload, Exception why) {
    try {
      client.abortMultipartUpload(u -> u.bucket(to.bucket()).key(to.key()).uploadId(upload));
    } catch (SdkException e) {
      why.addSuppressed(e);
    }
  }

  private List<CompletedPart> parts(S3Address to, String upload, Path file) throws IOException {
    long bytes = Files.size(file);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, S3Upload::thread);
    try {
      List<Future<CompletedPart>> sent = new ArrayList<>();
      for (long from = 0; from < bytes; from += PART) {
        int number = sent.size() + 1;
        RequestBody body = part(file, from, Math.min(PART, bytes - from));
        sent.add(threads.submit(() -> send(to, upload, number, body)));
      }
      List<CompletedPart> parts = new ArrayList<>();
      for (Future<CompletedPart> part : sent) {
        parts.add(part.get());
      }
      return parts;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SdkException cause) {
        throw cause;
      }
      throw new IllegalStateException("A part could not be sent.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The upload was interrupted.", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "islet-upload");
    thread.setDaemon(true);
    return thread;
  }

  private CompletedPart send(S3Address to, String upload, int number, RequestBody body) {
    String tag =
        client
            .uploadPart(
                u -> u.bucket(to.bucket()).key(to.key()).uploadId(upload).partNumber(number), body)
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** A part that can be read again where a call is tried again. */
  private static RequestBody part(Path file, long from, long bytes) {
    return RequestBody.fromContentProvider(() -> open(file, from), bytes, BYTES);
  }

  private static InputStream open(Path file, long from) {
    try {
      return Channels.newInputStream(FileChannel.open(file).position(from));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
