package org.islet.overview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.islet.store.Job;

/** The numbers of a case's result, from its report. */
record Outcome(double millilitres, double seconds) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The numbers of a case that has a result; null if it has none. */
  static Outcome of(Job job) {
    if (!job.state().hasResult()) {
      return null;
    }
    try {
      JsonNode report = JSON.readTree(job.report());
      return new Outcome(
          report.at("/mask/millilitres").asDouble(), report.at("/seconds/total").asDouble());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is always JSON.", e);
    }
  }
}
