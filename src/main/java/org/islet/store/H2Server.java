package org.islet.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.h2.tools.Server;

/**
 * Lets other processes of the same user on the same machine reach an H2 database that this process
 * has opened. It listens on loopback alone; where, and the secret without which nothing can be
 * asked of it, is in a file that only this user can read.
 */
final class H2Server implements AutoCloseable {

  private static final String NAME = "store";
  private static final String ADDRESS = "store.address";
  private static final int SECRET_BYTES = 16;
  private static final int PATIENCE_MS = 500;

  static {
    // H2 reads it once, when its network code is loaded; without, it listens everywhere.
    System.setProperty("h2.bindAddress", "127.0.0.1");
  }

  private final Server server;
  private final Path address;

  private H2Server(Server server, Path address) {
    this.server = server;
    this.address = address;
  }

  /** Whether there is a database in a folder, or may be, as this user may not look into it. */
  static boolean isIn(Path folder) {
    return !Files.notExists(folder.resolve(NAME + ".mv.db"));
  }

  /** The URL for the process that opens the database itself. */
  static String embeddedUrl(Path folder) {
    Path file = folder.toAbsolutePath().normalize().resolve(NAME);
    if (file.toString().contains(";")) {
      throw new StoreException(
          "The path of the home holds a ';', which H2 cannot take. Take another --home.");
    }
    // What is committed is given to the system at once, so that it survives the process.
    return "jdbc:h2:file:"
        + file
        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000;TRACE_LEVEL_FILE=0";
  }

  /** The URL through the process that serves a folder's database; nothing if none does. */
  static Optional<String> urlOf(Path folder) {
    Path file = folder.resolve(ADDRESS);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      Properties address = new Properties();
      try (var in = Files.newInputStream(file)) {
        address.load(in);
      }
      int port = Integer.parseInt(address.getProperty("port"));
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
      }
      return Optional.of(
          "jdbc:h2:tcp://127.0.0.1:%d/%s".formatted(port, address.getProperty("secret")));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  static H2Server start(Path folder) {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    String secret = HexFormat.of().formatHex(bytes);
    String database = folder.toAbsolutePath().normalize().resolve(NAME).toString();
    try {
      Server server =
          Server.createTcpServer(
                  "-tcpPort", "0", "-tcpDaemon", "-ifExists", "-key", secret, database)
              .start();
      return new H2Server(server, write(folder, server.getPort(), secret));
    } catch (SQLException | IOException e) {
      throw unserved(folder, e);
    }
  }

  private static StoreException unserved(Path folder, Exception e) {
    return new StoreException(
        "The store in %s cannot be served: %s".formatted(folder, StoreTrouble.of(e)), e);
  }

  private static Path write(Path folder, int port, String secret) throws IOException {
    Path file = folder.resolve(ADDRESS);
    Path part = folder.resolve("." + ADDRESS + ".part");
    Files.deleteIfExists(part);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(part, "port=%d%nsecret=%s%n".formatted(port, secret));
    return Files.move(
        part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    server.stop();
    try {
      Files.deleteIfExists(address);
    } catch (IOException e) {
      // A stale one is found out when nobody answers there.
    }
  }
}
