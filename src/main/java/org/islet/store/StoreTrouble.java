package org.islet.store;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What people are told of a failure of the database: one line, without what is inside a library.
 */
final class StoreTrouble {

  /** H2 gives another process no more of a failure to write than its text. */
  private static final Pattern UNWRITTEN =
      Pattern.compile("No space left on device|Writing to \\S+ failed");

  /** What H2 ends a message with, such as {@code [90098-240]}. */
  private static final Pattern CODE = Pattern.compile(" \\[\\d+-\\d+]$");

  private static final Map<Integer, String> OF_H2 =
      Map.of(
          ErrorCode.DATABASE_ALREADY_OPEN_1,
          "another process has its file open",
          ErrorCode.DATABASE_IS_CLOSED,
          "it was closed, as when the disk is full or the service ends",
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          "it was closed, as the service ends",
          ErrorCode.CONNECTION_BROKEN_1,
          "the connection to the service was lost");

  private StoreTrouble() {}

  static String of(Throwable failure) {
    return ofServer(failure)
        .or(() -> ofAccess(failure))
        .or(() -> ofDisk(failure))
        .or(() -> ofH2(failure))
        .orElseGet(() -> ofRoot(Causes.root(failure)));
  }

  /** What the server of PostgreSQL says, without where in its own sources it does. */
  private static Optional<String> ofServer(Throwable failure) {
    return all(failure, PSQLException.class)
        .map(PSQLException::getServerErrorMessage)
        .filter(Objects::nonNull)
        .map(ServerErrorMessage::getMessage)
        .filter(Objects::nonNull)
        .map(StoreTrouble::line)
        .findFirst();
  }

  private static Optional<String> ofAccess(Throwable failure) {
    return all(failure, AccessDeniedException.class)
        .map(
            e ->
                "this user may not read and write %s. Where it belongs to an Islet of another user, ask as that user."
                    .formatted(e.getFile()))
        .findFirst();
  }

  private static Optional<String> ofDisk(Throwable failure) {
    return all(failure, Throwable.class)
        .map(Throwable::getMessage)
        .filter(message -> message != null && UNWRITTEN.matcher(message).find())
        .map(
            message ->
                "its file cannot be written. Look at the space on the disk of the home's data.")
        .findFirst();
  }

  private static Optional<String> ofH2(Throwable failure) {
    return all(failure, SQLException.class)
        .map(e -> OF_H2.get(e.getErrorCode()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static String ofRoot(Throwable root) {
    if (root.getMessage() != null && !root.getMessage().isBlank()) {
      return line(root.getMessage());
    }
    boolean lost =
        root instanceof EOFException
            || root instanceof SocketException
            || root instanceof SocketTimeoutException;
    return lost ? "the connection was lost" : root.getClass().getSimpleName();
  }

  private static String line(String message) {
    String first = message.strip().lines().findFirst().orElse("");
    return CODE.matcher(first).replaceFirst("");
  }

  /** Those of a kind among a failure, its causes, and what failed beside each of them. */
  private static <T extends Throwable> Stream<T> all(Throwable failure, Class<T> kind) {
    return Causes.of(failure)
        .flatMap(
            cause ->
                Stream.concat(
                    Stream.of(cause), Stream.of(cause.getSuppressed()).flatMap(Causes::of)))
        .filter(kind::isInstance)
        .map(kind::cast);
  }
}
