package org.islet.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Rows of the tables as records. */
final class Rows {

  private Rows() {}

  static void registerIn(Jdbi jdbi) {
    jdbi.registerRowMapper(Job.class, (row, context) -> job(row));
    jdbi.registerRowMapper(Request.class, (row, context) -> request(row));
    jdbi.registerRowMapper(Attempt.class, (row, context) -> attempt(row));
  }

  static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getString("id"),
        row.getString("input_sha256"),
        row.getLong("input_bytes"),
        row.getObject("voxels", Long.class),
        row.getObject("heap_bytes", Long.class),
        new Order(
            row.getString("route"),
            Priority.ofRank(row.getInt("priority")),
            instant(row, "deadline"),
            false,
            row.getString("input_sha256")),
        JobState.of(row.getString("state")),
        instant(row, "accepted_at"),
        instant(row, "not_before"),
        instant(row, "started_at"),
        instant(row, "ended_at"),
        row.getInt("tries"),
        row.getInt("attempt"),
        row.getString("worker"),
        row.getString("stage"),
        row.getInt("stages_ended"),
        row.getInt("stages"),
        row.getString("pool"),
        row.getString("handed"),
        row.getBoolean("called_off"),
        failure(row),
        row.getString("method"),
        row.getString("result_place"),
        row.getString("result_sha256"),
        row.getString("report"));
  }

  static Request request(ResultSet row) throws SQLException {
    String code = row.getString("code");
    return new Request(
        UUID.fromString(row.getString("id")),
        row.getString("door"),
        row.getString("request_key"),
        new Order(
            row.getString("route"),
            Priority.ofRank(row.getInt("priority")),
            instant(row, "deadline"),
            row.getBoolean("force"),
            row.getString("sha256")),
        row.getString("input"),
        row.getString("details"),
        instant(row, "received_at"),
        row.getInt("looks"),
        row.getInt("round"),
        row.getInt("answer_tries"),
        row.getString("job_id"),
        row.getBoolean("repeated"),
        code == null ? null : new Failure(code, row.getString("sentence")),
        instant(row, "answered_at"));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getInt("number"),
        row.getString("worker"),
        instant(row, "began_at"),
        instant(row, "ended_at"),
        row.getString("outcome"),
        row.getString("last_stage"),
        failure(row),
        row.getString("stages"));
  }

  private static Failure failure(ResultSet row) throws SQLException {
    String code = row.getString("code");
    return code == null
        ? null
        : new Failure(code, row.getString("sentence"), row.getString("failed_stage"));
  }

  /** The time, as a row gives it back. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
