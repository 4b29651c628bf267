package org.islet.dataset;

import java.nio.file.Path;

/**
 * Why a file cannot be used.
 *
 * @param file the file
 * @param reason a sentence for whoever can act on it
 */
public record Problem(Path file, String reason) {

  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
