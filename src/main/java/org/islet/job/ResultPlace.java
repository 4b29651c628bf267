package org.islet.job;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where results go. */
public interface ResultPlace {

  /**
   * Whether no result has that name.
   *
   * @throws IOException if there is no saying now
   */
  boolean isFree(String caseId) throws IOException;

  /**
   * A result that is whole.
   *
   * @return nothing if none has that name
   * @throws BrokenResultException if what has that name is not whole
   * @throws IOException if there is no saying now
   */
  Optional<CaseResult> find(String caseId) throws IOException;

  /**
   * Makes a result appear, whole or not at all, under the name of its case.
   *
   * @param mayAppear asked when all is written and on the disk, just before it appears; if it says
   *     no, nothing does
   * @return nothing if it may not appear
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken; nothing is overwritten
   */
  Optional<CaseResult> publish(Segmentation what, BooleanSupplier mayAppear) throws IOException;
}
