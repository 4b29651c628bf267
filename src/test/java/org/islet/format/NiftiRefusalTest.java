package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NiftiRefusalTest {

  private final NiftiReader reader = new NiftiReader(1 << 20);
  @TempDir Path folder;

  /** Reads as a CT, and expects a refusal with this code whose sentence has these parts in it. */
  private void assertRefused(Path file, String code, String... parts) {
    InputRefusedException refusal =
        assertThrows(InputRefusedException.class, () -> reader.readCt(file));
    assertEquals(code, refusal.code(), refusal.getMessage());
    for (String part : parts) {
      assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }
    assertFalse(refusal.getMessage().contains(folder.toString()), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("PATIENT"), refusal.getMessage());
  }

  private Path save(byte[] bytes) {
    return NiftiBytes.save(folder.resolve("PATIENT.nii"), bytes);
  }

  @Test
  void refuses_a_truncated_file_and_says_how_many_bytes_are_missing() {
    byte[] whole = NiftiBytes.nifti1().bytes();
    assertRefused(save(Arrays.copyOf(whole, 400)), "truncated", "holds 400 of 472", "72 are");
    assertRefused(save(Arrays.copyOf(whole, 200)), "truncated", "holds 200 of 348", "148 are");
    assertRefused(save(new byte[] {92, 1}), "truncated", "holds 2 of 348");
  }

  @Test
  void refuses_a_truncated_gzip_and_says_how_many_bytes_are_missing() {
    double[] noise = new Random(1).ints(8000, -1000, 1000).asDoubleStream().toArray();
    byte[] zipped = NiftiBytes.gzip(NiftiBytes.nifti1().size(20, 20, 20).voxels(noise).bytes());
    Path file = save(Arrays.copyOf(zipped, zipped.length / 2));
    InputRefusedException refusal =
        assertThrows(InputRefusedException.class, () -> reader.readCt(file));
    assertEquals("truncated", refusal.code());
    String[] words = refusal.getMessage().split("[^0-9]+", -1);
    int came = Integer.parseInt(words[1]);
    assertTrue(came > 4000 && came < 12_000, refusal.getMessage());
    assertEquals("16352", words[2]);
    assertEquals(16_352 - came, Integer.parseInt(words[3]));
  }

  @Test
  void refuses_a_gzip_whose_checksum_is_cut_off() {
    byte[] zipped = NiftiBytes.gzip(NiftiBytes.nifti1().bytes());
    for (int cut = 1; cut <= 8; cut++) {
      assertRefused(
          save(Arrays.copyOf(zipped, zipped.length - cut)), "truncated", "All 472", "checksum");
    }
  }

  @Test
  void refuses_more_bytes_than_the_header_announces() {
    byte[] longer = Arrays.copyOf(NiftiBytes.nifti1().bytes(), 475);
    assertRefused(save(longer), "size-mismatch", "holds 475", "announces 472", "3 are left");
    assertRefused(
        save(NiftiBytes.gzip(longer)), "size-mismatch", "inflates to 475", "announces 472");
  }

  @Test
  void refuses_a_pair_whose_image_does_not_match() throws IOException {
    Path header = NiftiBytes.nifti1().writePairTo(folder, "", "");
    Path image = folder.resolve("a.img");
    Files.write(image, new byte[100]);
    assertRefused(header, "truncated", "image file (.img) is cut", "holds 100 of 120", "20 are");
    Files.write(image, new byte[121]);
    assertRefused(image, "size-mismatch", "121", "120");
  }

  @Test
  void refuses_one_file_of_a_pair() throws IOException {
    Path header = NiftiBytes.nifti1().writePairTo(folder, "", "");
    Path image = folder.resolve("a.img");
    Files.move(header, folder.resolve("elsewhere"));
    assertRefused(image, "missing-partner", "header file (.hdr");
    Files.delete(image);
    Files.move(folder.resolve("elsewhere"), header);
    assertRefused(header, "missing-partner", "image file (.img");
    Path misnamed = Files.move(header, folder.resolve("PATIENT.nii"));
    assertRefused(misnamed, "missing-partner", ".hdr and .img");
  }

  @Test
  void refuses_sizes_absurd_for_the_file_before_allocating() {
    NiftiBytes huge = NiftiBytes.nifti1().dim(1, 32767).dim(2, 32767).dim(3, 32767);
    assertRefused(
        save(huge.header()), "absurd-header", "32767×32767×32767", "35181150961663 voxels");
    NiftiBytes large = NiftiBytes.nifti1().dim(1, 1024).dim(2, 1024).dim(3, 1024);
    assertRefused(save(large.bytes()), "truncated", "holds 472 of 2147484000");
    byte[] zipped = NiftiBytes.gzip(large.bytes());
    assertRefused(
        save(zipped),
        "absurd-header",
        "announces 2147484000",
        zipped.length + " bytes",
        "" + zipped.length * 1032);
  }

  @Test
  void refuses_a_size_whose_product_overflows() {
    NiftiBytes wide =
        NiftiBytes.nifti(2, ByteOrder.BIG_ENDIAN).dim(1, 1L << 31).dim(2, 1L << 31).dim(3, 4);
    assertRefused(save(wide.bytes()), "absurd-header", "2147483648×2147483648×4");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,-3", "1,0", "2,-1", "3,0", "0,8"})
  void refuses_impossible_dimensions(int entry, int value) {
    assertRefused(save(NiftiBytes.nifti1().dim(entry, value).bytes()), "absurd-header", "" + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 347, 352.5, Double.NaN, Double.POSITIVE_INFINITY, 1e30})
  void refuses_an_absurd_offset(double offset) {
    assertRefused(
        save(NiftiBytes.nifti1().voxOffset(offset).bytes()), "absurd-header", "348", "byte ");
  }

  @Test
  void refuses_an_offset_beyond_the_file() {
    byte[] file = NiftiBytes.nifti1().voxOffset(1_000_000).bytes();
    assertRefused(save(file), "truncated", "holds 472 of 1000120");
    assertRefused(save(NiftiBytes.gzip(file)), "absurd-header", "announces 1000120");
  }

  @Test
  void refuses_what_is_no_nifti() throws IOException {
    assertRefused(save(new byte[0]), "not-nifti", "empty");
    byte[] text = "This is a letter and no image.".getBytes(StandardCharsets.US_ASCII);
    assertRefused(save(text), "not-nifti", "54686973", "348 or 540");
    assertRefused(save(NiftiBytes.gzip(text)), "not-nifti", "54686973");
    assertRefused(save(NiftiBytes.nifti1().magic("").bytes()), "not-nifti", "ANALYZE", "'n+1'");
    assertRefused(folder, "unreadable", "folder");
  }

  @Test
  void says_nothing_of_what_is_not_there() {
    for (String name : List.of("PATIENT.nii", "PATIENT.hdr", "PATIENT.img")) {
      var e =
          assertThrows(InputUnreachableException.class, () -> reader.header(folder.resolve(name)));
      assertFalse(e.getMessage().contains("PATIENT"), e.getMessage());
      assertNull(e.getCause());
    }
  }

  @Test
  void refuses_other_than_three_dimensions() {
    assertRefused(
        save(NiftiBytes.nifti1().dim(0, 4).dim(4, 30).bytes()), "four-dimensional", "3×4×5×30");
    assertRefused(
        save(NiftiBytes.nifti1().dim(0, 5).dim(4, 1).dim(5, 3).bytes()),
        "four-dimensional",
        "3×4×5×1×3");
    assertRefused(
        save(NiftiBytes.nifti1().dim(0, 2).bytes()), "not-three-dimensional", "2 dimension");
  }

  @ParameterizedTest
  @CsvSource({
    "128,colour",
    "2304,colour",
    "32,complex",
    "1792,complex",
    "2048,complex",
    "1536,unsupported-datatype",
    "0,unsupported-datatype",
    "1,unsupported-datatype",
    "-5,unsupported-datatype"
  })
  void refuses_datatypes_that_hold_no_hu(int datatype, String code) {
    assertRefused(save(NiftiBytes.nifti1().datatypeCode(datatype).bytes()), code, "" + datatype);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refuses_voxels_that_are_no_number_and_says_where(double value) {
    double[] voxels = new double[60];
    voxels[1 + 3 * (2 + 4 * 3)] = value;
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
      Path file = save(NiftiBytes.nifti1().type(type).voxels(voxels).bytes());
      assertRefused(file, "not-finite", "(1, 2, 3)", "" + value);
      InputRefusedException refusal =
          assertThrows(InputRefusedException.class, () -> reader.readMask(file, 1));
      assertEquals("not-finite", refusal.code());
    }
  }

  @Test
  void refuses_values_outside_16_bits_after_scaling() {
    NiftiBytes file = NiftiBytes.nifti1().size(2, 1, 1).type(DataType.INT32);
    assertRefused(
        save(file.voxels(0, 32768).bytes()), "out-of-range", "(1, 0, 0) is 32768", "32767");
    assertRefused(save(file.voxels(0, -32769).bytes()), "out-of-range", "-32769");
    assertRefused(save(file.voxels(0, 30000).slope(2, 0).bytes()), "out-of-range", "60000");
    assertRefused(save(file.voxels(0, 1).slope(1, 32767.5).bytes()), "out-of-range", "32767.5");
  }

  @Test
  void refuses_voxels_that_are_all_alike() {
    assertRefused(
        save(NiftiBytes.nifti1().voxels(new double[60]).slope(1, -1024).bytes()),
        "constant",
        "60 voxels",
        "-1024");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refuses_a_spacing_that_is_no_length_where_it_is_needed(double spacing) throws IOException {
    NiftiBytes file = NiftiBytes.nifti1().spacing(1, spacing, 1);
    assertEquals(1, reader.readCt(save(file.bytes())).geometry().spacing(1));
    assertRefused(save(file.codes(0, 0).bytes()), "bad-spacing", "along y", "" + spacing);
    assertRefused(save(file.codes(1, 0).bytes()), "bad-spacing", "pixdim[2]", "" + spacing);
  }

  @Test
  void refuses_forms_that_place_no_voxel() {
    NiftiBytes flat = NiftiBytes.nifti1().sform(1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0);
    assertRefused(save(flat.bytes()), "degenerate-affine", "flat");
    NiftiBytes nan = NiftiBytes.nifti1().sform(Double.NaN, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    assertRefused(save(nan.bytes()), "degenerate-affine", "not a finite");
    NiftiBytes tooLong = NiftiBytes.nifti1().qform(1, 1, 0, 0, 0, 0);
    assertRefused(save(tooLong.bytes()), "absurd-header", "b 1.0, c 1.0, d 0.0");
  }

  @Test
  void refuses_an_intercept_that_is_no_number() {
    assertRefused(
        save(NiftiBytes.nifti1().slope(1, Double.NaN).bytes()), "absurd-header", "adds NaN");
  }

  @Test
  void stops_a_gzip_that_inflates_too_far() {
    byte[] bomb = Arrays.copyOf(NiftiBytes.nifti1().bytes(), 4 << 20);
    assertRefused(save(NiftiBytes.gzip(bomb)), "inflates-too-far", "1048576");
    byte[] announced = NiftiBytes.gzip(NiftiBytes.nifti1().size(100, 100, 100).bytes());
    assertRefused(save(announced), "inflates-too-far", "2000352", "1048576");
  }

  @Test
  void refuses_a_damaged_gzip() {
    byte[] zipped = NiftiBytes.gzip(NiftiBytes.nifti1().bytes());
    byte[] checksum = zipped.clone();
    checksum[zipped.length - 8] ^= 1;
    assertRefused(save(checksum), "damaged-gzip", "checksum");
    byte[] length = zipped.clone();
    length[zipped.length - 4] ^= 1;
    assertRefused(save(length), "damaged-gzip", "holds 473", "holds 472");
    byte[] block = zipped.clone();
    block[10] |= 7;
    assertRefused(save(block), "damaged-gzip", "after 0 inflated bytes");
    byte[] garbage = Arrays.copyOf(zipped, zipped.length + 3);
    garbage[zipped.length + 1] = 'x';
    assertRefused(save(garbage), "damaged-gzip", "not gzip");
  }
}
