package org.islet.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that one CT is stored in, and what tells it from all others. */
public final class CtFiles {

  private CtFiles() {}

  /**
   * The files that {@link NiftiReader} may read when one is named: the two of a pair where both are
   * there, its header first; else the one that is named. Names decide this, not contents.
   */
  public static List<Path> of(Path ct) {
    return NiftiPair.filesOf(ct);
  }

  /**
   * The SHA-256 of the bytes of all files of a CT, one after the other, in hexadecimal.
   *
   * @throws InputRefusedException {@code unreadable} if the one that is named is no regular file
   * @throws InputUnreachableException if there is none
   */
  public static String sha256(Path ct) throws IOException {
    if (!Files.isRegularFile(ct)) {
      throw Files.exists(ct)
          ? new InputRefusedException(
              "unreadable", "This is no regular file; a CT as one file was expected.")
          : InputUnreachableException.nothingThere();
    }
    Sha256 digest = new Sha256();
    for (Path file : of(ct)) {
      digest.add(file);
    }
    return digest.toHex();
  }
}
