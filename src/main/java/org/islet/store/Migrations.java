package org.islet.store;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resource.LoadableResource;

/** The steps from one form of the database to the next, from Islet's own jar. */
final class Migrations implements ResourceProvider {

  private static final String TABLE = "islet_schema";
  private static final List<String> NAMES =
      List.of("V1__cases.sql", "V2__pools.sql", "V3__index.sql", "V4__off_peak.sql");

  /** Asks for the steps that a database has gone through, the newest first. */
  static final String STEPS =
      "select \"script\", \"success\" from \"%s\" order by \"installed_rank\" desc"
          .formatted(TABLE);

  /** Whether this Islet knows a step. */
  static boolean isKnown(String step) {
    return NAMES.contains(step);
  }

  /**
   * Brings a database into its present form, if it is not in it. Flyway takes a while to find out
   * that there is nothing to do, so it is asked where there is.
   *
   * @param reached how Flyway reaches the database, by connections that wait as long as a step
   *     takes
   * @throws StoreException if a newer Islet has brought it into a form of its own
   * @throws FlywayException if it cannot be brought into the present form
   */
  static void run(DataSource database, UnaryOperator<FluentConfiguration> reached) {
    Optional<String> newest = newest(database);
    newest.filter(name -> !isKnown(name)).ifPresent(Migrations::refuse);
    if (!newest.equals(Optional.of(NAMES.get(NAMES.size() - 1)))) {
      reached
          .apply(Flyway.configure())
          .resourceProvider(new Migrations())
          .javaMigrationClassProvider(List::of)
          .table(TABLE)
          .load()
          .migrate();
    }
  }

  private static void refuse(String name) {
    throw new StoreException(
        "The store was changed by a newer Islet (%s). Use that one, or another --home or islet.store.url."
            .formatted(name));
  }

  /** The step that a database has last gone through; nothing where Flyway has to look. */
  private static Optional<String> newest(DataSource database) {
    try (Connection connection = database.getConnection()) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(STEPS)) {
        return rows.next() && rows.getBoolean("success")
            ? Optional.of(rows.getString("script"))
            : Optional.empty();
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      return Optional.empty(); // as where there is no such table yet
    }
  }

  @Override
  public LoadableResource getResource(String name) {
    return NAMES.contains(name) ? new Step(name) : null;
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return NAMES.stream()
        .filter(name -> name.startsWith(prefix))
        .<LoadableResource>map(Step::new)
        .toList();
  }

  private static final class Step extends LoadableResource {

    private final String name;

    Step(String name) {
      this.name = name;
    }

    @Override
    public Reader read() {
      return new InputStreamReader(
          Migrations.class.getResourceAsStream(name), StandardCharsets.UTF_8);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
