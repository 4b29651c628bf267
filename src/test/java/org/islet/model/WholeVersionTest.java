package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeVersionTest {

  @TempDir private Path models;

  private List<String> files(String folder) {
    return Arrays.stream(models.resolve(folder).toFile().list()).sorted().toList();
  }

  private static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("model.yaml"), "purpose: Finds nothing.");
  }

  @Test
  void a_version_is_hidden_until_it_is_whole() throws IOException {
    Path name = models.resolve("organ");
    Path version =
        WholeVersion.write(
            name,
            folder -> {
              write(folder);
              assertEquals(
                  List.of(".organ.%d.part".formatted(ProcessHandle.current().pid())), files(""));
            });
    assertEquals(name.resolve("1"), version);
    assertEquals(List.of("organ"), files(""));
    assertEquals(List.of("model.yaml"), files("organ/1"));
  }

  @Test
  void the_next_is_above_all_that_there_are_and_passes_by_a_file() throws IOException {
    Path name = Files.createDirectory(models.resolve("organ"));
    Files.createDirectory(name.resolve("9"));
    Files.createFile(name.resolve("10"));
    assertEquals(name.resolve("11"), WholeVersion.write(name, WholeVersionTest::write));
    assertEquals(List.of("10", "11", "9"), files("organ"));
  }

  @Test
  void what_fails_leaves_nothing() throws IOException {
    Path name = models.resolve("organ");
    WholeVersion.Content full =
        folder -> {
          write(folder);
          throw new IOException("No space left on device");
        };
    assertThrows(IOException.class, () -> WholeVersion.write(name, full));
    assertArrayEquals(new String[0], models.toFile().list());
    WholeVersion.write(name, WholeVersionTest::write);
    assertThrows(IOException.class, () -> WholeVersion.write(name, full));
    assertEquals(List.of("1"), files("organ"));
  }

  @Test
  void what_cannot_be_renamed_leaves_no_folder_of_the_name() throws IOException {
    Path name = models.resolve("organ");
    assertThrows(IOException.class, () -> WholeVersion.write(name, WholeVersionTest::removeItself));
    assertArrayEquals(new String[0], models.toFile().list());
  }

  private static void removeItself(Path folder) throws IOException {
    Files.delete(folder);
  }

  @Test
  void what_processes_of_the_past_left_is_removed_and_all_else_stays() throws IOException {
    long gone = 4_999_999_999L;
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    long own = ProcessHandle.current().pid();
    String others = ".organ.%d.part".formatted(alive);
    String longer = ".organ.2.%d.part".formatted(gone);
    for (String old :
        List.of(
            ".organ.%d.part".formatted(gone), ".organ.%d.part".formatted(own), others, longer)) {
      write(Files.createDirectory(models.resolve(old)));
    }
    WholeVersion.write(models.resolve("organ"), WholeVersionTest::write);
    assertEquals(Set.of(longer, others, "organ"), Set.copyOf(files("")));
  }

  @Test
  void a_name_may_be_a_link(@TempDir Path elsewhere) throws IOException {
    Path real = Files.createDirectory(elsewhere.resolve("organ"));
    Path name = Files.createSymbolicLink(models.resolve("organ"), real);
    assertEquals(name.resolve("1"), WholeVersion.write(name, WholeVersionTest::write));
    assertEquals(List.of("model.yaml"), files("organ/1"));
    assertArrayEquals(new String[] {"organ"}, elsewhere.toFile().list());
  }
}
