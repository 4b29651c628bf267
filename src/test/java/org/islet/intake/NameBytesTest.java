package org.islet.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameBytesTest {

  @TempDir Path folder;

  /** A name as its UTF-8 bytes, one char for each. */
  private static String bytes(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.nii.gz", "with space", "100%", "a%41", "Müller Ω 膵臓.nii", "a\nb", "~"})
  void a_name_goes_to_a_file_and_back(String name) throws Exception {
    Path file = Files.createFile(NameBytes.in(folder, bytes(name)));
    assertEquals(bytes(name), NameBytes.of(file));
    assertEquals(file, NameBytes.beside(folder.resolve("other"), bytes(name)));
  }

  @Test
  void bytes_that_are_no_characters_stay_as_they_are() throws Exception {
    String name = "a\u00ff\u00fe b.nii";
    Files.createFile(NameBytes.in(folder, name));
    try (Stream<Path> files = Files.list(folder)) {
      Path found = files.findFirst().orElseThrow();
      assertEquals(name, NameBytes.of(found));
      Path beside = Files.createFile(NameBytes.beside(found, name + ".done"));
      assertEquals(name + ".done", NameBytes.of(beside));
    }
  }
}
