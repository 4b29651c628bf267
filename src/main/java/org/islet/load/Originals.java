package org.islet.load;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.islet.format.NiftiWriter;
import org.islet.format.WholeFile;
import org.islet.phantom.Phantom;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/** The CTs whose copies are sent, one after the other and then from the first again. */
public final class Originals implements Closeable {

  private final List<Original> all = new ArrayList<>();

  private Originals() {}

  /**
   * Phantoms of whole abdomens, which leave nothing behind.
   *
   * @param folder where they may lie
   * @param seed of their series
   * @throws IOException if they cannot be written, as a sentence
   */
  public static Originals phantoms(Path folder, Size size, long seed, int count)
      throws IOException {
    Originals originals = new Originals();
    Geometry geometry = Phantom.wholeAbdomen(size);
    Path file = folder.resolve("phantom.nii.gz");
    try {
      for (int number = 1; number <= count; number++) {
        NiftiWriter.write(file, Phantom.generate(Phantom.seed(seed, number), geometry).ct());
        originals.all.add(Original.open(file));
        Files.delete(file); // it is there as long as it is open
      }
      return originals;
    } catch (IOException e) {
      originals.close();
      Files.deleteIfExists(file);
      throw WholeFile.failure(file, e);
    }
  }

  /**
   * Files of others.
   *
   * @throws IllegalArgumentException for the first of which no copy can be made, as a sentence
   */
  public static Originals files(List<Path> files) throws IOException {
    Originals originals = new Originals();
    for (Path file : files) {
      try {
        originals.all.add(Original.open(file));
      } catch (IOException | IllegalArgumentException e) {
        originals.close();
        throw new IllegalArgumentException(
            "%s cannot be copied as a CT (%s). Give NIfTI files, .nii or .nii.gz; ./islet convert makes them of DICOM."
                .formatted(
                    file, e instanceof IOException ? e.getClass().getSimpleName() : e.getMessage()),
            e);
      }
    }
    return originals;
  }

  /** The one that the request of a number is of, counted from 0. */
  Original of(int number) {
    return all.get(number % all.size());
  }

  /** The most bytes that a copy has. */
  public long largest() throws IOException {
    long largest = 0;
    for (Original original : all) {
      largest = Math.max(largest, original.length());
    }
    return largest;
  }

  @Override
  public void close() throws IOException {
    for (Original original : all) {
      original.close();
    }
  }
}
