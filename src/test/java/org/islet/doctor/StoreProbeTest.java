package org.islet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.format.Sha256;
import org.islet.store.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {

  @TempDir private Path home;

  private Finding found() {
    return new StoreProbe(Optional.empty(), data()).look().get(0);
  }

  private Path data() {
    return home.resolve("data");
  }

  /** The files of the record and a digest of what is in each. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(data())) {
      for (Path file : all.toList()) {
        files.put(file.toString(), new Sha256().add(file).toHex());
      }
    }
    return files;
  }

  @Test
  void a_home_without_a_record_is_ok_and_stays_without_one() {
    assertEquals(
        Finding.ok(
            "database",
            "H2, none in %s yet; the service makes it when it starts".formatted(data())),
        found());
    assertFalse(Files.exists(data()));
  }

  @Test
  void a_record_that_nobody_has_open_is_read_and_stays_as_it_is() throws IOException {
    Database.serve(data()).close();
    Map<String, String> before = files();
    assertEquals(
        Finding.ok("database", "H2 in %s, in the form of V4__off_peak.sql".formatted(data())),
        found());
    assertEquals(before, files());
  }

  @Test
  void a_record_that_a_service_has_open_is_asked_through_it() {
    Database service = Database.serve(data());
    try {
      assertEquals(
          Finding.ok(
              "database",
              "H2 in %s, in the form of V4__off_peak.sql, open in a service that runs"
                  .formatted(data())),
          found());
    } finally {
      service.close();
    }
  }

  @Test
  void the_record_of_a_newer_islet_is_wrong() throws SQLException {
    Database.serve(data()).close();
    try (var connection =
            DriverManager.getConnection("jdbc:h2:file:" + data().resolve("store"), "sa", "");
        var statement = connection.createStatement()) {
      statement.execute(
          "update \"islet_schema\" set \"script\" = 'V9__later.sql' where \"script\" like 'V4%'");
    }
    assertEquals(
        Finding.wrong(
            "database",
            "H2 in %s, in the form of V9__later.sql, which is that of a newer Islet"
                .formatted(data()),
            "Use that Islet, or another --home or islet.store.url."),
        found());
  }

  @Test
  void a_file_that_is_no_database_is_wrong() throws IOException {
    Files.createDirectories(data());
    Files.writeString(data().resolve("store.mv.db"), "no database");
    assertEquals(Verdict.WRONG, found().verdict());
  }

  @Test
  void an_address_that_is_none_of_postgresql_is_wrong() {
    Database.Address address = new Database.Address("jdbc:mysql://u:s3cret@db/x", "u", "s3cret");
    Finding found = new StoreProbe(Optional.of(address), data()).look().get(0);
    assertEquals(Verdict.WRONG, found.verdict());
    assertFalse(found.toString().contains("s3cret"), found.toString());
  }
}
