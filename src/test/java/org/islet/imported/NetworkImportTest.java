package org.islet.imported;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkImportTest {

  /** 2²⁸ channels, of which a card cannot tell the memory. */
  private static final String TOO_LARGE =
      """
      purpose: Finds nothing.
      licence: MIT
      input: {axes: SAR, divisor: 1, min: 0, max: 1}
      layers:
        a: {channels: 65536, kernel: 1}
        b: {kind: concatenation, inputs: [a, a, a, a, a, a, a, a]}
        c: {kind: concatenation, inputs: [b, b, b, b, b, b, b, b]}
        d: {kind: concatenation, inputs: [c, c, c, c, c, c, c, c]}
        e: {kind: concatenation, inputs: [d, d, d, d, d, d, d, d]}
      output: {kind: argmax, channel: 0}
      """;

  @TempDir private Path folder;

  @Test
  void a_model_that_cannot_be_written_leaves_no_version_whatever_the_reason() throws IOException {
    Path yaml = Files.writeString(folder.resolve("net.yaml"), TOO_LARGE);
    Path npz =
        new Archives()
            .with("a.weight", List.of(65536, 1, 1, 1, 1), new float[65536])
            .with("a.bias", List.of(65536), new float[65536])
            .write(folder.resolve("net.npz"));
    NetworkImport network = NetworkImport.read(yaml, npz, null);
    Path name = folder.resolve("models/net");
    assertThrows(ArithmeticException.class, () -> network.write(name));
    assertArrayEquals(new String[0], folder.resolve("models").toFile().list());
  }
}
