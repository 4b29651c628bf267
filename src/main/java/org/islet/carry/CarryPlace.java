package org.islet.carry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** A place that several workers reach, for what cases hold on their way from one to another. */
public interface CarryPlace {

  /** Gives a piece of what is to be kept. It may be asked from several threads. */
  interface Pieces {
    /** A buffer of which all that remains is the piece; it is the caller's own until it returns. */
    ByteBuffer get(int number) throws IOException;
  }

  /** Takes a piece of what was kept. It may be called from several threads. */
  interface Taker {
    void take(int number, ByteBuffer piece) throws IOException;
  }

  /**
   * Keeps something under a name that nothing else has.
   *
   * @param name with slashes between its parts
   * @param pieces how many there are; all but the last are of one length
   * @throws IOException if it cannot be kept now
   */
  void keep(String name, int pieces, int pieceBytes, Pieces content) throws IOException;

  /**
   * Gives what was kept.
   *
   * @throws CarriedLostException if it is not there, or of another length
   * @throws IOException if it cannot be had now
   */
  void give(String name, long bytes, int pieceBytes, Taker taker) throws IOException;

  /** Forgets all whose names begin with a part; no harm is done where there is none. */
  void forget(String first) throws IOException;

  /** The first parts of the names of all that is kept, and since when at the latest. */
  Map<String, Instant> kept() throws IOException;
}
