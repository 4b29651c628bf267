package org.islet.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/**
 * What a record of cases is like, looked at without opening it for work: nothing is made, migrated
 * or waited for long.
 *
 * @param served whether a service has it open, through which it was asked
 * @param form the step that it was last brought forward by; nothing where there was none yet
 * @param fits whether this Islet works with it: it is in its form, or can be brought into it
 */
public record StoreCheck(boolean served, Optional<String> form, boolean fits) {

  private static final String ANSWER_WITHIN_S = "5";

  /** SQL states of a table that is not there, in H2 and PostgreSQL. */
  private static final String NO_TABLE = "42S0[24]|42P01";

  /**
   * Looks at the H2 database in a folder, through the service that has it open if there is one.
   *
   * @throws StoreException if it cannot be read; the message says why
   */
  public static StoreCheck in(Path folder) {
    Optional<String> served = H2Server.urlOf(folder);
    String url =
        served.orElseGet(() -> H2Server.embeddedUrl(folder) + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE");
    return check(new org.h2.Driver(), url, login("sa", ""), served.isPresent());
  }

  /**
   * Looks at a PostgreSQL database.
   *
   * @throws StoreException if it cannot be reached; the message says why
   */
  public static StoreCheck at(Database.Address address) {
    Database.requirePostgres(address);
    Properties login = login(address.user(), address.password());
    login.setProperty("connectTimeout", ANSWER_WITHIN_S);
    login.setProperty("loginTimeout", ANSWER_WITHIN_S);
    login.setProperty("socketTimeout", ANSWER_WITHIN_S);
    return check(new org.postgresql.Driver(), address.url(), login, false);
  }

  /** Whether a service of this machine has the H2 database in a folder open. */
  public static boolean isServed(Path folder) {
    return H2Server.urlOf(folder).isPresent();
  }

  private static Properties login(String user, String password) {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return login;
  }

  private static StoreCheck check(Driver driver, String url, Properties login, boolean served) {
    try (Connection connection = driver.connect(url, login)) {
      connection.setReadOnly(true);
      Optional<String> form = form(connection);
      return new StoreCheck(served, form, form.map(Migrations::isKnown).orElse(true));
    } catch (SQLException e) {
      throw Database.unopened(e);
    }
  }

  private static Optional<String> form(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(Migrations.STEPS)) {
      return rows.next() ? Optional.of(rows.getString("script")) : Optional.empty();
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).matches(NO_TABLE)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
