package org.islet.object;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.component.aws2.s3.AWS2S3Operations;
import org.islet.object.ObjectStoreException.Kind;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects below a place in object storage. */
public final class S3Store implements ObjectStore {

  /** How often something is tried that somebody else is just at, and the pause between. */
  private static final int TRIES = 5;

  private static final long PAUSE_MS = 200;

  private final S3Address root;
  private final S3Connection connection;
  private final S3Calls calls;
  private final S3Upload upload;

  S3Store(S3Address root, S3Connection connection, S3Calls calls, S3Upload upload) {
    this.root = root;
    this.connection = connection;
    this.calls = calls;
    this.upload = upload;
  }

  private S3Address at(String key) {
    return new S3Address(root.bucket(), base() + Keys.require(key));
  }

  /** What stands before each key. */
  private String base() {
    return root.key().isEmpty() ? "" : root.key() + "/";
  }

  @Override
  public void put(String key, Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > S3Upload.PART) {
      upload.put(at(key), file);
    } else {
      calls.put(at(key), file.toFile(), bytes, false);
    }
  }

  @Override
  public void put(String key, byte[] bytes) throws IOException {
    calls.put(at(key), bytes, bytes.length, false);
  }

  @Override
  public boolean putNew(String key, byte[] bytes) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        calls.put(at(key), bytes, bytes.length, true);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (ObjectStoreException e) {
        if (e.kind() != Kind.CONFLICT || tries == TRIES) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(ObjectStoreException e) throws ObjectStoreException {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw e;
    }
  }

  @Override
  public ObjectBody get(String key) throws IOException {
    return connection.get(at(key));
  }

  @Override
  public boolean exists(String key) throws IOException {
    try {
      calls.call(AWS2S3Operations.headObject, at(key));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public List<StoredObject> list(String folder) throws IOException {
    String prefix = folder.isEmpty() ? base() : at(folder).key() + "/";
    List<StoredObject> objects = new ArrayList<>();
    List<S3Object> page;
    String last = null;
    do {
      page = page(prefix, last);
      for (S3Object object : page) {
        last = object.key();
        String key = last.substring(base().length());
        if (Keys.isKey(key)) {
          objects.add(new StoredObject(key, object.size(), object.lastModified()));
        }
      }
    } while (!page.isEmpty());
    return objects;
  }

  /** Camel does not tell whether more follow, so a list ends with a page that is empty. */
  @SuppressWarnings("unchecked")
  private List<S3Object> page(String prefix, String after) throws IOException {
    ListObjectsRequest request =
        ListObjectsRequest.builder().bucket(root.bucket()).prefix(prefix).marker(after).build();
    return (List<S3Object>)
        calls.ask(root.bucket(), AWS2S3Operations.listObjects, request).getBody();
  }

  @Override
  public void delete(String key) throws IOException {
    calls.call(AWS2S3Operations.deleteObject, at(key));
  }

  @Override
  public String place(String key) {
    return at(key).toString();
  }
}
