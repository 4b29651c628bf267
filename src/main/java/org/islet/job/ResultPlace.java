package org.islet.job;

import java.io.IOException;
import java.nio.file.Path;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/** Where results go: a place is reserved when a case begins and filled when it ends. */
public interface ResultPlace {

  /**
   * Reserves a place.
   *
   * @param name the case's id if it is still free, else the beginning of it
   * @throws IOException if nothing can be written there
   */
  Reservation reserve(String name) throws IOException;

  /** A place that nobody else will use; closing it gives it up unless a result was published. */
  interface Reservation extends AutoCloseable {

    /** The case's id. */
    String caseId();

    /**
     * Makes the result appear, whole or not at all.
     *
     * @param mask on the input's own grid
     * @param ct as the stages saw it (RAS)
     * @param seen the mask on the grid of {@code ct}
     * @return the folder
     */
    Path publish(CaseReport report, Mask mask, Volume ct, Mask seen) throws IOException;

    @Override
    void close() throws IOException;
  }
}
