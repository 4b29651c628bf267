package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzArchiveTest {

  private static final long LIMIT = 1 << 20;

  @TempDir private Path folder;

  private NpzArchive open(byte[] bytes) throws IOException {
    return NpzArchive.open(Files.write(folder.resolve("weights.npz"), bytes), LIMIT);
  }

  private NpyArray read(byte[] npy) throws IOException {
    try (NpzArchive archive = open(new NpzBytes().with("a.npy", true, npy).bytes())) {
      return archive.read("a");
    }
  }

  private String refusal(byte[] npy) {
    return assertThrows(InputRefusedException.class, () -> read(npy)).getMessage();
  }

  private String refusalToOpen(byte[] bytes) {
    return assertThrows(InputRefusedException.class, () -> open(bytes)).getMessage();
  }

  @Test
  void names_are_those_of_the_entries_without_their_ending_and_never_paths() throws IOException {
    byte[] one = NpzBytes.npy(1, NpzBytes.header("<f4", "(1,)"), NpzBytes.floats(7));
    byte[] bytes =
        new NpzBytes()
            .with("conv0.weight.npy", true, one)
            .with("../../etc/passwd.npy", false, one)
            .bytes();
    try (NpzArchive archive = open(bytes)) {
      assertEquals(Set.of("conv0.weight", "../../etc/passwd"), archive.names());
      assertArrayEquals(new float[] {7}, archive.read("../../etc/passwd").values());
      assertThrows(IllegalArgumentException.class, () -> archive.read("conv1.weight"));
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("weights.npz")), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void an_array_has_a_shape_and_values_in_each_version_of_the_format(int version)
      throws IOException {
    NpyArray array =
        read(
            NpzBytes.npy(
                version, NpzBytes.header("<f4", "(2, 3)"), NpzBytes.floats(1, 2, 3, 4, 5, 6)));
    assertEquals(List.of(2, 3), array.shape());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, array.values());
  }

  @Test
  void fortran_order_is_turned_to_c_order() throws IOException {
    String header =
        NpzBytes.header("<f4", "(2, 3, 2)")
            .replace("'fortran_order': False", "'fortran_order': True");
    float[] stored = new float[12];
    for (int i = 0; i < 12; i++) {
      stored[i] = i;
    }
    NpyArray array = read(NpzBytes.npy(1, header, NpzBytes.floats(stored)));
    assertArrayEquals(new float[] {0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11}, array.values());
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x3c00, 1",
    "0xc000, -2",
    "0x7bff, 65504",
    "0x0400, 6.103515625e-5",
    "0x0001, 5.960464477539063e-8",
    "0x83ff, -6.097555160522461e-5",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void a_half_is_what_the_standard_says(String bits, float expected) throws IOException {
    int half = Integer.decode(bits);
    NpyArray little =
        read(NpzBytes.npy(1, NpzBytes.header("<f2", "()"), (byte) half, (byte) (half >> 8)));
    assertEquals(expected, little.values()[0]);
    assertEquals(List.of(), little.shape());
    NpyArray big =
        read(NpzBytes.npy(1, NpzBytes.header(">f2", "()"), (byte) (half >> 8), (byte) half));
    assertEquals(expected, big.values()[0]);
  }

  @Test
  void an_array_may_be_empty() throws IOException {
    assertEquals(0, read(NpzBytes.npy(1, NpzBytes.header("<f8", "(3, 0)"))).values().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"|O", "<i8", "|u1", "f4", "<c8", "<f16", "", "<"})
  void other_numbers_than_floats_are_refused_by_their_type(String type) {
    String message = refusal(NpzBytes.npy(1, NpzBytes.header(type, "(1,)"), new byte[16]));
    assertTrue(message.contains(type) && message.startsWith("The array a holds "), message);
    assertEquals(type.equals("|O"), message.contains("Python objects (|O), which Islet never"));
  }

  @Test
  void a_record_of_several_numbers_is_refused() {
    String header =
        "{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (1,)}";
    assertTrue(
        refusal(NpzBytes.npy(1, header, new byte[8])).contains("holds numbers of the type ["));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1}",
        "__import__('os').system('true')",
        ""
      })
  void a_header_that_numpy_would_not_write_is_refused(String header) {
    assertEquals(
        "The header of the array a does not give 'descr', 'fortran_order' and 'shape' as NumPy"
            + " does. Write the archive by numpy.savez.",
        refusal(NpzBytes.npy(1, header, new byte[4])));
  }

  @Test
  void a_shape_too_large_is_refused_before_anything_is_allocated() {
    for (String shape : List.of("(2147483647, 2147483647)", "(65536, 65536)", "(536870912,)")) {
      String message = refusal(NpzBytes.npy(1, NpzBytes.header("<f4", shape)));
      assertTrue(message.contains("more than 2 GiB"), message);
    }
    String message = refusal(NpzBytes.npy(1, NpzBytes.header("<f4", "(9999999999,)")));
    assertTrue(message.contains("which no array has"), message);
    String axes = "(" + "1,".repeat(33) + ")";
    assertTrue(refusal(NpzBytes.npy(1, NpzBytes.header("<f4", axes))).contains("no array has"));
    String many = "(" + "1,".repeat(4000) + ")";
    assertTrue(refusal(NpzBytes.npy(1, NpzBytes.header("<f4", many))).contains("as NumPy does"));
  }

  @Test
  void a_header_longer_than_numpys_is_refused() {
    String header = NpzBytes.header("<f4", "(1,)") + " ".repeat(10_000);
    assertTrue(
        refusal(NpzBytes.npy(2, header, new byte[4])).contains("at most 10000 were expected"));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void more_or_fewer_bytes_than_announced_are_refused_with_both_numbers(int more) {
    String header = NpzBytes.header("<f4", "(2,)");
    byte[] npy = NpzBytes.npy(1, header, Arrays.copyOf(NpzBytes.floats(1, 2), 8 + more));
    int expected = 10 + header.length() + 8;
    assertEquals(
        "The array a holds %d bytes, but its header announces %d. Copy the archive again."
            .formatted(expected + more, expected),
        refusal(npy));
  }

  @Test
  void another_format_in_the_archive_is_refused() {
    assertTrue(
        refusal("hello".getBytes(StandardCharsets.UTF_8)).contains("does not begin as NumPy"));
    assertTrue(refusal(NpzBytes.npy(4, "{}")).contains("of version 4 of NumPy's format; 1 to 3"));
    assertEquals(
        "The archive holds 'data.pkl', which is no array: names ending in .npy were expected.",
        refusalToOpen(new NpzBytes().with("data.pkl", true, new byte[3]).bytes()));
  }

  @Test
  void what_is_no_archive_is_refused() throws IOException {
    assertTrue(refusalToOpen(new byte[0]).startsWith("The archive is no whole ZIP file ("));
    assertTrue(refusalToOpen(new byte[100]).startsWith("The archive is no whole ZIP file ("));
    var missing =
        assertThrows(
            InputRefusedException.class,
            () -> NpzArchive.open(folder.resolve("patient.npz"), LIMIT));
    assertEquals("unreadable", missing.code());
    assertTrue(!missing.getMessage().contains("patient"), missing.getMessage());
  }

  @Test
  void more_bytes_than_allowed_are_refused_before_any_is_inflated() {
    byte[] npy = NpzBytes.npy(1, NpzBytes.header("<f4", "(131072,)"), new byte[1 << 19]);
    byte[] twice = new NpzBytes().with("a.npy", true, npy).with("b.npy", true, npy).bytes();
    assertTrue(twice.length < 10_000);
    assertEquals("The archive's arrays have more than the 1 MiB allowed.", refusalToOpen(twice));
  }

  @Test
  void a_changed_byte_is_found_by_the_checksum() throws IOException {
    byte[] bytes =
        new NpzBytes()
            .with(
                "a.npy",
                false,
                NpzBytes.npy(1, NpzBytes.header("<f4", "(2,)"), NpzBytes.floats(1, 123.5f)))
            .bytes();
    byte[] number = NpzBytes.floats(123.5f);
    for (int i = 0; i < bytes.length - 4; i++) {
      if (Arrays.equals(Arrays.copyOfRange(bytes, i, i + 4), number)) {
        bytes[i] ^= 1;
      }
    }
    try (NpzArchive archive = open(bytes)) {
      var refusal = assertThrows(InputRefusedException.class, () -> archive.read("a"));
      assertEquals(
          "The array a is damaged: its checksum is not right. Copy the archive again.",
          refusal.getMessage());
    }
  }
}
