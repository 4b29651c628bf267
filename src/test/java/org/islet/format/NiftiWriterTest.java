package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class NiftiWriterTest {

  private static final NiftiReader READER = new NiftiReader(1 << 24);
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("nifti");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("a.nii"));
    Files.deleteIfExists(folder.resolve("a.nii.gz"));
    Files.delete(folder);
  }

  /** Grids of 2 to 40 voxels a side, sheared or not, on any affine that spans the space. */
  @Provide
  static Arbitrary<Geometry> grids() {
    Arbitrary<Integer> side = Arbitraries.integers().between(2, 40);
    Arbitrary<Size> size = Combinators.combine(side, side, side).as(Size::new);
    Arbitrary<Affine> sheared =
        Arbitraries.doubles()
            .between(-5, 5)
            .array(double[].class)
            .ofSize(12)
            .filter(NiftiWriterTest::spansSpace)
            .map(Affine::of);
    return Combinators.combine(size, Arbitraries.oneOf(sheared, QFormTest.rightAngled()))
        .as(Geometry::new);
  }

  private static boolean spansSpace(double[] rows) {
    try {
      Affine.of(Arrays.stream(rows).map(v -> (float) v).toArray());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void assertSameGrid(Geometry expected, Geometry actual) {
    assertEquals(expected.size(), actual.size());
    assertTrue(expected.affine().isCloseTo(actual.affine(), 2e-4)); // float32 at 2 m
  }

  @Property(tries = 100)
  void whole_numbers_come_back(
      @ForAll("grids") Geometry grid, @ForAll Random random, @ForAll boolean zipped)
      throws IOException {
    short[] voxels = new short[grid.size().count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (short) random.nextInt();
    }
    Path file = folder.resolve(zipped ? "a.nii.gz" : "a.nii");
    NiftiWriter.write(file, Volume.of(grid, voxels));
    Volume back = READER.readCt(file);
    assertSameGrid(grid, back.geometry());
    assertArrayEquals(voxels, back.shorts().orElseThrow());
  }

  @Property(tries = 100)
  void floats_come_back(@ForAll("grids") Geometry grid, @ForAll Random random) throws IOException {
    float[] voxels = new float[grid.size().count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = random.nextFloat() * 4000 - 1000;
    }
    Path file = folder.resolve("a.nii.gz");
    NiftiWriter.write(file, Volume.of(grid, voxels));
    Volume back = READER.readCt(file);
    assertSameGrid(grid, back.geometry());
    assertArrayEquals(voxels, back.toFloats());
  }

  @Property(tries = 100)
  void masks_come_back(@ForAll("grids") Geometry grid, @ForAll Random random) throws IOException {
    byte[] voxels = new byte[grid.size().count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (byte) random.nextInt(2);
    }
    Path file = folder.resolve("a.nii.gz");
    NiftiWriter.write(file, Mask.of(grid, voxels));
    Mask back = READER.readMask(file, 1);
    assertSameGrid(grid, back.geometry());
    assertArrayEquals(voxels, back.toBytes());
  }

  @Property(tries = 100)
  void the_qform_alone_places_a_right_angled_grid_as_the_sform_does(
      @ForAll("rightAngled") Affine affine) throws IOException {
    Path file = folder.resolve("a.nii");
    NiftiWriter.write(file, Mask.empty(new Geometry(new Size(2, 3, 4), affine)));
    byte[] bytes = Files.readAllBytes(file);
    bytes[254] = 0; // sform_code
    Files.write(file, bytes);
    assertTrue(affine.isCloseTo(READER.header(file).geometry().affine(), 1e-2));
  }

  @Provide
  static Arbitrary<Affine> rightAngled() {
    return QFormTest.rightAngled();
  }

  @Example
  void a_sheared_grid_is_written_without_a_qform() throws IOException {
    Affine sheared = Affine.of(1, 0.5, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    ByteBuffer header = header(Mask.empty(new Geometry(new Size(2, 2, 2), sheared)));
    assertEquals(0, header.getShort(252));
    assertEquals(1, header.getShort(254));
    assertEquals(0.5f, header.getFloat(284));
    assertEquals((float) Math.sqrt(1.25), header.getFloat(84));
  }

  @Example
  void an_empty_mask_can_be_written_and_read() throws IOException {
    Path file = folder.resolve("a.nii.gz");
    NiftiWriter.write(file, Mask.empty(Geometry.of(new Size(64, 64, 64), 1, 1, 1)));
    assertTrue(READER.readMask(file, 1).isEmpty());
    assertTrue(Files.size(file) < 3000);
  }

  @Example
  void a_grid_too_long_for_nifti_1_is_not_written() {
    Mask mask = Mask.empty(Geometry.of(new Size(1, 32768, 1), 1, 1, 1));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> NiftiWriter.write(folder.resolve("a.nii"), mask));
    assertTrue(e.getMessage().contains("32768"));
  }

  private static ByteBuffer header(Mask mask) throws IOException {
    Path file = folder.resolve("a.nii");
    NiftiWriter.write(file, mask);
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
