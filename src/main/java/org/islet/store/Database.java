package org.islet.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.jdbc.JdbcConnection;
import org.jdbi.v3.core.Handle;

/**
 * Where the records are: an H2 database in a folder, which one process holds and others of the same
 * machine reach through it, or a PostgreSQL database that several workers share.
 */
public final class Database implements AutoCloseable {

  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long REST_MS = 100;

  /** How long it is waited for somebody who visits, and is soon gone. */
  private static final Duration VISIT = Duration.ofSeconds(3);

  /**
   * A worker that is frozen or cut off in a transaction holds up the others no longer than this,
   * and one that cannot be answered is told so. What need not be on the disk at once waits for
   * none.
   */
  private static final String POSTGRES_PATIENCE =
      "set idle_in_transaction_session_timeout = '10s'; set lock_timeout = '5s';"
          + " set statement_timeout = '10s'; set synchronous_commit = off; commit";

  /** PostgreSQL's connections are tried before they are used if nobody did for so long. */
  private static final Duration IDLE = Duration.ofMillis(500);

  /** PostgreSQL's connections but one are closed if nobody needed them for so long. */
  private static final Duration SPARE = Duration.ofMinutes(1);

  /** H2's code for a database that another process holds. */
  private static final int HELD_BY_ANOTHER = 90020;

  private final AgroalDataSource pool;
  private final Optional<H2Server> server;

  /** Whether what is committed is on the disk only when it is asked for, as with H2. */
  private final boolean mustSync;

  private Database(AgroalDataSource pool, Optional<H2Server> server, boolean mustSync) {
    this.pool = pool;
    this.server = server;
    this.mustSync = mustSync;
  }

  /** How a PostgreSQL database is reached. */
  public record Address(String url, String user, String password) {}

  /**
   * Opens the H2 database in a folder for the process that serves it, and lets other processes of
   * this user reach it on loopback.
   *
   * @param folder made if it is not there
   * @throws StoreException if another process holds it, or it cannot be read or written
   */
  public static Database serve(Path folder) {
    make(folder);
    Database opened = patiently(() -> embedded(folder));
    try {
      return new Database(opened.pool, Optional.of(H2Server.start(folder)), true);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Opens the H2 database in a folder for a short while: through the process that serves it, if
   * there is one.
   *
   * @throws StoreException if it cannot be read
   */
  public static Database visit(Path folder) {
    make(folder);
    try {
      return patiently(
          () -> H2Server.urlOf(folder).map(Database::served).orElseGet(() -> embedded(folder)));
    } catch (StoreException e) {
      throw isHeldByAnother(e)
          ? new StoreException(
              "The store is in use by an Islet of another user or on another machine. Ask there, as that user.",
              e)
          : e;
    }
  }

  /** Whether there is an H2 database in a folder. */
  public static boolean isIn(Path folder) {
    return H2Server.isIn(folder);
  }

  /** Opens a database; where another process holds it, again and again for a while. */
  private static Database patiently(Supplier<Database> opening) {
    for (long end = System.nanoTime() + VISIT.toNanos(); ; ) {
      try {
        return opening.get();
      } catch (StoreException e) {
        if (!isHeldByAnother(e) || System.nanoTime() > end) {
          throw e;
        }
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("The store was not opened, since the work was to end.", e);
    }
  }

  /** Who serves a database has brought it into its present form. */
  private static Database served(String url) {
    return new Database(pool(new org.h2.Driver(), url, "sa", ""), Optional.empty(), true);
  }

  private static Database embedded(Path folder) {
    AgroalDataSource pool = pool(new org.h2.Driver(), H2Server.embeddedUrl(folder), "sa", "");
    return new Database(migrated(pool, flyway -> flyway.dataSource(pool)), Optional.empty(), true);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new StoreException(
          "The folder %s cannot be made (%s). Look at its permissions and at the disk's space."
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  /**
   * Opens a PostgreSQL database.
   *
   * @throws StoreException if it cannot be reached
   */
  public static Database postgres(Address address) {
    requirePostgres(address);
    AgroalDataSource pool =
        pool(
            new org.postgresql.Driver(),
            address.url(),
            address.user(),
            address.password(),
            connection ->
                connection
                    .jdbcProperty("tcpKeepAlive", "true")
                    .jdbcProperty("connectTimeout", "5")
                    .jdbcProperty("socketTimeout", "15")
                    .initialSql(POSTGRES_PATIENCE),
            connections ->
                connections
                    .idleValidationTimeout(IDLE)
                    .reapTimeout(SPARE)
                    .exceptionSorter(new PostgreSQLExceptionSorter()));
    return new Database(
        migrated(
            pool, flyway -> flyway.dataSource(address.url(), address.user(), address.password())),
        Optional.empty(),
        false);
  }

  /**
   * @throws StoreException if an address is none of PostgreSQL
   */
  static void requirePostgres(Address address) {
    if (!address.url().startsWith("jdbc:postgresql:")) {
      throw new StoreException(
          "islet.store.url must begin with jdbc:postgresql:, such as jdbc:postgresql://host/islet, but begins with '%s'."
              .formatted(address.url().replaceFirst("(?s)^((jdbc:)?[^:/?@]*).*", "$1")));
    }
  }

  private static AgroalDataSource pool(Driver driver, String url, String user, String password) {
    return pool(
        driver,
        url,
        user,
        password,
        connection -> {},
        connections -> connections.validateOnBorrow(true));
  }

  private static AgroalDataSource pool(
      Driver driver,
      String url,
      String user,
      String password,
      Consumer<AgroalConnectionFactoryConfigurationSupplier> more,
      Consumer<AgroalConnectionPoolConfigurationSupplier> tried) {
    AgroalDataSourceConfigurationSupplier configuration =
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool -> {
                  tried.accept(pool);
                  return pool.initialSize(1)
                      .minSize(1)
                      .maxSize(CONNECTIONS)
                      .acquisitionTimeout(PATIENCE)
                      .connectionValidator(Database::answers)
                      .connectionFactoryConfiguration(
                          connection -> {
                            more.accept(connection);
                            return connection
                                .autoCommit(false)
                                .connectionProviderClass(driver.getClass())
                                .jdbcUrl(url)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password));
                          });
                });
    try {
      return AgroalDataSource.from(configuration);
    } catch (SQLException e) {
      throw new StoreException("The store cannot be opened: " + Sql.message(e), e);
    }
  }

  /**
   * Whether a connection is good for anything: H2 closes its database when the disk is full, and
   * opens it again for a new connection; the driver's own test does not see that.
   */
  private static boolean answers(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      if (GivenUpFile.closes(connection)) {
        return false;
      }
      statement.execute("select 1");
      if (connection.isWrapperFor(JdbcConnection.class)) {
        connection.rollback(); // elsewhere the transaction goes on as that of the work
      }
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private static AgroalDataSource migrated(
      AgroalDataSource pool, UnaryOperator<FluentConfiguration> reached) {
    try {
      Migrations.run(pool, reached);
      return pool;
    } catch (FlywayException e) {
      pool.close();
      throw unopened(e);
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  /** What people are told of a database that cannot be opened. */
  static StoreException unopened(Exception e) {
    return isHeldByAnother(e)
        ? new StoreException(
            "The store is in use by another Islet on the same home. Stop that one, or take another --home; for"
                + " several workers set islet.store.url to a PostgreSQL database.",
            e)
        : new StoreException("The store cannot be opened: " + Sql.message(e), e);
  }

  private static boolean isHeldByAnother(Throwable e) {
    return Causes.of(e)
        .anyMatch(
            cause -> cause instanceof SQLException sql && sql.getErrorCode() == HELD_BY_ANOTHER);
  }

  DataSource source() {
    return pool;
  }

  /** Lets a transaction of PostgreSQL wait until it, and all before it, is on the disk. */
  void makeDurable(Handle h) {
    if (!mustSync) {
      h.execute("set local synchronous_commit = on");
    }
  }

  /**
   * Makes sure that what was committed is on the disk, where a transaction could not wait for that.
   *
   * @throws StoreException if it cannot be
   */
  void sync() {
    if (!mustSync) {
      return;
    }
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("checkpoint sync");
      connection.commit();
    } catch (SQLException e) {
      throw new StoreException("The store cannot be written: " + Sql.message(e), e);
    }
  }

  @Override
  public void close() {
    server.ifPresent(H2Server::close);
    pool.close();
  }
}
