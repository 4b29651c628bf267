package org.islet.job;

import java.nio.file.Path;

/**
 * A case that ended with a result.
 *
 * @param place where the mask, the report, the picture and their manifest are: an absolute path of
 *     a folder, or an address in object storage
 * @param sha256 of the manifest, and so of all that the result holds
 * @param report what is in {@code result.json}
 */
public record CaseResult(String place, String sha256, CaseReport report) {

  /** The place of a result that is in a folder. */
  public Path folder() {
    return Path.of(place);
  }
}
