package org.islet.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.islet.disk.Disk;

/** A spoilt result is found out by sentences; nothing else comes of it. */
class ResultMutationTest {

  private static final List<String> FILES =
      List.of("manifest.json", "mask.nii.gz", "preview.png", "result.json");

  private static Path root;
  private static Path result;

  @BeforeContainer
  static void publish() throws IOException {
    root = Files.createTempDirectory("results");
    result =
        new ResultFolder(root)
            .publish(Published.segmentation("abc"), () -> true)
            .orElseThrow()
            .folder();
  }

  @AfterContainer
  static void remove() throws IOException {
    Disk.delete(root);
  }

  private static void assertFound(String name, byte[] changed) throws IOException {
    Path file = result.resolve(name);
    byte[] right = Files.readAllBytes(file);
    try {
      Files.write(file, changed);
      List<String> problems = ResultCheck.of(result).problems();
      assertFalse(problems.isEmpty());
      problems.forEach(problem -> assertTrue(problem.endsWith("."), problem));
    } finally {
      Files.write(file, right);
    }
    assertEquals(List.of(), ResultCheck.of(result).problems());
  }

  @Property(tries = 600)
  void any_byte_that_is_changed_in_any_file(
      @ForAll @IntRange(max = 3) int file,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 255) int change)
      throws IOException {
    byte[] bytes = Files.readAllBytes(result.resolve(FILES.get(file)));
    bytes[random.nextInt(bytes.length)] ^= (byte) change;
    assertFound(FILES.get(file), bytes);
  }

  @Property(tries = 200)
  void a_file_that_is_cut_or_lengthened(@ForAll @IntRange(max = 3) int file, @ForAll Random random)
      throws IOException {
    byte[] bytes = Files.readAllBytes(result.resolve(FILES.get(file)));
    int length = random.nextInt(bytes.length + 20);
    assertFound(FILES.get(file), Arrays.copyOf(bytes, length == bytes.length ? 0 : length));
  }

  @Property(tries = 200)
  void any_bytes_for_a_file(@ForAll @IntRange(max = 3) int file, @ForAll byte[] bytes)
      throws IOException {
    assertFound(FILES.get(file), bytes);
  }
}
