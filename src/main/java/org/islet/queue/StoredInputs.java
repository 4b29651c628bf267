package org.islet.queue;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.islet.format.InputUnreachableException;
import org.islet.object.ObjectBody;
import org.islet.object.ObjectStoreException;
import org.islet.object.ObjectStoreException.Kind;
import org.islet.object.S3Address;
import org.islet.request.RequestRefusedException;

/** Gets inputs from object storage, below the places that are allowed and from nowhere else. */
public final class StoredInputs {

  private final List<S3Address> roots;
  private final Source source;
  private final Downloads downloads;
  private final Duration patience;

  /** Opens objects. */
  public interface Source {
    ObjectBody get(S3Address from) throws IOException;
  }

  /**
   * @param folder where downloads go
   * @param maxBytes the most that an input may have
   * @param patience how long one may take
   */
  public StoredInputs(
      List<S3Address> roots, Source source, Path folder, long maxBytes, Duration patience) {
    this.roots = List.copyOf(roots);
    this.source = source;
    this.downloads = new Downloads(folder, maxBytes);
    this.patience = patience;
  }

  /** As {@link Download#get}. */
  Path get(String address) throws RequestRefusedException, IOException {
    S3Address from = S3Address.parse(address).filter(this::isAllowed).orElseThrow(this::notAllowed);
    long end = System.nanoTime() + patience.toNanos();
    try (ObjectBody body = source.get(from)) {
      downloads.requireAtMost(body.bytes());
      return downloads.save(body, Downloads.ending(from.key()), end);
    } catch (NoSuchFileException e) {
      throw new RequestRefusedException("not-found", "There is no object where 'input' says.");
    } catch (ObjectStoreException e) {
      if (e.kind() == Kind.DENIED) {
        throw new RequestRefusedException(
            "not-allowed", "The object storage does not let Islet have 'input'.");
      }
      throw new InputUnreachableException(
          "'input' cannot be got from object storage now. " + e.getMessage(), e);
    }
  }

  private boolean isAllowed(S3Address address) {
    return roots.stream().anyMatch(address::isBelow);
  }

  private RequestRefusedException notAllowed() {
    return new RequestRefusedException(
        "not-allowed",
        "'input' is not below a place in object storage that requests may name; islet.queue.roots"
            + " has them.");
  }
}
