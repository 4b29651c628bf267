package org.islet.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import org.islet.format.CtFiles;
import org.islet.store.CaseId;

/**
 * Takes CTs from their files to their results with no account kept of them: if the process ends
 * before a result is there, it is for whoever asked to ask again.
 */
public record DirectCases(Segmenter segmenter, ResultPlace results) {

  /**
   * Segments one CT and publishes the result.
   *
   * @throws CaseFailedException if there is no result; nothing is left behind then
   */
  public CaseResult run(Path ct, SegmentationRoute route, CaseListener listener)
      throws CaseFailedException {
    String caseId = null;
    try {
      String sha256 = CtFiles.sha256(ct);
      caseId = freeId(sha256);
      Segmentation found = segmenter.segment(caseId, ct, sha256, route, listener);
      CaseResult result = published(found);
      listener.published(result);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      throw CaseFailedException.of(caseId, e);
    }
  }

  private CaseResult published(Segmentation found) throws IOException {
    Segmentation named = found;
    while (true) {
      try {
        return results.publish(named, () -> true).orElseThrow();
      } catch (FileAlreadyExistsException e) { // another process was first
        named = found.named(freeId(found.report().input().sha256()));
      }
    }
  }

  private String freeId(String sha256) throws IOException {
    try {
      return CaseId.free(sha256, this::isFree);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private boolean isFree(String caseId) {
    try {
      return results.isFree(caseId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
