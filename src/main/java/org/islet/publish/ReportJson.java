package org.islet.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.islet.job.CaseReport;

/** Reports as {@code result.json} holds them. */
public final class ReportJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ReportJson() {}

  /** Writes a report. */
  public static String write(CaseReport report) {
    try {
      return JSON.writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is always JSON.", e);
    }
  }

  /**
   * Reads a report; what later versions may add to it is passed over.
   *
   * @throws IOException if it is none, or lacks what every report has
   */
  static CaseReport read(byte[] json) throws IOException {
    CaseReport report = JSON.readValue(json, CaseReport.class);
    if (report == null || report.schema() != CaseReport.SCHEMA) {
      throw new IOException("Its schema is not %d.".formatted(CaseReport.SCHEMA));
    }
    return report;
  }
}
