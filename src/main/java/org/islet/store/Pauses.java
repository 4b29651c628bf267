package org.islet.store;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The doors that operators have shut. What is changed is durable when a method returns.
 *
 * <p>Every method throws a {@link StoreException} if the database cannot be asked.
 */
public final class Pauses {

  private final Database database;
  private final Jdbi jdbi;

  Pauses(Database database, Jdbi jdbi) {
    this.database = database;
    this.jdbi = jdbi;
  }

  /** The doors that an operator has shut, by name. */
  public List<Pause> all() {
    return Sql.in(
        jdbi,
        h ->
            h.createQuery("select * from door order by name")
                .map(
                    (row, context) ->
                        new Pause(
                            row.getString("name"),
                            Rows.instant(row, "paused_at"),
                            row.getString("reason")))
                .list());
  }

  /** Why a door is shut by an operator; nothing if it is not. */
  public Optional<String> reason(String door) {
    return Sql.in(
        jdbi,
        h ->
            h.createQuery("select reason from door where name = :door")
                .bind("door", door)
                .mapTo(String.class)
                .findOne());
  }

  /** Shuts a door, or opens it again where no reason is given. */
  public void set(String door, Optional<String> reason) {
    Sql.runDurably(
        database,
        jdbi,
        h -> {
          h.createUpdate("delete from door where name = :door").bind("door", door).execute();
          reason.ifPresent(
              why ->
                  h.createUpdate("insert into door values (:door, current_timestamp, :why)")
                      .bind("door", door)
                      .bind("why", why)
                      .execute());
        });
  }
}
