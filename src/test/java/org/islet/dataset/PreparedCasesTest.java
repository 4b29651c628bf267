package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.dataset.PreparedCases.Outdated;
import org.islet.format.WholeFile;
import org.islet.volume.Affine;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedCasesTest {

  private static final Preparation COARSE = new Preparation.Coarse(4);
  private static final Preparation FINE = new Preparation.Fine(2);
  private static final List<Preparation> BOTH = List.of(COARSE, FINE);

  @TempDir private Path folder;

  private final TestData data = new TestData();
  private final List<String> told = new ArrayList<>();

  /** Cases in memory, which notes what is read. */
  private static final class TestData implements DataSet {

    final Map<String, LabelledCt> cases = new TreeMap<>();
    final Map<String, String> versions = new TreeMap<>();
    final List<String> read = new ArrayList<>();
    final List<Problem> problems = new ArrayList<>();

    void add(String id, int seed) {
      Geometry grid = new Geometry(new Size(21, 18, 13), Affine.scaling(0.7, 0.8, 2, -9, -8, -7));
      short[] hu = new short[grid.size().count()];
      for (int i = 0; i < hu.length; i++) {
        hu[i] = (short) ((i * 37 + seed * 101) % 600 - 250);
      }
      cases.put(
          id,
          new LabelledCt(
              Volume.of(grid, hu), Masks.filled(grid, new Box(4 + seed, 5, 3, 16, 11, 9))));
      versions.put(id, "version " + seed);
    }

    @Override
    public List<String> ids() {
      return List.copyOf(versions.keySet());
    }

    @Override
    public List<Problem> problems() {
      return problems;
    }

    @Override
    public LabelledCt read(String id) throws IOException {
      read.add(id);
      if (!cases.containsKey(id)) {
        throw new DataSetProblemsException(List.of(new Problem(Path.of(id), "it is spoilt.")));
      }
      return cases.get(id);
    }

    @Override
    public String fingerprint(String id) {
      return versions.get(id);
    }
  }

  @BeforeEach
  void twoCases() {
    data.add("a", 0);
    data.add("b", 1);
  }

  private PreparedCases prepare(List<Preparation> preparations) throws IOException {
    return prepare(preparations, Outdated.MADE_AGAIN);
  }

  private PreparedCases prepare(List<Preparation> preparations, Outdated outdated)
      throws IOException {
    return PreparedCases.of(
        data,
        preparations,
        folder,
        outdated,
        (id, done, of) -> told.add(id + " " + done + "/" + of));
  }

  private static void assertSame(PreparedCase expected, PreparedCase actual) {
    assertEquals(expected.geometry(), actual.geometry());
    assertArrayEquals(expected.input().toFloats(), actual.input().toFloats());
    assertArrayEquals(expected.truth().toBytes(), actual.truth().toBytes());
    assertEquals(expected.truthCount(), actual.truthCount());
  }

  @Test
  void what_is_kept_is_what_was_prepared_and_takes_no_heap() throws IOException {
    PreparedCases prepared = prepare(BOTH);
    for (String id : data.ids()) {
      for (Preparation preparation : BOTH) {
        PreparedCase kept = prepared.get(preparation, id);
        assertSame(preparation.apply(data.cases.get(id)), kept);
        assertTrue(kept.values().isDirect() && kept.inside().isDirect());
      }
    }
    assertEquals(List.of("a 1/2", "b 2/2"), told);
    var none = assertThrows(IllegalArgumentException.class, () -> prepared.get(COARSE, "c"));
    assertEquals("There is no case c prepared as coarse-4 in " + folder + ".", none.getMessage());
  }

  @Test
  void each_case_is_read_once_for_all_preparations_and_never_again() throws IOException {
    prepare(BOTH);
    assertEquals(List.of("a", "b"), data.read);
    prepare(BOTH);
    prepare(List.of(FINE));
    assertEquals(List.of("a", "b"), data.read);
    prepare(List.of(FINE, new Preparation.Fine(3)));
    assertEquals(List.of("a", "b", "a", "b"), data.read);
  }

  @Test
  void a_case_whose_source_has_changed_is_prepared_again_and_it_alone() throws IOException {
    PreparedCase before = prepare(BOTH).get(FINE, "b");
    float[] values = before.input().toFloats();
    data.add("b", 2);
    data.read.clear();
    PreparedCases prepared = prepare(BOTH);
    assertEquals(List.of("b"), data.read);
    assertSame(FINE.apply(data.cases.get("b")), prepared.get(FINE, "b"));
    // Who still holds the old one sees the old one.
    assertArrayEquals(values, before.input().toFloats());
  }

  @Test
  void where_a_network_learnt_from_it_a_case_whose_source_has_changed_is_refused()
      throws IOException {
    prepare(BOTH);
    data.versions.put("b", "another");
    data.read.clear();
    var refusal =
        assertThrows(DataSetProblemsException.class, () -> prepare(BOTH, Outdated.REFUSED));
    Path file = folder.resolve("coarse-4/b.prepared");
    assertEquals(
        file
            + ": it was made of other data than there are now. Give the data that the run began with,"
            + " or begin another run. To go on with other data all the same, delete "
            + folder
            + ".",
        refusal.getMessage());
    assertEquals(List.of(), data.read);
    Files.delete(file);
    Files.delete(folder.resolve("fine-2/b.prepared"));
    prepare(BOTH, Outdated.REFUSED);
    assertEquals(List.of("b"), data.read);
  }

  @Test
  void an_organ_that_decimation_leaves_nothing_of_is_a_problem_of_its_case() {
    data.cases.put(
        "b",
        new LabelledCt(
            data.cases.get("b").ct(),
            Masks.filled(data.cases.get("b").ct().geometry(), new Box(4, 5, 3, 5, 6, 4))));
    var refusal = assertThrows(DataSetProblemsException.class, () -> prepare(BOTH));
    assertEquals(
        "b: nothing of the organ is left where the volume is decimated by 4. Take a smaller --factor, or leave the case out.",
        refusal.getMessage());
  }

  @Test
  void a_file_that_is_damaged_or_of_something_else_is_made_again() throws IOException {
    prepare(BOTH);
    data.read.clear();
    Path file = folder.resolve("coarse-4/a.prepared");
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> spoilt =
        List.of(
            new byte[0],
            "{}".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(whole, 100),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, whole.length + 1),
            "no header".repeat(1000).getBytes(StandardCharsets.US_ASCII),
            new String(whole, StandardCharsets.ISO_8859_1)
                .replaceFirst("\"format\":1", "\"format\":0")
                .getBytes(StandardCharsets.ISO_8859_1),
            Files.readAllBytes(folder.resolve("fine-2/a.prepared")),
            Files.readAllBytes(folder.resolve("coarse-4/b.prepared")));
    for (byte[] bytes : spoilt) {
      Files.write(file, bytes);
      assertSame(COARSE.apply(data.cases.get("a")), prepare(BOTH).get(COARSE, "a"));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
    assertEquals(spoilt.size(), data.read.size());
  }

  @Test
  void the_file_is_laid_out_as_it_says() throws IOException {
    PreparedCase fine = prepare(BOTH).get(FINE, "a");
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("fine-2/a.prepared")))
            .order(ByteOrder.LITTLE_ENDIAN);
    // The box is 12×6×6 voxels, and 16×10×10 with its margin.
    int voxels = 16 * 10 * 10;
    assertEquals(4096 + 3 * voxels, bytes.limit());
    String header = new String(bytes.array(), 0, 4096, StandardCharsets.UTF_8).strip();
    assertEquals(
        "{\"format\":1,\"preparation\":\"fine-2\",\"source\":\"version 0\",\"size\":[16,10,10],"
            + "\"affine\":[0.7,0.0,0.0,-7.6,0.0,0.8,0.0,-5.6,0.0,0.0,2.0,-5.0],"
            + "\"truthCount\":432}",
        header);
    for (int i = 0; i < voxels; i++) {
      assertEquals(fine.input().at(i), Short.toUnsignedInt(bytes.getShort(4096 + 2 * i)) / 65535f);
      assertEquals(fine.truth().toBytes()[i], bytes.get(4096 + 2 * voxels + i));
    }
  }

  @Test
  void all_problems_are_told_together_and_the_good_cases_are_kept() throws IOException {
    data.problems.add(new Problem(Path.of("x.nii"), "there is no label for it."));
    data.versions.put("aa", "1");
    data.versions.put("c", "1");
    var refusal = assertThrows(DataSetProblemsException.class, () -> prepare(BOTH));
    assertEquals(
        "x.nii: there is no label for it.\naa: it is spoilt.\nc: it is spoilt.",
        refusal.getMessage());
    assertEquals(3, refusal.problems().size());
    assertEquals(List.of("a 1/4", "aa 2/4", "b 3/4", "c 4/4"), told);
    data.problems.clear();
    data.versions.remove("aa");
    data.versions.remove("c");
    data.read.clear();
    prepare(BOTH);
    assertEquals(List.of(), data.read);
  }

  @Test
  void a_full_disk_ends_in_a_sentence_and_leaves_what_was_there() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    prepare(BOTH);
    Path file = folder.resolve("coarse-4/a.prepared");
    byte[] before = Files.readAllBytes(file);
    data.add("a", 3);
    Files.createSymbolicLink(WholeFile.part(file), full);
    var failure = assertThrows(IOException.class, () -> prepare(BOTH));
    assertTrue(
        failure.getMessage().startsWith(file + " could not be written (No space left on device). "),
        failure.getMessage());
    assertTrue(
        failure
            .getMessage()
            .endsWith(" MiB are free on its disk; make room, or choose another folder."),
        failure.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder.resolve("coarse-4"))) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void a_folder_that_cannot_be_made_ends_in_a_sentence() throws IOException {
    Files.write(folder.resolve("fine-2"), new byte[1], StandardOpenOption.CREATE_NEW);
    var failure = assertThrows(IOException.class, () -> prepare(BOTH));
    assertTrue(
        failure
            .getMessage()
            .startsWith(
                folder.resolve("fine-2/a.prepared")
                    + " could not be written (FileAlreadyExistsException). "),
        failure.getMessage());
  }
}
