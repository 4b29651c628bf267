package org.islet.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/**
 * The file of an H2 database that H2 writes no more, as when the disk was full. Its database would
 * go on as if it were there; once it is closed, the next connection opens both again.
 */
final class GivenUpFile {

  private GivenUpFile() {}

  /**
   * Closes the database of a connection if its file was given up. Nothing else may be asked of its
   * sessions then, not even to roll back: H2 counts the end of a transaction twice, and waits for
   * ever for a count that never comes.
   *
   * @return whether the file was given up
   */
  static boolean closes(Connection connection) throws SQLException {
    if (connection.isWrapperFor(JdbcConnection.class)
        && connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
      Database database = session.getDatabase();
      MVStore file = database.getStore().getMvStore();
      if (file.isClosed() || file.getPanicException() != null) {
        database.shutdownImmediately();
        for (SessionLocal each : database.getSessions(false)) {
          each.close();
        }
        return true;
      }
    }
    return false;
  }
}
