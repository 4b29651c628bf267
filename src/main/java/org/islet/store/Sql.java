package org.islet.store;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Work in one transaction, begun again where another worker was in the way. */
final class Sql {

  private static final int TRIES = 5;

  /** The class of SQL states of a broken integrity constraint, such as a key that is taken. */
  private static final String INTEGRITY = "23";

  /** The class of SQL states of a transaction that was rolled back in favour of another. */
  private static final String ROLLED_BACK = "40";

  private Sql() {}

  static <T> T in(Jdbi jdbi, HandleCallback<T, RuntimeException> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.inTransaction(work);
      } catch (JdbiException e) {
        if (attempt == TRIES || !anotherWasQuicker(e)) {
          throw new StoreException("The store cannot be asked: " + message(e), e);
        }
      }
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

  private static boolean anotherWasQuicker(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState().startsWith(INTEGRITY) || sql.getSQLState().startsWith(ROLLED_BACK);
      }
    }
    return false;
  }

  /** What is said at the bottom of a failure's causes. */
  static String message(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
