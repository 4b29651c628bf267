package org.islet.object;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Bytes under keys. An object is there whole or not at all, for whoever looks, from the moment at
 * which it was put. A key is made of names with a {@code /} between them, each of letters, digits,
 * dots, hyphens and underscores, and none begins with a dot or a hyphen; {@link
 * IllegalArgumentException} is thrown for any other.
 *
 * <p>Where storage is away, slow or refuses what is asked of it, {@link ObjectStoreException} is
 * thrown. No call waits for ever.
 */
public interface ObjectStore {

  /** Puts a file; it replaces what had that key. */
  void put(String key, Path file) throws IOException;

  /** Puts bytes; they replace what had that key. */
  void put(String key, byte[] bytes) throws IOException;

  /**
   * Puts bytes unless something has that key. Of several that do so at one time, one succeeds.
   *
   * @return false if something has that key, and it is as it was; it may be what this very call
   *     put, where storage's first answer was lost on its way
   */
  boolean putNew(String key, byte[] bytes) throws IOException;

  /**
   * Opens an object.
   *
   * @throws java.nio.file.NoSuchFileException if nothing has that key
   */
  ObjectBody get(String key) throws IOException;

  /** Whether something has a key. */
  boolean exists(String key) throws IOException;

  /**
   * Requires that objects could be had, whether any are there or not.
   *
   * @throws IOException if not now, or never
   */
  default void requireThere() throws IOException {
    try {
      get("probe").close(); // other than whether it exists, this tells if the bucket does not
    } catch (NoSuchFileException e) {
      // It answers.
    }
  }

  /** What has a key that begins with that of a folder and a {@code /}; all for an empty one. */
  List<StoredObject> list(String folder) throws IOException;

  /** Deletes an object, if it is there. */
  void delete(String key) throws IOException;

  /** Deletes all that {@link #list} tells of. */
  default void deleteAll(String folder) throws IOException {
    for (StoredObject object : list(folder)) {
      delete(object.key());
    }
  }

  /**
   * Tries out whether {@link #putNew} does what it says, with objects that are deleted again.
   *
   * @throws ObjectStoreException if it does not, or there is no saying now
   */
  default void requirePutNew() throws IOException {
    PutNewTrial.require(this);
  }

  /** Where an object is, in words that another program understands. */
  String place(String key);
}
