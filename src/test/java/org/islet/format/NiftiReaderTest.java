package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.islet.volume.Affine;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NiftiReaderTest {

  private final NiftiReader reader = new NiftiReader(1 << 20);
  @TempDir Path folder;

  static Stream<Arguments> everyKindOfFile() {
    return Stream.of(1, 2)
        .flatMap(
            version ->
                Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)
                    .flatMap(
                        order ->
                            Arrays.stream(DataType.values())
                                .map(type -> Arguments.of(version, order, type))));
  }

  private static double[] extremes(DataType type) {
    return switch (type) {
      case UINT8 -> new double[] {0, 1, 127, 128, 255, 7};
      case INT8 -> new double[] {-128, -1, 0, 1, 127, 7};
      case UINT16, UINT32, UINT64 -> new double[] {0, 1, 255, 256, 32767, 7};
      default -> new double[] {-32768, -1, 0, 256, 32767, 7};
    };
  }

  @ParameterizedTest
  @MethodSource("everyKindOfFile")
  void reads_every_datatype_in_either_byte_order_and_version(
      int version, ByteOrder order, DataType type) throws IOException {
    double[] values = extremes(type);
    Path file =
        NiftiBytes.nifti(version, order).size(1, 2, 3).type(type).voxels(values).writeTo(folder);
    Volume volume = reader.readCt(file);
    assertEquals(new Size(1, 2, 3), volume.size());
    short[] voxels = volume.shorts().orElseThrow();
    for (int i = 0; i < values.length; i++) {
      assertEquals(values[i], voxels[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({"UINT8,200", "INT8,-100", "UINT16,60000", "UINT32,3000000000", "UINT64,1e19"})
  void keeps_signed_and_unsigned_apart(DataType type, double stored) throws IOException {
    Path file =
        NiftiBytes.nifti1()
            .size(1, 1, 2)
            .type(type)
            .slope(stored < 0 ? -1 : 100 / stored, 0)
            .voxels(0, stored)
            .writeTo(folder);
    assertEquals(100, reader.readCt(file).at(1), 1e-3);
  }

  @Test
  void keeps_whole_numbers_stored_as_floats_in_16_bits() throws IOException {
    Path file = NiftiBytes.nifti1().type(DataType.FLOAT64).writeTo(folder);
    assertEquals(59, reader.readCt(file).shorts().orElseThrow()[59]);
  }

  @Test
  void turns_to_floats_at_the_first_fraction_and_keeps_what_came_before() throws IOException {
    double[] values = new double[50 * 50 * 20];
    Arrays.setAll(values, i -> i % 1000 - 500);
    values[40_000] = 0.25;
    Path file =
        NiftiBytes.nifti1()
            .size(50, 50, 20)
            .type(DataType.FLOAT32)
            .voxels(values)
            .writeGzipTo(folder);
    Volume volume = reader.readCt(file);
    assertTrue(volume.shorts().isEmpty());
    for (int i = 0; i < values.length; i++) {
      assertEquals((float) values[i], volume.at(i));
    }
  }

  @Test
  void applies_slope_and_intercept() throws IOException {
    Path whole = NiftiBytes.nifti1().slope(2, -1024).writeTo(folder);
    assertEquals(2 * 59 - 1024, reader.readCt(whole).shorts().orElseThrow()[59]);
    Path fractional = NiftiBytes.nifti1().slope(0.5, 0.25).writeTo(folder);
    assertEquals(59 * 0.5f + 0.25f, reader.readCt(fractional).at(59));
  }

  @ParameterizedTest
  @CsvSource({"0,5", "NaN,5", "Infinity,5", "NaN,NaN"})
  void ignores_a_slope_that_is_zero_or_not_finite_and_its_intercept(double slope, double intercept)
      throws IOException {
    Path file = NiftiBytes.nifti1().slope(slope, intercept).writeTo(folder);
    assertEquals(59, reader.readCt(file).at(59));
  }

  @Test
  void prefers_the_sform() throws IOException {
    Path file =
        NiftiBytes.nifti1()
            .qform(0, 0, 0, 1, 2, 3)
            .sform(0, 2, 0, -7, -3, 0, 0, 8, 0, 0, 4, 9)
            .codes(1, 2)
            .writeTo(folder);
    assertEquals(
        Affine.of(0, 2, 0, -7, -3, 0, 0, 8, 0, 0, 4, 9), reader.header(file).geometry().affine());
  }

  @Test
  void takes_the_qform_where_there_is_no_sform() throws IOException {
    // 180° about z, third axis reversed: x to the left, y to the back, z to the feet
    Path file =
        NiftiBytes.nifti1().spacing(2, 3, 4).qfac(-1).qform(0, 0, 1, 10, 20, 30).writeTo(folder);
    assertTrue(
        Affine.of(-2, 0, 0, 10, 0, -3, 0, 20, 0, 0, -4, 30)
            .isCloseTo(reader.header(file).geometry().affine(), 1e-12));
  }

  @Test
  void without_any_form_x_grows_to_the_left_around_the_middle_as_in_nibabel() throws IOException {
    Path file = NiftiBytes.nifti1().size(3, 5, 7).spacing(3, 2, 1).codes(0, 0).writeTo(folder);
    assertEquals(
        Affine.of(-3, 0, 0, 3, 0, 2, 0, -4, 0, 0, 1, -3), reader.header(file).geometry().affine());
    assertFalse(reader.header(file).orientationStated());
  }

  @Test
  void says_that_an_sform_or_a_qform_states_the_orientation() throws IOException {
    NiftiBytes file = NiftiBytes.nifti1();
    assertTrue(reader.header(file.codes(0, 1).writeTo(folder)).orientationStated());
    assertTrue(reader.header(file.codes(1, 0).writeTo(folder)).orientationStated());
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1000", "2,1", "3,0.001", "10,1", "11,0.001"})
  void converts_metres_and_micrometres_to_millimetres(int units, double mm) throws IOException {
    for (int version : new int[] {1, 2}) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        NiftiBytes file = NiftiBytes.nifti(version, order).units(units).spacing(2, 2, 2);
        Path sform = file.sform(2, 0, 0, 5, 0, 2, 0, 6, 0, 0, 2, 7).writeTo(folder);
        Affine expected = Affine.scaling(2 * mm, 2 * mm, 2 * mm, 5 * mm, 6 * mm, 7 * mm);
        assertTrue(expected.isCloseTo(reader.header(sform).geometry().affine(), 1e-9));
        Path qform = file.qform(0, 0, 0, 5, 6, 7).writeTo(folder);
        assertTrue(expected.isCloseTo(reader.header(qform).geometry().affine(), 1e-9));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"'',''", "'',.gz", ".gz,''", ".gz,.gz"})
  void reads_a_pair_given_either_file(String headerEnding, String imageEnding) throws IOException {
    for (int version : new int[] {1, 2}) {
      Path header =
          NiftiBytes.nifti(version, ByteOrder.LITTLE_ENDIAN)
              .writePairTo(folder, headerEnding, imageEnding);
      assertEquals(59, reader.readCt(header).at(59));
      assertEquals(59, reader.readCt(folder.resolve("a.img" + imageEnding)).at(59));
    }
  }

  @Test
  void reads_a_pair_in_upper_case() throws IOException {
    Path header = NiftiBytes.nifti1().writePairTo(folder, "", "");
    Path upper = Files.move(header, folder.resolve("A.HDR"));
    Path image = Files.move(folder.resolve("a.img"), folder.resolve("A.IMG"));
    assertEquals(59, reader.readCt(upper).at(59));
    assertEquals(59, reader.readCt(image).at(59));
  }

  @Test
  void steps_over_header_extensions() throws IOException {
    NiftiBytes file = NiftiBytes.nifti1().voxOffset(352 + 32);
    byte[] plain = file.bytes();
    byte[] extended = new byte[plain.length + 32];
    System.arraycopy(plain, 0, extended, 0, 352);
    Arrays.fill(extended, 348, 384, (byte) 9);
    System.arraycopy(plain, 352, extended, 384, plain.length - 352);
    Path raw = NiftiBytes.save(folder.resolve("e.nii"), extended);
    assertEquals(59, reader.readCt(raw).at(59));
    Path zipped = NiftiBytes.save(folder.resolve("e.nii.gz"), NiftiBytes.gzip(extended));
    assertEquals(59, reader.readCt(zipped).at(59));
  }

  @Test
  void trusts_a_file_s_bytes_and_not_its_name() throws IOException {
    byte[] plain = NiftiBytes.nifti1().bytes();
    Path zipped = NiftiBytes.save(folder.resolve("zipped.nii"), NiftiBytes.gzip(plain));
    assertEquals(59, reader.readCt(zipped).at(59));
    Path raw = NiftiBytes.save(folder.resolve("raw.nii.gz"), plain);
    assertEquals(59, reader.readCt(raw).at(59));
  }

  @Test
  void reads_gzip_of_several_members_with_padding() throws IOException {
    byte[] plain = NiftiBytes.nifti1().bytes();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int from = 0; from < plain.length; from += 100) {
      int to = Math.min(plain.length, from + 100);
      members.write(NiftiBytes.gzip(Arrays.copyOfRange(plain, from, to)));
    }
    members.write(new byte[512]);
    Path file = NiftiBytes.save(folder.resolve("m.nii.gz"), members.toByteArray());
    assertEquals(59, reader.readCt(file).at(59));
  }

  @Test
  void reads_gzip_whose_header_has_every_optional_part() throws IOException {
    byte[] zipped = NiftiBytes.gzip(NiftiBytes.nifti1().bytes());
    zipped[3] = 2 | 4 | 8 | 16;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(zipped, 0, 10);
    file.write(new byte[] {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2});
    file.write(zipped, 10, zipped.length - 10);
    Path path = NiftiBytes.save(folder.resolve("o.nii.gz"), file.toByteArray());
    assertEquals(59, reader.readCt(path).at(59));
  }

  @Test
  void accepts_further_dimensions_of_length_one() throws IOException {
    Path file = NiftiBytes.nifti1().dim(0, 5).dim(4, 1).dim(5, 1).writeTo(folder);
    assertEquals(new Size(3, 4, 5), reader.readCt(file).size());
  }

  @ParameterizedTest
  @MethodSource("everyKindOfFile")
  void reads_the_voxels_of_one_label(int version, ByteOrder order, DataType type)
      throws IOException {
    Path file =
        NiftiBytes.nifti(version, order)
            .size(2, 3, 1)
            .type(type)
            .voxels(0, 1, 2, 7, 2, 1)
            .writeGzipTo(folder);
    Mask mask = reader.readMask(file, 2);
    assertArrayEquals(new byte[] {0, 0, 1, 0, 1, 0}, mask.toBytes());
  }

  @Test
  void reads_labels_that_no_ct_could_have() throws IOException {
    Path file =
        NiftiBytes.nifti1()
            .size(1, 1, 3)
            .type(DataType.FLOAT32)
            .voxels(2.5, 1e30, 70_000)
            .writeTo(folder);
    assertArrayEquals(new byte[] {0, 0, 1}, reader.readMask(file, 70_000).toBytes());
    assertTrue(reader.readMask(file, 2).isEmpty());
  }

  @Test
  void tells_which_values_are_neither_0_nor_the_label() throws IOException {
    Path file =
        NiftiBytes.nifti1()
            .size(4, 2, 1)
            .type(DataType.FLOAT32)
            .voxels(7, 7, 0, 2, 2, 0.5, 7, -1)
            .writeTo(folder);
    LabelImage image = reader.readLabel(file, 2);
    assertArrayEquals(new byte[] {0, 0, 0, 1, 1, 0, 0, 0}, image.mask().toBytes());
    assertEquals(List.of(-1.0, 0.5, 7.0), List.copyOf(image.otherValues()));
    assertEquals(List.of(0.5, 2.0, 7.0), List.copyOf(reader.readLabel(file, -1).otherValues()));
  }

  @Test
  void reads_a_real_ct() throws IOException {
    Path file = Path.of("../shared/data/totalsegmentator/ct-3mm.nii.gz");
    Assumptions.assumeTrue(Files.exists(file), "the shared data are not here");
    Volume ct = new NiftiReader(1 << 30).readCt(file);
    assertEquals(new Size(122, 101, 112), ct.size());
    short[] sorted = ct.shorts().orElseThrow().clone();
    Arrays.sort(sorted);
    assertEquals(-1207, sorted[0]);
    assertEquals(3382, sorted[sorted.length - 1]);
    assertEquals(3, ct.geometry().spacing(0), 1e-3);
    assertFalse(new NiftiReader(1 << 30).header(file).isScaled());
  }
}
