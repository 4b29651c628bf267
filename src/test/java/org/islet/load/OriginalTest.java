package org.islet.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.islet.format.CtFiles;
import org.islet.format.InputRefusedException;
import org.islet.format.NiftiReader;
import org.islet.format.NiftiWriter;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class OriginalTest {

  private static final NiftiReader READER = new NiftiReader(1L << 20);
  private static final Size SIZE = new Size(5, 4, 3);

  private static Path folder;

  @BeforeContainer
  static void make() throws IOException {
    folder = Files.createTempDirectory("islet-original");
  }

  @AfterContainer
  static void delete() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static Volume ct(long seed) {
    Random random = new Random(seed);
    short[] hu = new short[SIZE.count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (random.nextInt(2000) - 1000);
    }
    return Volume.of(new Geometry(SIZE, Affine.scaling(0.7, 0.8, 2, -10, 20, 30)), hu);
  }

  private static Path written(String name, long seed) throws IOException {
    Path file = folder.resolve(name);
    NiftiWriter.write(file, ct(seed));
    return file;
  }

  private static Path copied(Path original, String mark) throws IOException {
    Path copy = folder.resolve("copy-" + mark.hashCode());
    Files.deleteIfExists(copy);
    try (Original of = Original.open(original)) {
      of.copy(copy, mark);
      assertTrue(Files.size(copy) <= of.length());
    }
    return copy;
  }

  @Provide
  Arbitrary<List<String>> twoMarks() {
    Arbitrary<String> mark = Arbitraries.strings().withCharRange('-', 'z').ofMaxLength(80);
    return Combinators.combine(mark, mark).as(List::of).filter(m -> !m.get(0).equals(m.get(1)));
  }

  @Property(tries = 200)
  void copies_have_the_voxels_and_the_grid_of_the_original_and_other_bytes(
      @ForAll("twoMarks") List<String> marks, @ForAll long seed, @ForAll boolean gzip)
      throws IOException {
    Path original = written(gzip ? "o.nii.gz" : "o.nii", seed);
    Volume expected = READER.readCt(original);
    Path one = copied(original, marks.get(0));
    Path other = folder.resolve("other");
    Files.move(one, other);
    one = other;
    Path two = copied(original, marks.get(1));
    assertNotEquals(CtFiles.sha256(one), CtFiles.sha256(two));
    for (Path copy : List.of(one, two)) {
      Volume read = READER.readCt(copy);
      assertEquals(expected.geometry(), read.geometry());
      assertArrayEquals(expected.toFloats(), read.toFloats());
    }
    Files.delete(one);
  }

  @Example
  void a_nifti_2_file_gets_another_description_in_its_own_place() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(544).order(ByteOrder.BIG_ENDIAN);
    header.putInt(0, 540);
    Path file = Files.write(folder.resolve("two.nii"), header.array());
    byte[] copy = Files.readAllBytes(copied(file, "run-7"));
    assertEquals(544, copy.length);
    assertEquals("run-7", new String(copy, 240, 5, StandardCharsets.US_ASCII));
    Arrays.fill(copy, 240, 320, (byte) 0);
    assertArrayEquals(header.array(), copy);
  }

  @Example
  void what_a_description_said_of_a_patient_is_in_no_copy() throws IOException {
    byte[] bytes = Files.readAllBytes(written("p.nii", 1));
    byte[] patient = "Doe^John ".repeat(8).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(patient, 0, bytes, 148, patient.length);
    Path copy = copied(Files.write(folder.resolve("p.nii"), bytes), "m");
    assertTrue(!Files.readString(copy, StandardCharsets.ISO_8859_1).contains("Doe"));
  }

  @Example
  void a_damaged_file_is_as_damaged_in_its_copy() throws IOException {
    byte[] bytes = Files.readAllBytes(written("d.nii.gz", 1));
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2));
    InputRefusedException e =
        assertThrows(InputRefusedException.class, () -> READER.readCt(copied(cut, "m")));
    assertEquals("truncated", e.code());
  }

  @Example
  void nothing_is_overwritten_and_what_is_no_ct_is_not_taken() throws IOException {
    Path ct = written("n.nii", 1);
    try (Original original = Original.open(ct)) {
      assertThrows(FileAlreadyExistsException.class, () -> original.copy(ct, "m"));
      assertEquals(".nii", original.ending());
      assertThrows(
          IllegalArgumentException.class,
          () -> original.copy(folder.resolve("long"), "m".repeat(81)));
    }
    for (String other : List.of("", "no", "notes of somebody")) {
      Path file = Files.writeString(folder.resolve("other.txt"), other);
      assertThrows(IllegalArgumentException.class, () -> Original.open(file), other);
    }
  }
}
