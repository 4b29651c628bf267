package org.islet.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A place where things are kept for a while, each of which goes as a whole. */
public interface Shelf {

  /**
   * What goes together.
   *
   * @param name what it is called in the log
   * @param since when it lies there; {@link #HALF_GONE} if it is to go whatever is kept
   * @param deletion what deletes it
   */
  record Item(String name, Instant since, long bytes, Deletion deletion) {

    /** Of what an earlier attempt to delete has left. */
    static final Instant HALF_GONE = Instant.MIN;

    boolean isHalfGone() {
      return since.equals(HALF_GONE);
    }
  }

  /** What the place is called in the log. */
  String name();

  /** What lies here; nothing if the place is away. */
  List<Item> items() throws IOException;

  /** Deletes something. */
  interface Deletion {
    /**
     * @return false if it has to stay
     */
    boolean delete() throws IOException;
  }
}
