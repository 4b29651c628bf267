package org.islet.format;

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
import java.util.Random;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others write is read as they read it: pydicom, plastimatch and dcm2niix. */
class DicomAgreementTest {

  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.strip();
  }

  private static void need(String... probe) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      assumeTrue(process.waitFor() == 0, String.join(" ", probe) + " failed");
    } catch (IOException e) {
      assumeTrue(false, "there is no " + probe[0]);
    }
  }

  @Test
  void a_series_that_pydicom_writes_has_the_voxels_and_places_that_went_in()
      throws IOException, InterruptedException {
    need(PYTHON, "-c", "import pydicom, numpy");
    run(
        PYTHON,
        "-W",
        "ignore",
        "-c",
        """
import numpy as np, os, pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian, CTImageStorage, generate_uid
rng = np.random.default_rng(1)
hu = rng.integers(-1000, 1500, (5, 6, 7))
series = generate_uid()
os.mkdir('series')
for k in range(5):
    ds = Dataset()
    ds.PatientName, ds.SOPClassUID, ds.SOPInstanceUID = 'Doe^Jane', CTImageStorage, generate_uid()
    ds.SeriesInstanceUID, ds.Modality = series, 'CT'
    ds.Rows, ds.Columns, ds.PixelSpacing = 6, 7, [0.7, 0.8]
    ds.ImageOrientationPatient = [0.8, 0.6, 0, -0.6, 0.8, 0]
    ds.ImagePositionPatient = ['-10.5', '20.25', '%.6f' % (-100 + 0.9 * k)]
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, k % 2
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, 'MONOCHROME2'
    ds.RescaleIntercept, ds.RescaleSlope = (-1024, 1) if k % 2 else (-2000, 0.5)
    slope, intercept = float(ds.RescaleSlope), float(ds.RescaleIntercept)
    ds.PixelData = np.rint((hu[k] - intercept) / slope).astype('<i2' if k % 2 else '<u2').tobytes()
    inner = Dataset()
    inner.ReferencedSOPInstanceUID, inner.Rows = generate_uid(), 1
    inner.is_undefined_length_sequence_item = True
    ds.ReferencedImageSequence = Sequence([inner, Dataset()])
    ds['ReferencedImageSequence'].is_undefined_length = k < 3
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian if k != 2 else ImplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
    ds.is_little_endian, ds.is_implicit_VR = True, k == 2
    ds.save_as('series/%06d.dcm' % ((3 * k) % 5), write_like_original=False)
hu.astype('<i2').tofile('hu')
""");
    Volume ct = DicomSeries.in(folder.resolve("series")).readCt();
    assertEquals(new Size(7, 6, 5), ct.size());
    Affine expected =
        Affine.of(
            -0.8 * 0.8, 0.6 * 0.7, 0, 10.5, -0.6 * 0.8, -0.8 * 0.7, 0, -20.25, 0, 0, 0.9, -100);
    assertTrue(expected.isCloseTo(ct.geometry().affine(), 1e-6), ct.geometry()::toString);
    ByteBuffer hu =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("hu"))).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ct.size().count(); i++) {
      assertEquals(hu.getShort(2 * i), ct.at(i), "voxel " + i);
    }
  }

  @Test
  void a_series_that_plastimatch_writes_is_read_as_dcm2niix_reads_it()
      throws IOException, InterruptedException {
    need("plastimatch", "--version");
    need("sh", "-c", "command -v dcm2niix");
    Geometry grid =
        new Geometry(new Size(40, 36, 20), Affine.scaling(0.8, 0.75, 1.25, -140.5, 37.25, -900));
    Random random = new Random(4);
    short[] hu = new short[grid.size().count()];
    for (int i = 0; i < hu.length; i++) {
      hu[i] = (short) (random.nextInt(2500) - 1000);
    }
    NiftiWriter.write(folder.resolve("made-up.nii.gz"), Volume.of(grid, hu));
    run("plastimatch", "convert", "--input", "made-up.nii.gz", "--output-dicom", "series");
    run("dcm2niix", "-z", "n", "-f", "theirs", "-o", ".", "series");

    Volume ours = DicomSeries.in(folder.resolve("series")).readCt();
    Volume theirs = new NiftiReader(1 << 20).readCt(folder.resolve("theirs.nii"));
    Orientation axes = theirs.geometry().orientation();
    Volume turned = new Reorientation(ours.geometry(), axes).apply(ours);
    assertTrue(
        turned.geometry().affine().isCloseTo(theirs.geometry().affine(), 1e-3),
        () -> turned.geometry() + " but " + theirs.geometry());
    assertSameVoxels(theirs, turned);
    assertSameVoxels(Volume.of(grid, hu), Reorientation.toCanonical(ours.geometry()).apply(ours));
  }

  private static void assertSameVoxels(Volume expected, Volume actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size().count(); i++) {
      assertEquals(expected.at(i), actual.at(i), 1e-3, "voxel " + i);
    }
  }

  @Test
  void a_real_ct_written_as_dicom_by_plastimatch_comes_back()
      throws IOException, InterruptedException {
    Path real = Path.of("../shared/data/totalsegmentator/ct-3mm-small.nii.gz").toAbsolutePath();
    assumeTrue(Files.exists(real), "The real CT " + real.getFileName() + " is not here.");
    need("plastimatch", "--version");
    run("plastimatch", "convert", "--input", real.toString(), "--output-dicom", "series");
    Volume ct = new NiftiReader(1 << 26).readCt(real);
    Volume back = DicomSeries.in(folder.resolve("series")).readCt();
    Volume turned = new Reorientation(back.geometry(), ct.geometry().orientation()).apply(back);
    assertTrue(turned.geometry().affine().isCloseTo(ct.geometry().affine(), 1e-3));
    assertSameVoxels(ct, turned);
  }

  @Test
  void a_compressed_series_is_refused_and_can_be_read_once_it_was_decompressed()
      throws IOException, InterruptedException {
    need("sh", "-c", "command -v dcmcrle && command -v dcmdrle");
    DicomBytes.at(1).text(0x0008_0016, "UI", DicomBytes.CT).save(folder.resolve("series/1"));
    DicomBytes.at(2).text(0x0008_0016, "UI", DicomBytes.CT).save(folder.resolve("series/2"));
    Volume ct = DicomSeries.in(folder.resolve("series")).readCt();
    forEach("series", "dcmcrle", "small");
    InputRefusedException refusal =
        assertThrows(InputRefusedException.class, () -> DicomSeries.in(folder.resolve("small")));
    assertEquals("compressed", refusal.code());
    forEach("small", "dcmdrle", "again");
    assertSameVoxels(ct, DicomSeries.in(folder.resolve("again")).readCt());
  }

  private void forEach(String from, String tool, String to)
      throws IOException, InterruptedException {
    Files.createDirectory(folder.resolve(to));
    for (String name : new String[] {"1", "2"}) {
      run(tool, from + "/" + name, to + "/" + name);
    }
  }
}
