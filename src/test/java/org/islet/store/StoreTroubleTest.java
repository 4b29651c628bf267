package org.islet.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class StoreTroubleTest {

  private static final String FULL =
      "its file cannot be written. Look at the space on the disk of the home's data.";

  private static void assertTold(String words, Throwable cause) {
    assertEquals(words, StoreTrouble.of(new IllegalStateException("around it", cause)));
  }

  @Test
  void a_failure_without_words_is_told_by_its_kind() {
    assertTold("the connection was lost", new EOFException());
    assertTold("the connection was lost", new java.net.SocketTimeoutException());
    assertTold("ArithmeticException", new ArithmeticException());
  }

  @Test
  void a_full_disk_is_told_as_such_here_and_from_another_process() {
    assertTold(FULL, new IOException("No space left on device"));
    assertTold(
        FULL,
        new SQLException(
            "General error: \"org.h2.mvstore.MVStoreException: Writing to sun.nio.ch.FileChannelImpl@50e35be2"
                + " failed; length 12288 at 323584 [2.4.240/2]\" [50000-240]",
            "HY000",
            50000));
    SQLException closed = new SQLException("The database has been closed [90098-240]", "", 90098);
    closed.addSuppressed(
        new MVStoreException(
            DataUtils.ERROR_WRITING_FAILED, "Writing to /d/store.mv.db failed; length 1"));
    assertTold(FULL, closed);
  }

  @ParameterizedTest
  @CsvSource({
    "90098, 'it was closed, as when the disk is full or the service ends'",
    "90067, the connection to the service was lost",
    "90020, another process has its file open",
    "50000, Something of H2"
  })
  void what_h2_says_is_put_into_words(int code, String words) {
    assertTold(words, new SQLException("Something of H2 [%d-240]".formatted(code), "", code));
  }

  @Test
  void a_server_is_quoted_without_where_in_its_sources_it_says_so() {
    assertTold(
        "database \"x\" does not exist",
        new PSQLException(
            new ServerErrorMessage(
                "SFATAL\0VFATAL\0C3D000\0Mdatabase \"x\" does not exist\0Fpostinit.c\0RInitPostgres\0")));
    assertTold(
        "The server said much.", new SQLException("The server said much.\n  Location: a.c", ""));
  }

  @Test
  void what_this_user_may_not_is_told_with_what_to_do() {
    assertTold(
        "this user may not read and write /h/data/store.mv.db. Where it belongs to an Islet of another user, ask"
            + " as that user.",
        new AccessDeniedException("/h/data/store.mv.db"));
  }
}
