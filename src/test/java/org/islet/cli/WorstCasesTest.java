package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.evaluate.ReportFolder.Picture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorstCasesTest {

  @TempDir private Path folder;
  private final List<String> drawn = new ArrayList<>();

  private void offer(WorstCases worst, String name, double dsc) throws IOException {
    worst.offer(
        name,
        dsc,
        () -> {
          drawn.add(name);
          return name.getBytes(StandardCharsets.US_ASCII);
        });
  }

  @Test
  void keeps_the_worst_of_all_and_draws_no_more_than_it_must() throws IOException {
    WorstCases worst = new WorstCases(2);
    offer(worst, "a", 0.8);
    offer(worst, "b", 0.5);
    offer(worst, "c", 0.9);
    offer(worst, "d", 0.6);
    assertEquals(
        List.of(
            new Picture("worst-1.png", "b, DSC 50.00"), new Picture("worst-2.png", "d, DSC 60.00")),
        worst.write(folder));
    assertArrayEquals(new byte[] {'b'}, Files.readAllBytes(folder.resolve("worst-1.png")));
    assertEquals(List.of("a", "b", "d"), drawn);
  }

  @Test
  void none_are_drawn_where_none_are_wanted() throws IOException {
    WorstCases worst = new WorstCases(0);
    offer(worst, "a", 0);
    assertEquals(List.of(), worst.write(folder));
    assertEquals(List.of(), drawn);
  }
}
