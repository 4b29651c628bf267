package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.islet.volume.Affine;
import org.islet.volume.Orientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DicomSeriesTest {

  private static final int ITEM = 0xFFFE_E000;
  private static final int ITEM_END = 0xFFFE_E00D;
  private static final int SEQUENCE_END = 0xFFFE_E0DD;
  private static final byte[] NOTHING = {};

  @TempDir Path folder;

  private Volume read() throws IOException {
    return DicomSeries.in(folder).readCt();
  }

  private static double[] voxels(Volume volume) {
    double[] values = new double[volume.size().count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = volume.at(i);
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.IMPLICIT, DicomBytes.EXPLICIT})
  void slices_are_put_in_the_order_in_which_they_lie_whatever_their_names(String syntax)
      throws IOException {
    DicomBytes.at(32.5).syntax(syntax).pixels(0, 1, 2, 3, 4, 5).save(folder.resolve("a/1.dcm"));
    DicomBytes.at(30).syntax(syntax).save(folder.resolve("a/2.dcm"));
    DicomBytes.at(35).syntax(syntax).pixels(7, 7, 7, 7, 7, 9).save(folder.resolve("a/0"));
    Volume ct = read();
    assertEquals(new Size(3, 2, 3), ct.size());
    assertTrue(ct.shorts().isPresent());
    assertArrayEquals(
        new double[] {
          -24, -23, -22, -21, -20, -19, -1024, -1023, -1022, -1021, -1020, -1019, -1017, -1017,
          -1017, -1017, -1017, -1015
        },
        voxels(ct));
  }

  @Test
  void the_grid_is_in_the_patients_axes_to_the_right_front_and_head() throws IOException {
    DicomBytes.at(30).save(folder.resolve("1"));
    DicomBytes.at(32.5).save(folder.resolve("2"));
    Volume ct = read();
    // By hand: x to the left by the column spacing, y to the back by the row spacing.
    assertEquals(Affine.of(-0.75, 0, 0, 10, 0, -0.5, 0, 20, 0, 0, 2.5, 30), ct.geometry().affine());
    assertEquals(new Orientation("LPS"), ct.geometry().orientation());
  }

  @Test
  void a_coronal_series_lies_as_its_directions_say() throws IOException {
    for (int k = 0; k < 3; k++) {
      DicomBytes.slice()
          .text(0x0020_0037, "DS", "1\\0\\0\\0\\0\\-1")
          .text(0x0020_0032, "DS", "5\\" + 2 * k + "\\7")
          .save(folder.resolve("" + k));
    }
    // The normal is (1,0,0) × (0,0,−1) = (0,1,0): to the back.
    assertEquals(
        Affine.of(-0.75, 0, 0, -5, 0, 0, -2, 0, 0, -0.5, 0, 7), read().geometry().affine());
  }

  @Test
  void values_are_scaled_slice_by_slice_and_the_bits_above_them_are_no_part_of_them()
      throws IOException {
    DicomBytes.at(1).pixels(0xF000, 0xF001, 4095, 0, 1, 2).save(folder.resolve("1"));
    DicomBytes.at(2)
        .number(0x0028_0103, 1)
        .text(0x0028_1053, "DS", "2.5")
        .text(0x0028_1052, "DS", " -1E1 ")
        .pixels(0x0FFF, 0x0800, 0x07FF, 0, 1, 0xF002)
        .save(folder.resolve("2"));
    assertArrayEquals(
        new double[] {-1024, -1023, 3071, -1024, -1023, -1022, -12.5, -5130, 5107.5, -10, -7.5, -5},
        voxels(read()));
  }

  @Test
  void padding_around_the_field_of_view_stays_as_it_is_stored() throws IOException {
    for (int k = 0; k < 2; k++) {
      DicomBytes.at(k)
          .number(0x0028_0101, 16)
          .number(0x0028_0102, 15)
          .number(0x0028_0103, 1)
          .element(0x0028_0120, "SS", DicomBytes.words(-2000))
          .pixels(-2000, 24, 24, 24, 24, -2000)
          .save(folder.resolve("" + k));
    }
    assertEquals(-3024, read().at(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.IMPLICIT, DicomBytes.EXPLICIT})
  void sequences_of_any_length_are_passed_over(String syntax) throws IOException {
    boolean explicit = syntax.equals(DicomBytes.EXPLICIT);
    byte[] rows = DicomBytes.element(0x0028_0010, "US", DicomBytes.words(99), false, explicit);
    byte[] endless =
        DicomBytes.joined(
            DicomBytes.item(ITEM, NOTHING, true),
            rows,
            DicomBytes.element(
                0x0040_0001,
                "SQ",
                DicomBytes.joined(
                    DicomBytes.item(ITEM, rows, false),
                    DicomBytes.item(SEQUENCE_END, NOTHING, false)),
                true,
                explicit),
            DicomBytes.item(ITEM_END, NOTHING, false),
            DicomBytes.item(ITEM, rows, false),
            DicomBytes.item(SEQUENCE_END, NOTHING, false));
    byte[] unknown = // implicit inside, whatever is outside
        DicomBytes.joined(
            DicomBytes.item(ITEM, NOTHING, true),
            DicomBytes.element(0x0028_0010, "US", DicomBytes.words(99), false, false),
            DicomBytes.item(ITEM_END, NOTHING, false),
            DicomBytes.item(SEQUENCE_END, NOTHING, false));
    for (int k = 0; k < 2; k++) {
      DicomBytes.at(k)
          .syntax(syntax)
          .undefinedLength(0x0008_1140, "SQ", endless)
          .undefinedLength(0x0009_1002, "UN", unknown)
          .element(0x0008_1115, "SQ", DicomBytes.item(ITEM, rows, false))
          .save(folder.resolve("" + k));
    }
    assertEquals(new Size(3, 2, 2), read().size());
  }

  @Test
  void other_files_are_left_alone() throws IOException {
    DicomBytes.at(1).save(folder.resolve("1"));
    DicomBytes.at(2).save(folder.resolve("2"));
    DicomBytes.at(9).kind("1.2.840.10008.5.1.4.1.1.88.11").save(folder.resolve("report.dcm"));
    DicomBytes.at(9)
        .kind("1.2.840.10008.5.1.4.1.1.7")
        .syntax("1.2.840.10008.1.2.4.50")
        .save(folder.resolve("picture.dcm"));
    Files.writeString(folder.resolve("LICENSE"), "CC BY 3.0");
    Files.write(folder.resolve("short"), new byte[131]);
    assertEquals(2, read().size().z());
  }

  @Test
  void what_follows_the_pixels_is_not_read() throws IOException {
    for (int k = 0; k < 2; k++) {
      DicomBytes.at(k).element(0xFFFC_FFFC, "OB", new byte[7]).save(folder.resolve("" + k));
    }
    assertEquals(2, read().size().z());
  }
}
