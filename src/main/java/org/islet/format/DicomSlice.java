package org.islet.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One slice of a CT: what its header says; the pixels are read when they are asked for.
 *
 * @param file where it is stored
 * @param series a name that the slices of a series share
 * @param plane its grid
 * @param position the place of its first pixel
 * @param pixels how they are stored
 */
record DicomSlice(
    Path file, String series, SlicePlane plane, Vector3 position, StoredPixels pixels) {

  /**
   * @return nothing for a file that is not DICOM, or holds something else than a CT slice
   * @throws InputRefusedException if it is a CT slice that cannot be read for certain
   */
  static Optional<DicomSlice> read(Path file) throws IOException {
    Optional<DicomFile> ct = DicomFile.readCt(file);
    return ct.isEmpty() ? Optional.empty() : Optional.of(of(file, ct.get()));
  }

  private static DicomSlice of(Path path, DicomFile file) throws InputRefusedException {
    double[] position = file.decimals(DicomTag.IMAGE_POSITION_PATIENT, 3);
    DicomSlice slice =
        new DicomSlice(
            path,
            file.text(DicomTag.SERIES_INSTANCE_UID),
            SlicePlane.of(file),
            new Vector3(position[0], position[1], position[2]),
            StoredPixels.of(file));
    slice.words(file);
    return slice;
  }

  /** The stored pixels, of which there must be as many as the plane has. */
  private ByteBuffer words(DicomFile file) throws InputRefusedException {
    ByteBuffer words = file.bytes(DicomTag.PIXEL_DATA);
    long expected = 2L * plane.rows() * plane.columns();
    if (words.remaining() != expected) {
      throw new InputRefusedException(
          "size-mismatch",
          "A slice of %d×%d pixels holds %d bytes of them, but %d were expected. Export it again."
              .formatted(plane.columns(), plane.rows(), words.remaining(), expected));
    }
    return words;
  }

  /**
   * The pixels in HU, row after row.
   *
   * @throws InputRefusedException if the file changed since its header was read
   */
  double[] readHu() throws IOException {
    Optional<DicomFile> ct = DicomFile.readCt(file);
    if (ct.isEmpty()) {
      throw new InputRefusedException(
          "unreadable", "A file of the series changed while it was read. Try again.");
    }
    double[] hu = new double[plane.pixels()];
    pixels.decode(words(ct.get()), hu);
    return hu;
  }
}
