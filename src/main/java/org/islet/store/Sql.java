package org.islet.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Work in one transaction, begun again where another worker was in the way. */
final class Sql {

  private static final int TRIES = 5;

  /** The class of SQL states of a broken integrity constraint, such as a key that is taken. */
  private static final String INTEGRITY = "23";

  /** The class of SQL states of data that the database cannot take. */
  private static final String DATA = "22";

  /** The class of SQL states of a transaction that was rolled back in favour of another. */
  private static final String ROLLED_BACK = "40";

  private Sql() {}

  /**
   * @param source of connections that commit nothing by themselves
   */
  static Jdbi jdbi(DataSource source) {
    Jdbi jdbi = Jdbi.create(source);
    // Every transaction is ended here; to Jdbi they all seem to have one open.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    Rows.registerIn(jdbi);
    return jdbi;
  }

  static <T> T in(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.withHandle(h -> transaction(h, work));
      } catch (JdbiException | SQLException e) {
        String state = state(e);
        if (state.startsWith(DATA)) {
          throw new UnstorableException(state, e);
        }
        boolean anotherWasQuicker = state.startsWith(INTEGRITY) || state.startsWith(ROLLED_BACK);
        if (attempt == TRIES || !anotherWasQuicker) {
          throw new StoreException("The store cannot be asked: " + message(e), e);
        }
      }
    }
  }

  /** The same of work whose outcome is on the disk when this returns. */
  static <T> T durably(Database database, Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
    T done =
        in(
            jdbi,
            h -> {
              database.makeDurable(h);
              return work.withHandle(h);
            });
    database.sync();
    return done;
  }

  static void runDurably(Database database, Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    durably(
        database,
        jdbi,
        (Handle h) -> {
          work.useHandle(h);
          return null;
        });
  }

  private static <T> T transaction(Handle h, HandleCallback<T, RuntimeException> work)
      throws SQLException {
    try {
      T done = work.withHandle(h);
      h.getConnection().commit();
      return done;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(h.getConnection(), e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      if (!GivenUpFile.closes(connection)) {
        connection.rollback();
      }
    } catch (SQLException | RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  static void run(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    in(
        jdbi,
        (Handle h) -> {
          work.useHandle(h);
          return null;
        });
  }

  /** The SQL state that the uppermost of a failure's causes has; empty if none has one. */
  private static String state(Throwable e) {
    return Causes.of(e)
        .filter(SQLException.class::isInstance)
        .map(sql -> ((SQLException) sql).getSQLState())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /** What is said of a failure, in a line. */
  static String message(Throwable e) {
    return StoreTrouble.of(e);
  }
}
