package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {

  /** FIPS 180-4's example: the message "abc". */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  @Test
  void agrees_with_the_standards_example() throws IOException {
    assertEquals(OF_ABC, Sha256.of(Files.writeString(folder.resolve("abc"), "abc")));
  }

  @Test
  void joins_texts_and_files_in_their_order() throws IOException {
    Path c = Files.writeString(folder.resolve("c"), "c");
    assertEquals(OF_ABC, new Sha256().add("ab").add(c).toHex());
  }
}
