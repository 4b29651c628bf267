package org.islet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.Pancreases;
import org.islet.dataset.PhantomDataSet;
import org.islet.format.NiftiReader;
import org.islet.volume.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PhantomCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path folder;

  @Test
  void writes_pairs_of_the_same_name_and_prints_the_images() {
    assertEquals(0, run("--out", folder.toString(), "--count", "2", "--size", "16,16,8"));
    for (String name : new String[] {"phantom-0001.nii.gz", "phantom-0002.nii.gz"}) {
      assertTrue(Files.exists(folder.resolve("images").resolve(name)));
      assertTrue(Files.exists(folder.resolve("labels").resolve(name)));
    }
    String[] lines = out.toString().lines().toArray(String[]::new);
    assertEquals(2, lines.length);
    assertEquals(folder.resolve("images").resolve("phantom-0002.nii.gz").toString(), lines[1]);
  }

  @Test
  void a_longer_series_begins_with_the_shorter_one() throws IOException {
    Path shorter = folder.resolve("a");
    Path longer = folder.resolve("b");
    run("--out", shorter.toString(), "--count", "1", "--seed", "9", "--size", "16,16,8");
    run("--out", longer.toString(), "--count", "3", "--seed", "9", "--size", "16,16,8");
    Path first = Path.of("images", "phantom-0001.nii.gz");
    assertArrayEquals(
        Files.readAllBytes(shorter.resolve(first)), Files.readAllBytes(longer.resolve(first)));
  }

  @Test
  void varied_phantoms_are_those_that_train() throws Exception {
    assertEquals(0, run("--out", folder.toString(), "--seed", "9", "--varied"));
    LabelledCt trains = new PhantomDataSet(9, 5, Pancreases.NONE).read("phantom-0001");
    NiftiReader reader = new NiftiReader(NiftiReader.AMPLE_BYTES);
    Path name = Path.of("phantom-0001.nii.gz");
    Mask label = reader.readMask(folder.resolve("labels").resolve(name), 1);
    assertTrue(label.geometry().matches(trains.ct().geometry()));
    assertArrayEquals(trains.organ().toBytes(), label.toBytes());
    assertArrayEquals(
        trains.ct().shorts().orElseThrow(),
        reader.readCt(folder.resolve("images").resolve(name)).shorts().orElseThrow());
  }

  @Test
  void refuses_to_overwrite_and_leaves_the_file_alone() throws IOException {
    Path label = folder.resolve("labels").resolve("phantom-0002.nii.gz");
    Files.createDirectories(label.getParent());
    Files.writeString(label, "mine");
    assertEquals(2, run("--out", folder.toString(), "--count", "2", "--size", "16,16,8"));
    assertEquals("mine", Files.readString(label));
    assertTrue(Files.notExists(folder.resolve("images")));
    assertTrue(err.toString().contains("exists already"), err::toString);
  }

  @Test
  void refuses_sizes_and_spacings_that_are_not_three_usable_numbers() {
    assertEquals(2, run("--out", folder.toString(), "--size", "16,16"));
    assertEquals(2, run("--out", folder.toString(), "--size", "16,0,16"));
    assertEquals(2, run("--out", folder.toString(), "--size", "16,16,8", "--spacing", "1,1,0"));
    assertEquals(2, run("--out", folder.toString(), "--count", "0"));
    assertEquals(2, run("--out", folder.toString(), "--size", "16,16,8", "--varied"));
    assertTrue(Files.notExists(folder.resolve("images")));
  }

  @Test
  void says_in_a_sentence_that_it_cannot_write() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");
    assertEquals(1, run("--out", file.toString(), "--size", "16,16,8"));
    assertTrue(err.toString().startsWith("Could not write to"), err::toString);
  }

  private int run(String... arguments) {
    return new CommandLine(new PhantomCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
