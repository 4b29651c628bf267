package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nibabel, a reference implementation of NIfTI, reads what Islet writes and the reverse. */
class NibabelAgreementTest {

  private static final String PYTHON = "/usr/bin/python3";

  /** Places in a NIfTI-1 header that must be the same bytes in nibabel's file and in Islet's. */
  private static final int[][] SAME_BYTES = {
    {0, 4}, // sizeof_hdr
    {40, 56}, // dim
    {70, 74}, // datatype, bitpix
    {76, 108}, // pixdim
    {108, 112}, // vox_offset
    {123, 124}, // xyzt_units
    {252, 256}, // qform_code, sform_code
    {268, 328}, // qoffset, srow
    {344, 352} // magic, extension
  };

  @TempDir static Path folder;

  @BeforeAll
  static void needsNibabel() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    Process probe = new ProcessBuilder(PYTHON, "-c", "import nibabel, numpy").start();
    assumeTrue(probe.waitFor() == 0, PYTHON + " has no nibabel");
  }

  private static List<String> python(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, "-W", "ignore", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }

  @Test
  void islet_reads_the_voxels_and_affines_that_nibabel_writes()
      throws IOException, InterruptedException {
    List<String> lines =
        python(
            """
import nibabel as nib, numpy as np
rng = np.random.default_rng(1)
n = 0
def save(cls, kind, data, affine, ending, form):
    global n
    header = cls.header_class(endianness=kind)
    image = cls(data, affine, header)
    image.header.set_data_dtype(data.dtype)
    image.set_sform(affine, 2 if form == 's' else 0)
    image.set_qform(affine, 1 if form == 'q' else 0)
    image.header.set_xyzt_units('mm')
    if data.dtype.kind == 'f' and n % 2:
        image.set_data_dtype(np.int16)
    name = '%03d%s' % (n, ending)
    n += 1
    nib.save(image, name)
    back = nib.load(name)
    back.get_fdata(dtype=np.float64).astype('<f4').ravel(order='F').tofile(name + '.f4')
    np.set_printoptions(precision=17)
    print(name, *data.shape, *back.affine[:3].ravel().tolist())
turned = np.array([[.6, -1.6, 0, -90], [.8, 1.2, 0, 40.5], [0, 0, -2.5, 7], [0, 0, 0, 1]])
for cls, ending in ((nib.Nifti1Image, '.nii'), (nib.Nifti1Image, '.nii.gz'),
                    (nib.Nifti2Image, '.nii'), (nib.Nifti2Image, '.nii.gz'),
                    (nib.Nifti1Pair, '.hdr'), (nib.Nifti2Pair, '.hdr')):
    for endian in '<>':
        for t in ('u1', 'i1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f4', 'f8'):
            data = rng.integers(0, 120, (4, 3, 5)).astype(endian + t)
            if t[0] == 'f':
                data += rng.random((4, 3, 5))
            save(cls, endian, data, turned, ending, 'sq-'[n % 3])
""");
    assertEquals(120, lines.size());
    NiftiReader reader = new NiftiReader(1 << 20);
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      Volume volume = reader.readCt(folder.resolve(words[0]));
      double[] rows = Stream.of(words).skip(4).mapToDouble(Double::parseDouble).toArray();
      assertTrue(
          Affine.of(rows).isCloseTo(volume.geometry().affine(), 1e-6),
          () -> line + " but Islet reads " + volume.geometry().affine());
      assertEquals(new Size(4, 3, 5), volume.size());
      assertVoxels(folder.resolve(words[0] + ".f4"), volume);
    }
  }

  private static void assertVoxels(Path floats, Volume volume) throws IOException {
    ByteBuffer expected =
        ByteBuffer.wrap(Files.readAllBytes(floats)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < volume.size().count(); i++) {
      assertEquals(expected.getFloat(4 * i), volume.at(i), "voxel " + i + " of " + floats);
    }
  }

  @Test
  void nibabel_reads_and_writes_what_islet_writes() throws IOException, InterruptedException {
    double h = Math.sqrt(0.5);
    Affine[] affines = {
      Affine.scaling(0.75, 0.75, 1.5, -100.25, -50.5, 7),
      Affine.of(-0.75, 0, 0, 100, 0, -0.75, 0, 120, 0, 0, 2.5, -300),
      Affine.of(-1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 3),
      Affine.of(0, 0, 2, 1, -1, 0, 0, 2, 0, 1.5, 0, 3),
      Affine.of(h, -h, 0, 1, h, h, 0, 2, 0, 0, -2, 3),
      Affine.of(0.36, 0.48, -1.6, 5, -0.8, 0.6, 0, 6, 0.48, 0.64, 1.2, 7),
    };
    Random random = new Random(1);
    for (int i = 0; i < affines.length; i++) {
      Geometry grid = new Geometry(new Size(5, 4, 3), affines[i]);
      short[] whole = new short[60];
      float[] fractional = new float[60];
      byte[] inside = new byte[60];
      for (int v = 0; v < 60; v++) {
        whole[v] = (short) random.nextInt();
        fractional[v] = random.nextFloat();
        inside[v] = (byte) random.nextInt(2);
      }
      NiftiWriter.write(folder.resolve(i + "-int16.nii.gz"), Volume.of(grid, whole));
      NiftiWriter.write(folder.resolve(i + "-float32.nii"), Volume.of(grid, fractional));
      NiftiWriter.write(folder.resolve(i + "-uint8.nii.gz"), Mask.of(grid, inside));
      save(i + "-int16.raw", Volume.of(grid, whole));
      save(i + "-float32.raw", Volume.of(grid, fractional));
      NiftiWriter.write(folder.resolve(i + "-plain.nii"), Volume.of(grid, whole));
      saveAffine(i + ".f8", affines[i]);
      ByteBuffer mask = ByteBuffer.wrap(inside);
      Files.write(folder.resolve(i + "-uint8.raw"), mask.array());
    }
    List<String> lines =
        python(
            """
import nibabel as nib, numpy as np
for i in range(6):
    affine = np.vstack([np.fromfile('%d.f8' % i).reshape(3, 4), [0, 0, 0, 1]])
    for t, ending in (('int16', '.nii.gz'), ('float32', '.nii'), ('uint8', '.nii.gz')):
        image = nib.load('%d-%s%s' % (i, t, ending))
        raw = np.fromfile('%d-%s.raw' % (i, t), dtype=t).reshape((5, 4, 3), order='F')
        assert image.get_data_dtype() == np.dtype(t)
        assert np.array_equal(np.asanyarray(image.dataobj), raw), (i, t)
        assert np.allclose(image.affine, affine, atol=1e-5), (i, image.affine)
        assert np.allclose(image.get_qform(), affine, atol=1e-5), (i, image.get_qform())
        assert image.header['qform_code'] == 1 and image.header['sform_code'] == 1
        assert image.header.get_xyzt_units()[0] == 'mm'
    raw = np.fromfile('%d-int16.raw' % i, dtype='int16').reshape((5, 4, 3), order='F')
    theirs = nib.Nifti1Image(raw, affine)
    theirs.set_sform(affine, 1)
    theirs.set_qform(affine, 1)
    theirs.header.set_xyzt_units('mm')
    nib.save(theirs, '%d-theirs.nii' % i)
print('agreed')
""");
    assertEquals(List.of("agreed"), lines);
    for (int i = 0; i < affines.length; i++) {
      assertSameHeader(
          Files.readAllBytes(folder.resolve(i + "-theirs.nii")),
          Files.readAllBytes(folder.resolve(i + "-plain.nii")));
    }
  }

  private static void assertSameHeader(byte[] theirs, byte[] ours) {
    for (int[] field : SAME_BYTES) {
      for (int at = field[0]; at < field[1]; at++) {
        assertEquals(theirs[at], ours[at], "byte " + at);
      }
    }
    ByteBuffer expected = ByteBuffer.wrap(theirs).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer actual = ByteBuffer.wrap(ours).order(ByteOrder.LITTLE_ENDIAN);
    for (int place = 256; place < 268; place += 4) { // quatern_b, quatern_c, quatern_d
      assertEquals(expected.getFloat(place), actual.getFloat(place), 1e-7);
    }
    assertEquals(
        0, Arrays.compare(theirs, 352, theirs.length, ours, 352, ours.length), "the voxels");
  }

  private static void save(String name, Volume volume) throws IOException {
    boolean whole = volume.shorts().isPresent();
    ByteBuffer b =
        ByteBuffer.allocate(volume.size().count() * (whole ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < volume.size().count(); i++) {
      if (whole) {
        b.putShort((short) volume.at(i));
      } else {
        b.putFloat(volume.at(i));
      }
    }
    Files.write(folder.resolve(name), b.array());
  }

  private static void saveAffine(String name, Affine affine) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : affine.toArray()) {
      b.putDouble(v);
    }
    Files.write(folder.resolve(name), b.array());
  }
}
