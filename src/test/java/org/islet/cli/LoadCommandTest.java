package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.islet.queue.BrokerSettings;
import org.islet.queue.EmbeddedBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {

  private static final String PORT = "islet.queue.port";

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forgetPort() {
    System.clearProperty(PORT);
  }

  private int load(String... arguments) {
    List<String> all = new ArrayList<>(List.of("load", "--home", home.toString()));
    all.addAll(List.of(arguments));
    err.getBuffer().setLength(0);
    return Islet.commandLine(() -> null)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private void assertUsage(String expected, String... arguments) {
    assertEquals(2, load(arguments), err::toString);
    assertTrue(err.toString().startsWith(expected), err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void wrong_usage_is_told_before_anything_is_done() {
    assertUsage("--cases: from 1 to 1000000 requests can be sent, not 0.", "--cases=0");
    assertUsage("--rate: from 0 to 1000000 a second were expected, not -1.0.", "--rate=-1");
    assertUsage("--rate: from 0 to 1000000 a second were expected, not NaN.", "--rate=NaN");
    assertUsage("--in-flight: at least 1 was expected, not 0.", "--in-flight=0");
    assertUsage("--size: it is of phantoms", "--size=64,64,40", "ct.nii");
    assertUsage("Invalid value for option '--priority'", "--priority=soon");
    assertUsage("Invalid value for option '--timeout'", "--timeout=0s");
  }

  @Test
  void a_broker_that_is_not_there_is_told() {
    System.setProperty(PORT, "1");
    assertEquals(1, load());
    assertTrue(
        err.toString()
            .matches("(?s)The broker cannot be reached \\(.*\\)\\. Start the service, or set .*"),
        err::toString);
  }

  @Test
  void a_folder_and_cts_that_cannot_be_are_told_and_nothing_stays() throws IOException {
    Path inputs = Files.createDirectory(home.resolve("in"));
    Path notes = Files.writeString(home.resolve("notes.txt"), "notes");
    try (EmbeddedBroker broker =
        new EmbeddedBroker(
            new BrokerSettings(
                home.resolve("broker"),
                "127.0.0.1",
                0,
                "",
                "",
                Set.of("islet.requests", "islet.requests.dead"),
                Set.of("islet.events")))) {
      System.setProperty(PORT, String.valueOf(broker.port()));
      assertUsage("There is no folder %s for the CTs.".formatted(home.resolve("inputs")));
      assertUsage(
          "%s cannot be copied as a CT (It begins as no NIfTI file does, and as no gzip file.)."
              .formatted(notes),
          "--inputs=" + inputs,
          notes.toString());
      assertUsage(
          "1000000 CTs at one time take ",
          "--inputs=" + inputs,
          "--in-flight=1000000",
          "--cases=1000000",
          huge().toString());
    }
    assertArrayEquals(new String[0], inputs.toFile().list());
  }

  /** A file that takes no room, and whose million copies would. */
  private Path huge() throws IOException {
    Path file = Files.write(home.resolve("huge.nii"), new byte[] {92, 1, 0, 0});
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(1), 4L << 30);
    }
    return file;
  }
}
