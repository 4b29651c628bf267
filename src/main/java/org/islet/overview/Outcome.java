package org.islet.overview;

import com.fasterxml.jackson.databind.JsonNode;
import org.islet.job.RecordedJson;
import org.islet.store.Job;

/** The numbers of a case's result, from its report. */
record Outcome(double millilitres, double seconds) {

  /** The numbers of a case that has a result; null if it has none. */
  static Outcome of(Job job) {
    if (!job.state().hasResult()) {
      return null;
    }
    JsonNode report = RecordedJson.report(job);
    return new Outcome(
        report.at("/mask/millilitres").asDouble(), report.at("/seconds/total").asDouble());
  }
}
