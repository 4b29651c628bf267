package org.islet.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.islet.volume.Geometry;
import org.islet.volume.Volume;

/**
 * A CT as a folder of DICOM files (CT Image Storage), one for each slice, whatever the files'
 * names: the place of a slice is what its header says. Implicit and Explicit VR Little Endian are
 * read. Files that are not DICOM or hold something else than a CT slice are left alone.
 *
 * <p>What cannot be read for certain is refused by an {@link InputRefusedException}: several
 * series, compressed pixels, uneven or tilted slices, and so on. Other {@link IOException}s mean
 * that the disk failed. No message holds what a file says of the patient.
 *
 * <pre>{@code
 * Volume ct = DicomSeries.in(Path.of("PANCREAS_0001")).readCt();
 * }</pre>
 *
 * @see <a href="https://www.dicomstandard.org/current">DICOM, PS3.3 (C.7.6.2, C.8.2.1), PS3.5,
 *     PS3.10</a>
 */
public final class DicomSeries {

  private final SliceStack stack;

  private DicomSeries(SliceStack stack) {
    this.stack = stack;
  }

  /**
   * Finds the one CT series of a folder and the folders inside it, and reads its headers.
   *
   * @throws InputRefusedException if there is no series, or several, or it is refused
   */
  public static DicomSeries in(Path folder) throws IOException {
    List<Path> files = files(folder);
    List<DicomSlice> slices = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      slice(files.get(i), i + 1, files.size()).ifPresent(slices::add);
    }
    if (slices.isEmpty()) {
      throw new InputRefusedException(
          "no-ct-series",
          ("Of the %d files in this folder none is a slice of a CT (DICOM, CT Image Storage). Give"
                  + " the folder that holds a series.")
              .formatted(files.size()));
    }
    var sizes =
        slices.stream()
            .collect(Collectors.groupingBy(DicomSlice::series, Collectors.counting()))
            .values();
    if (sizes.size() > 1) {
      throw new InputRefusedException(
          "several-series",
          ("There are %d CT series in this folder, of %d to %d slices, but one was expected. Give"
                  + " the folder inside it that holds one of them, or move their files apart.")
              .formatted(sizes.size(), Collections.min(sizes), Collections.max(sizes)));
    }
    return new DicomSeries(new SliceStack(slices));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder.toRealPath())) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) { // a folder inside it cannot be read
      throw e.getCause();
    }
  }

  private static Optional<DicomSlice> slice(Path file, int number, int of) throws IOException {
    try {
      return DicomSlice.read(file);
    } catch (InputRefusedException e) { // names may hold a patient's, so the file gets a number
      throw new InputRefusedException(
          e.code(), "File %d of %d, sorted by path: %s".formatted(number, of, e.getMessage()));
    }
  }

  /** The series' own grid: x along the rows, y along the columns, z along the slices' normal. */
  public Geometry geometry() throws InputRefusedException {
    return stack.geometry();
  }

  /**
   * Reads the CT in HU, on the series' own grid: as 16-bit integers if every value is a whole
   * number, else as floats.
   *
   * @throws InputRefusedException {@code out-of-range} (−32768…32767) or {@code constant}
   */
  public Volume readCt() throws IOException {
    HuVoxels voxels = new HuVoxels(geometry());
    for (DicomSlice slice : stack.slices()) {
      double[] hu = slice.readHu();
      voxels.accept(hu, hu.length);
    }
    return voxels.toVolume();
  }
}
