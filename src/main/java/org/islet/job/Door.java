package org.islet.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.islet.store.Request;

/** A way by which requests come in, and their answers go out. */
public interface Door {

  /** The name that its requests carry. */
  String name();

  /**
   * The file of a request's CT; asked again after a restart.
   *
   * @throws org.islet.format.InputRefusedException if it can never be had; the code and the
   *     sentence are told to whoever asked
   * @throws IOException if it cannot be had now
   */
  Path ct(Request request) throws IOException;

  /** Hears that the file of a request's CT was read; what reads it once more asks for it again. */
  default void wasRead(Request request) {}

  /**
   * Why no CT can be got at by this door now, such as a drive that is away; nothing if they can.
   */
  default Optional<String> unreachable() {
    return Optional.empty();
  }

  /**
   * Tells whoever asked how it ended. It is told again until it once returned, so the same answer
   * may come after one that had been given already.
   *
   * @throws Exception if it cannot be told now
   */
  void answer(Answer answer) throws Exception;
}
