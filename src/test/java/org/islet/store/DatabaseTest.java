package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {

  @TempDir Path folder;

  private static List<String> shut(Database database) {
    return new JobStore(database).pauses().reason("folder").stream().toList();
  }

  @Test
  void a_visitor_reaches_the_store_through_the_process_that_serves_it() {
    try (Database served = Database.serve(folder)) {
      new JobStore(served).pauses().set("folder", Optional.of("why"));
      try (Database visit = Database.visit(folder)) {
        assertEquals(List.of("why"), shut(visit));
      }
    }
  }

  @Test
  void a_visitor_opens_the_store_itself_where_nobody_serves_it() throws Exception {
    try (Database served = Database.serve(folder)) {
      new JobStore(served).pauses().set("folder", Optional.of("why"));
    }
    Files.writeString(folder.resolve("store.address"), "port=1\nsecret=stale\n");
    try (Database visit = Database.visit(folder)) {
      assertEquals(List.of("why"), shut(visit));
    }
  }

  private static MVStore file(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore();
  }

  /** Ends a store's file under its database, as H2 does by itself when the disk is full. */
  private static void giveUp(MVStore file, boolean panic) {
    if (panic) {
      assertThrows(
          MVStoreException.class,
          () -> file.panic(new MVStoreException(DataUtils.ERROR_WRITING_FAILED, "No space left.")));
    } else {
      file.closeImmediately();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_store_whose_file_was_given_up_under_it_is_opened_again(boolean panic) throws Exception {
    try (Database served = Database.serve(folder)) {
      new JobStore(served).pauses().set("folder", Optional.of("why"));
      try (Connection open = served.source().getConnection()) {
        try (Connection connection = served.source().getConnection()) {
          giveUp(file(connection), panic);
        }
        new JobStore(served).pauses().set("queue", Optional.of("why not"));
        assertThrows(SQLException.class, () -> open.createStatement().execute("select 1"));
      }
      assertEquals(List.of("why"), shut(served));
    }
    try (Database again = Database.serve(folder)) {
      assertEquals(Optional.of("why not"), new JobStore(again).pauses().reason("queue"));
    }
  }

  /**
   * How often a database was told to bring what was committed to the disk. It would answer the same
   * question from memory as long as no table changes.
   */
  private static int syncs(Database database) throws SQLException {
    try (Connection connection = database.source().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select sum(execution_count) from information_schema.query_statistics where"
                    + " sql_statement = 'checkpoint sync' and %d > 0"
                        .formatted(System.nanoTime()))) {
      assertTrue(row.next());
      return row.getInt(1);
    }
  }

  @Test
  void what_a_visitor_changes_is_brought_to_the_disk_as_what_the_service_does() throws Exception {
    try (Database served = Database.serve(folder);
        Connection connection = served.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set query_statistics true");
      try (Database visit = Database.visit(folder)) {
        new JobStore(visit).pauses().set("folder", Optional.of("why"));
        assertEquals(1, syncs(served));
        new JobStore(visit).callOff("nothing");
        new JobStore(visit).redrive("nothing");
      }
      assertEquals(3, syncs(served));
    }
    try (Database visit = Database.visit(folder);
        Connection connection = visit.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set query_statistics true");
      new JobStore(visit).pauses().set("folder", Optional.empty());
      assertEquals(1, syncs(visit));
    }
  }

  @Test
  void a_store_that_a_newer_islet_wrote_is_refused() throws Exception {
    try (Database served = Database.serve(folder);
        Connection connection = served.source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into "islet_schema" ("installed_rank", "version", "description", "type", "script",
              "installed_by", "execution_time", "success")
          values (9, '9', 'later', 'SQL', 'V9__later.sql', 'sa', 1, true)
          """);
      connection.commit();
    }
    StoreException e = assertThrows(StoreException.class, () -> Database.serve(folder));
    assertEquals(
        "The store was changed by a newer Islet (V9__later.sql). Use that one, or another --home or islet.store.url.",
        e.getMessage());
  }

  @Test
  void the_address_is_for_its_user_alone_and_of_no_use_without_the_secret() throws Exception {
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions here");
    try (Database served = Database.serve(folder)) {
      assertEquals(List.of(), shut(served));
      Path address = folder.resolve("store.address");
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(address)));
      Properties written = new Properties();
      try (var in = Files.newInputStream(address)) {
        written.load(in);
      }
      String guessed = "jdbc:h2:tcp://127.0.0.1:%s/guessed".formatted(written.getProperty("port"));
      Properties sa = new Properties();
      sa.setProperty("user", "sa");
      assertThrows(SQLException.class, () -> new org.h2.Driver().connect(guessed, sa));
    }
  }

  @Test
  void it_listens_on_loopback_alone() throws Exception {
    try (Database served = Database.serve(folder)) {
      assertEquals(List.of(), shut(served));
      Properties address = new Properties();
      try (var in = Files.newInputStream(folder.resolve("store.address"))) {
        address.load(in);
      }
      int port = Integer.parseInt(address.getProperty("port"));
      new Socket(InetAddress.getLoopbackAddress(), port).close();
      Optional<InetAddress> outward =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
              .findFirst();
      assumeTrue(outward.isPresent(), "this machine has no address but loopback's");
      assertThrows(java.io.IOException.class, () -> new Socket(outward.get(), port).close());
    }
  }

  @Test
  void a_second_process_on_the_same_folder_is_told_so() throws Exception {
    try (Database served = Database.serve(folder)) {
      assertEquals(List.of(), shut(served));
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process second =
          new ProcessBuilder(
                  java,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Opener.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, second.waitFor(), said);
      assertTrue(said.contains("in use by another Islet"), said);
    }
    assertFalse(Files.exists(folder.resolve("store.address")));
  }

  /** Opens a store to serve it, in a process of its own. */
  static final class Opener {
    public static void main(String[] folder) {
      try {
        Database.serve(Path.of(folder[0])).close();
      } catch (StoreException e) {
        System.out.println(e.getMessage());
        System.exit(1);
      }
    }
  }

  @Test
  void a_home_that_h2_cannot_take_is_refused_in_words() {
    StoreException semicolon =
        assertThrows(StoreException.class, () -> Database.serve(folder.resolve("a;b")));
    assertTrue(semicolon.getMessage().contains("';'"), semicolon.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://h/d?password=sekret, jdbc:mysql",
    "postgresql://u:sekret@127.0.0.1/islet, postgresql",
    "jdbc:mysql://u:a@sekret?sekret@h/d, jdbc:mysql",
    "u:sekret@127.0.0.1, u"
  })
  void an_address_of_another_kind_is_refused_without_the_password_in_it(String url, String told) {
    assertEquals(
        "islet.store.url must begin with jdbc:postgresql:, such as jdbc:postgresql://host/islet, but begins with"
            + " '%s'.".formatted(told),
        assertThrows(
                StoreException.class, () -> Database.postgres(new Database.Address(url, "u", "")))
            .getMessage());
  }
}
