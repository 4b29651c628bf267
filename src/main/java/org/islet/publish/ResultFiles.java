package org.islet.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.islet.format.NiftiWriter;
import org.islet.job.BrokenResultException;
import org.islet.job.CaseReport;
import org.islet.job.CaseResult;
import org.islet.job.Segmentation;
import org.islet.publish.Preview.Outline;

/** The files of a result but for their manifest, wherever they go. */
final class ResultFiles {

  static final String MASK = "mask.nii.gz";
  static final String REPORT = "result.json";
  static final String PREVIEW = "preview.png";
  static final List<String> NAMES = List.of(MASK, REPORT, PREVIEW);

  private ResultFiles() {}

  /** Whether a case can have a name. */
  static boolean isCase(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*");
  }

  static String requireCase(String caseId) {
    if (!isCase(caseId)) {
      throw new IllegalArgumentException("No case can have that name.");
    }
    return caseId;
  }

  static void write(Segmentation what, Path folder) throws IOException {
    NiftiWriter.write(folder.resolve(MASK), what.mask());
    Files.writeString(folder.resolve(REPORT), ReportJson.write(what.report()) + "\n");
    Files.write(folder.resolve(PREVIEW), preview(what));
  }

  private static byte[] preview(Segmentation what) {
    String caption =
        what.report().models().stream()
            .map(CaseReport.Model::warning)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("");
    List<Outline> outline = List.of(new Outline(what.seen(), Preview.FOUND, "found"));
    return Preview.png(what.ct(), outline, caption);
  }

  /**
   * The result of a case that lies in a folder.
   *
   * @param place where it is for all others
   * @throws BrokenResultException if it is not whole, or another case's
   * @throws IOException if there is no saying now
   */
  static CaseResult found(String caseId, String place, Path folder) throws IOException {
    ResultCheck check = ResultCheck.ofDigests(folder);
    List<String> problems = check.problems();
    if (check.isUnreadable()) {
      throw new IOException("There is a result of case %s. %s".formatted(caseId, problems.get(0)));
    }
    if (!problems.isEmpty()) {
      throw new BrokenResultException(
          "What is there of case %s is not whole. %s".formatted(caseId, problems.get(0)));
    }
    CaseReport report = check.report().orElseThrow();
    if (!report.caseId().equals(caseId)) {
      throw new BrokenResultException(
          "What has the name of case %s is the result of another case. Give it its own name again."
              .formatted(caseId));
    }
    return new CaseResult(place, check.sha256(), report);
  }
}
