package org.islet.carry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.islet.object.ObjectBody;
import org.islet.object.ObjectStore;
import org.islet.object.StoredObject;

/**
 * Object storage as such a place.
 *
 * @param scratch a folder for files that are on their way, made where it is not there
 */
public record CarryObjects(ObjectStore storage, Path scratch) implements CarryPlace {

  @Override
  public void keep(String name, int pieces, int pieceBytes, Pieces content) throws IOException {
    String own = UUID.randomUUID().toString();
    CarryFolder folder = new CarryFolder(scratch);
    try {
      folder.keep(own, pieces, pieceBytes, content);
      storage.put(name, scratch.resolve(own));
    } finally {
      Files.deleteIfExists(scratch.resolve(own));
    }
  }

  @Override
  public void give(String name, long bytes, int pieceBytes, Taker taker) throws IOException {
    try (ObjectBody body = storage.get(name)) {
      if (body.bytes() != bytes) {
        throw new CarriedLostException(
            "What was handed over has %d bytes, but had %d.".formatted(body.bytes(), bytes));
      }
      int number = 0;
      for (long from = 0; from < bytes; from += pieceBytes) {
        int length = (int) Math.min(pieceBytes, bytes - from);
        byte[] piece = body.readNBytes(length);
        if (piece.length < length) {
          throw new IOException("What was handed over could not be read to its end.");
        }
        taker.take(number++, ByteBuffer.wrap(piece));
      }
    } catch (NoSuchFileException e) {
      throw new CarriedLostException("What was handed over is not there any more.");
    }
  }

  @Override
  public void forget(String first) throws IOException {
    storage.deleteAll(first);
  }

  @Override
  public Map<String, Instant> kept() throws IOException {
    return storage.list("").stream()
        .collect(
            Collectors.toMap(
                object -> object.key().replaceFirst("/.*", ""),
                StoredObject::modified,
                BinaryOperator.maxBy(Instant::compareTo)));
  }
}
