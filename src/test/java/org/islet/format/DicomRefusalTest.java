package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DicomRefusalTest {

  @TempDir Path folder;

  private void assertRefused(String code, String... parts) {
    InputRefusedException refusal =
        assertThrows(InputRefusedException.class, () -> DicomSeries.in(folder).readCt());
    String sentence = refusal.getMessage();
    assertEquals(code, refusal.code(), sentence);
    for (String part : parts) {
      assertTrue(sentence.contains(part), sentence);
    }
    assertTrue(sentence.endsWith("."), sentence);
    assertFalse(sentence.contains("PATIENT"), sentence);
    assertFalse(sentence.contains(folder.toString()), sentence);
  }

  /** Four slices at 0, 1, 2 and 3 mm, of which the one at 2 mm is changed. */
  private void series(UnaryOperator<DicomBytes> change) {
    for (int k = 0; k < 4; k++) {
      DicomBytes slice = DicomBytes.at(k);
      (k == 2 ? change.apply(slice) : slice).save(folder.resolve("PATIENT-%d.dcm".formatted(k)));
    }
  }

  @Test
  void refuses_a_folder_without_a_ct_and_one_with_several() throws IOException {
    Files.writeString(folder.resolve("PATIENT.txt"), "no DICOM");
    assertRefused("no-ct-series", "Of the 1 files");
    series(slice -> slice.text(0x0020_000E, "UI", "1.2.4"));
    assertRefused("several-series", "2 CT series", "of 1 to 3 slices", "Give the folder inside it");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.1.2.4.70, compressed, JPEG Lossless, gdcmconv --raw",
    "1.2.840.10008.1.2.5, compressed, RLE, gdcmconv --raw",
    "1.2.840.10008.1.2.1.99, compressed, deflated, gdcmconv --raw",
    "1.2.840.10008.1.2.2, unsupported-transfer-syntax, big endian, dcmconv +te",
    "1.2.3.4, unsupported-transfer-syntax, 1.2.3.4, gdcmconv --raw",
    "PATIENT, unsupported-transfer-syntax, no UID, gdcmconv --raw",
  })
  void refuses_other_transfer_syntaxes_and_says_what_makes_one_of_those_that_are_read(
      String uid, String code, String name, String tool) {
    series(slice -> slice.syntax(uid));
    assertRefused(code, "File 3 of 4", name, tool);
  }

  @Test
  void refuses_a_missing_slice_and_says_between_which() throws IOException {
    for (int k : new int[] {0, 1, 2, 4, 5}) {
      DicomBytes.at(0.8 * k).save(folder.resolve("" + k));
    }
    assertRefused(
        "uneven-spacing", "Slices 3 and 4 of 5", "1.600 mm apart", "most are 0.800", "missing");
  }

  @Test
  void takes_distances_that_differ_by_rounding_and_refuses_more() throws IOException {
    series(slice -> slice.text(0x0020_0032, "DS", "-10\\-20\\2.004"));
    assertEquals(1.0, DicomSeries.in(folder).geometry().spacing(2), 1e-9);
    series(slice -> slice.text(0x0020_0032, "DS", "-10\\-20\\2.02"));
    assertRefused("uneven-spacing", "1.020 mm apart");
  }

  @Test
  void refuses_two_slices_at_one_place() {
    series(slice -> slice.text(0x0020_0032, "DS", "-10\\-20\\1"));
    assertRefused("duplicate-slices", "Slices 2 and 3 of 4", "1.000 mm");
  }

  @Test
  void refuses_slices_that_differ() {
    series(slice -> slice.number(0x0028_0010, 3).number(0x0028_0011, 2));
    assertRefused("mixed-slices", "3×2 pixels", "2×3");
    series(slice -> slice.text(0x0028_0030, "DS", "0.5\\0.76"));
    assertRefused("mixed-slices", "0.76×0.5");
    series(slice -> slice.text(0x0020_0037, "DS", "1\\0\\0\\0\\0.9962\\0.0872"));
    assertRefused("mixed-slices", "direction");
  }

  @Test
  void refuses_a_tilted_gantry() {
    for (int k = 0; k < 4; k++) {
      DicomBytes.at(k)
          .text(0x0020_0032, "DS", "-10\\%s\\%d".formatted(-20 + 0.1 * k, k))
          .save(folder.resolve("" + k));
    }
    assertRefused("tilted", "0.30 mm beside", "Resample");
  }

  @Test
  void refuses_a_single_slice() {
    DicomBytes.at(0).save(folder.resolve("1"));
    assertRefused("single-slice", "two or more");
  }

  @ParameterizedTest
  @CsvSource({
    "0x00280002, 3, SamplesPerPixel",
    "0x00280100, 8, BitsAllocated",
    "0x00280101, 0, BitsStored",
    "0x00280101, 17, BitsStored",
    "0x00280102, 15, HighBit",
    "0x00280103, 2, PixelRepresentation",
  })
  void refuses_pixels_that_are_no_ct(String tag, int value, String name) {
    series(slice -> slice.number(Integer.decode(tag), value));
    assertRefused("unsupported-pixels", name, "File 3 of 4");
  }

  @Test
  void refuses_inverted_grey_levels() {
    series(slice -> slice.text(0x0028_0004, "CS", "MONOCHROME1"));
    assertRefused("unsupported-pixels", "MONOCHROME2");
  }

  @Test
  void refuses_a_file_that_lacks_what_every_slice_has() {
    series(slice -> slice.without(0x0028_1053));
    assertRefused("missing-attribute", "RescaleSlope (0028,1053)");
    series(slice -> slice.without(0x7FE0_0010));
    assertRefused("missing-attribute", "PixelData (7FE0,0010)");
    series(slice -> slice.text(0x0020_0032, "DS", ""));
    assertRefused("missing-attribute", "ImagePositionPatient");
  }

  @ParameterizedTest
  @CsvSource({"1\\2", "1\\2\\PATIENT", "1\\2\\NaN", "1\\2\\1e999", "1\\2\\0x1", "1\\2\\"})
  void refuses_numbers_that_are_none_without_repeating_them(String position) {
    series(slice -> slice.text(0x0020_0032, "DS", position));
    assertRefused("malformed-attribute", "ImagePositionPatient (0020,0032) is not 3 numbers");
  }

  @Test
  void refuses_spacings_and_directions_that_cannot_be() {
    series(slice -> slice.text(0x0028_0030, "DS", "0.5\\0"));
    assertRefused("bad-spacing", "0.5 and 0.0");
    series(slice -> slice.text(0x0020_0037, "DS", "1\\0\\0\\1\\0\\0"));
    assertRefused("absurd-header", "ImageOrientationPatient", "right angle");
    series(slice -> slice.number(0x0028_0010, 0));
    assertRefused("absurd-header", "0 rows");
  }

  @Test
  void refuses_more_or_fewer_pixels_than_the_header_announces() {
    series(slice -> slice.pixels(1, 2, 3, 4, 5));
    assertRefused("size-mismatch", "3×2 pixels", "holds 10", "12 were expected");
    series(slice -> slice.pixels(1, 2, 3, 4, 5, 6, 7, 8));
    assertRefused("size-mismatch", "holds 16");
  }

  @Test
  void refuses_values_that_are_no_hu() {
    series(slice -> slice.text(0x0028_1053, "DS", "100"));
    assertRefused("out-of-range", "(0, 0, 2)", "98976");
  }

  @Test
  void refuses_a_file_that_is_cut_short_wherever() throws IOException {
    byte[] whole = DicomBytes.at(1).bytes();
    for (int length = 132; length < whole.length; length++) {
      Files.write(folder.resolve("1"), Arrays.copyOf(whole, length));
      InputRefusedException refusal =
          assertThrows(InputRefusedException.class, () -> DicomSeries.in(folder));
      assertTrue(
          refusal.code().equals("truncated") || refusal.code().equals("missing-attribute"),
          refusal.getMessage());
    }
  }

  @Test
  void refuses_a_file_that_is_too_large_for_a_slice_without_reading_it() throws IOException {
    series(slice -> slice);
    try (FileChannel large =
        FileChannel.open(folder.resolve("PATIENT-0.dcm"), StandardOpenOption.WRITE)) {
      large.write(ByteBuffer.allocate(1), 65 << 20);
    }
    assertRefused("not-a-slice", "65 MiB", "File 1 of 4");
  }

  @Test
  void refuses_elements_that_do_not_ascend() throws IOException {
    byte[] file = DicomBytes.at(1).bytes();
    int name = new String(file, StandardCharsets.ISO_8859_1).indexOf("\u0010\0\u0010\0PN");
    file[name] = 0x30; // (0010,0010) becomes (0030,0010), and (0020,000E) follows
    Files.write(folder.resolve("1"), file);
    assertRefused("damaged", "(0020,000E) is not in its place");
  }

  @Test
  void refuses_sequences_without_items_without_end_or_without_bottom() {
    byte[] item = DicomBytes.item(0xFFFE_E000, new byte[0], true);
    byte[] inner = DicomBytes.element(0x0008_1140, "SQ", item, true, true);
    byte[][] nested = new byte[100][];
    Arrays.fill(nested, inner);
    series(
        s ->
            s.undefinedLength(
                0x0008_1140, "SQ", DicomBytes.joined(item, DicomBytes.joined(nested))));
    assertRefused("damaged", "deeper than 64");
    series(s -> s.undefinedLength(0x0008_1140, "SQ", DicomBytes.words(2, 3, 4, 5, 6)));
    assertRefused("damaged", "(0008,1140)", "no item");
    series(s -> s.undefinedLength(0x7FE0_0010, "OB", item));
    assertRefused("damaged", "fragments");
  }
}
