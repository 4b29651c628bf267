package org.islet.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * Reads three-dimensional NIfTI-1 and NIfTI-2 images: {@code .nii} files and {@code .hdr}/{@code
 * .img} pairs (either of which may be named), gzipped or not, in either byte order, with integer
 * voxels of 8 to 64 bits or floats of 32 or 64. What a file holds is told by its bytes, not by its
 * name. Header extensions and {@code bitpix} are ignored.
 *
 * <p>What cannot be read for certain is refused by an {@link InputRefusedException}; other {@link
 * IOException}s mean that the disk failed. Nothing is allocated on a header's word: the file must
 * be as long as its header says, and a gzip file long enough to inflate to that.
 *
 * <pre>{@code
 * Volume ct = new NiftiReader(1L << 31).readCt(Path.of("ct.nii.gz"));
 * }</pre>
 *
 * @see <a href="https://nifti.nimh.nih.gov/nifti-1">NIfTI-1</a>
 */
public final class NiftiReader {

  /** More inflated bytes than a CT of 1024×1024×1024 voxels has: a bound where none is set. */
  public static final long AMPLE_BYTES = 4L << 30;

  private static final int CHUNK = 1 << 15;

  private final long maxInflatedBytes;

  /**
   * @param maxInflatedBytes the most bytes that a gzip file may inflate to
   */
  public NiftiReader(long maxInflatedBytes) {
    this.maxInflatedBytes = maxInflatedBytes;
  }

  /**
   * Reads the header alone, and checks that the length of the file suits it.
   *
   * @throws InputRefusedException if the header is refused
   */
  public NiftiHeader header(Path file) throws IOException {
    Path headerFile = NiftiPair.headerOf(file);
    try (StoredFile stored = StoredFile.open(headerFile, "file", maxInflatedBytes)) {
      NiftiHeader header = header(stored);
      if (header.inOneFile()) {
        stored.requireLength(header.imageBytes());
      } else {
        try (StoredFile image = openImage(headerFile)) {
          image.requireLength(header.imageBytes());
        }
      }
      return header;
    }
  }

  /**
   * Reads a CT in HU, on the file's own grid: as 16-bit integers if every value is a whole number,
   * else as floats.
   *
   * @throws InputRefusedException if the header is refused, or the voxels are: {@code not-finite},
   *     {@code out-of-range} (−32768…32767), {@code constant}
   */
  public Volume readCt(Path file) throws IOException {
    NiftiHeader header = header(file);
    HuVoxels voxels = new HuVoxels(header.geometry());
    readVoxels(file, header, voxels);
    return voxels.toVolume();
  }

  /**
   * Reads the voxels of one label, on the file's own grid. There may be none.
   *
   * @param label the value whose voxels make the mask
   * @throws InputRefusedException if the header is refused, or a voxel is {@code not-finite}
   */
  public Mask readMask(Path file, int label) throws IOException {
    return readLabel(file, label).mask();
  }

  /**
   * Reads the voxels of one label as {@link #readMask} does, and tells which other values there
   * are.
   *
   * @throws InputRefusedException if the header is refused, or a voxel is {@code not-finite}
   */
  public LabelImage readLabel(Path file, int label) throws IOException {
    NiftiHeader header = header(file);
    LabelVoxels voxels = new LabelVoxels(header.geometry(), label);
    readVoxels(file, header, voxels);
    return voxels.toImage();
  }

  private StoredFile openImage(Path headerFile) throws IOException {
    return StoredFile.open(NiftiPair.imageOf(headerFile), "image file (.img)", maxInflatedBytes);
  }

  private static NiftiHeader header(StoredFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(HeaderFields.NIFTI_2).limit(4);
    file.fill(bytes, HeaderFields.NIFTI_1);
    ByteOrder order = HeaderFields.orderOf(bytes);
    if (order == null) {
      throw new InputRefusedException(
          "not-nifti",
          ("This is not a NIfTI file: its first four bytes are %08x, but a header begins with its"
                  + " own length, 348 or 540. Send .nii, .nii.gz, or .hdr and .img.")
              .formatted(bytes.order(ByteOrder.BIG_ENDIAN).getInt(0)));
    }
    int length = bytes.order(order).getInt(0);
    file.fill(bytes.limit(length), length);
    return NiftiHeader.of(new HeaderFields(bytes));
  }

  private void readVoxels(Path file, NiftiHeader header, VoxelSink sink) throws IOException {
    Path headerFile = NiftiPair.headerOf(file);
    try (StoredFile stored =
        header.inOneFile()
            ? StoredFile.open(headerFile, "file", maxInflatedBytes)
            : openImage(headerFile)) {
      stored.requireLength(header.imageBytes());
      stored.skipTo(header.voxOffset(), header.imageBytes());
      int count = header.geometry().size().count();
      double[] values = new double[Math.min(CHUNK, count)];
      int width = header.dataType().bytes();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * width).order(header.order());
      for (int done = 0; done < count; done += CHUNK) {
        int n = Math.min(CHUNK, count - done);
        stored.fill(bytes.clear().limit(n * width), header.imageBytes());
        header.dataType().decode(bytes.flip(), values, n);
        if (header.isScaled()) {
          scale(values, n, header.slope(), header.intercept());
        }
        sink.accept(values, n);
      }
      stored.requireEnd();
    }
  }

  private static void scale(double[] values, int count, double slope, double intercept) {
    for (int i = 0; i < count; i++) {
      values[i] = values[i] * slope + intercept;
    }
  }
}
