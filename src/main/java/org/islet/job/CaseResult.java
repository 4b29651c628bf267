package org.islet.job;

import java.nio.file.Path;

/**
 * A case that ended with a result.
 *
 * @param folder where the mask, the report, the picture and their manifest are
 * @param sha256 of the manifest, and so of all that the result holds
 * @param report what is in {@code result.json}
 */
public record CaseResult(Path folder, String sha256, CaseReport report) {

  /** The folder as the record has it. */
  String place() {
    return folder.toAbsolutePath().normalize().toString();
  }
}
