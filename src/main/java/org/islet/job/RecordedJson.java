package org.islet.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.islet.stage.StageRun;
import org.islet.store.Job;

/** What the record of a case holds as JSON. */
public final class RecordedJson {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordedJson() {}

  /** What is in the {@code result.json} of a case that has a result. */
  public static JsonNode report(Job job) {
    return read(job.report(), JsonNode.class);
  }

  /** Stages that ended, as an attempt has them. */
  public static List<StageRun> stages(String json) {
    return List.of(read(json, StageRun[].class));
  }

  private static <T> T read(String json, Class<T> kind) {
    try {
      return JSON.readValue(json, kind);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report and stages are always recorded as JSON.", e);
    }
  }

  /** A report or stages as they are recorded. */
  static String of(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report and stages are always JSON.", e);
    }
  }
}
