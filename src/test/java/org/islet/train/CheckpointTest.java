package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.islet.format.WholeFile;
import org.islet.train.LearntWeights.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

class CheckpointTest {

  @TempDir private Path folder;

  private static Checkpoint checkpoint(int step) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    arrays.put("b/filter", new Array(Shape.of(1, 2, 3), new float[] {1, 2, 3, 4, 5, step}));
    arrays.put("adam/power-1", new Array(Shape.scalar(), new float[] {0.9f}));
    return new Checkpoint(step, new EpochSums(3, 1.5, 0.1 + 0.2, 1e-9), new LearntWeights(arrays));
  }

  @Test
  void comes_back_as_it_was_written() throws IOException {
    Path file = folder.resolve("checkpoint");
    checkpoint(7).write(file);
    checkpoint(42).write(file);
    Checkpoint read = Checkpoint.read(file);
    assertEquals(42, read.step());
    assertEquals(new EpochSums(3, 1.5, 0.1 + 0.2, 1e-9), read.epoch());
    assertEquals(List.of("b/filter", "adam/power-1"), List.copyOf(read.state().arrays().keySet()));
    assertEquals(Shape.of(1, 2, 3), read.state().get("b/filter").shape());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 42}, read.state().get("b/filter").values());
    assertEquals(Shape.scalar(), read.state().get("adam/power-1").shape());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(file), left.toList());
    }
  }

  @Test
  void cut_short_anywhere_it_is_refused() throws IOException {
    Path file = folder.resolve("checkpoint");
    checkpoint(7).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      String message = assertThrows(IOException.class, () -> Checkpoint.read(file)).getMessage();
      assertEquals(
          file + " is cut short. Put back a copy of it, or delete it to begin this network again.",
          message,
          "of " + length + " bytes");
    }
  }

  @Test
  void with_any_byte_changed_it_is_refused() throws IOException {
    Path file = folder.resolve("checkpoint");
    checkpoint(7).write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 4;
      Files.write(file, changed);
      assertThrows(IOException.class, () -> Checkpoint.read(file), "byte " + i);
    }
    byte[] other = whole.clone();
    other[0] = 'J';
    Files.write(file, other);
    String message = assertThrows(IOException.class, () -> Checkpoint.read(file)).getMessage();
    assertTrue(message.contains("is no checkpoint of this version of Islet. Put back"), message);
  }

  @Test
  void what_cannot_be_written_leaves_the_one_before() throws IOException {
    Path file = folder.resolve("checkpoint");
    checkpoint(7).write(file);
    Files.createDirectory(WholeFile.part(file));
    assertThrows(IOException.class, () -> checkpoint(8).write(file));
    assertEquals(7, Checkpoint.read(file).step());
  }
}
