package org.islet.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.islet.format.InputRefusedException;
import org.islet.format.NiftiName;
import org.islet.format.NiftiReader;
import org.islet.volume.Mask;

/**
 * Masks of real pancreases after which phantoms are made, in the order of their files' names.
 *
 * @param masks in any place and on any grid
 * @param leftOut the files whose mask is none of an adult's whole pancreas, and why
 */
public record Pancreases(List<Mask> masks, List<Problem> leftOut) {

  /** None: phantoms make up their own. */
  public static final Pancreases NONE = new Pancreases(List.of(), List.of());

  private static final double LEAST_MILLILITRES = 20;
  private static final double MOST_MILLILITRES = 200;

  /**
   * Reads the NIfTI files of a folder, where 1 is the pancreas. Only the box around each pancreas
   * is kept. A mask of less than 20 or more than 200 ml is left out.
   *
   * @throws DataSetProblemsException if the folder has no mask to take, or a file is no mask
   * @throws IOException if the folder cannot be read
   */
  public static Pancreases in(Path folder, NiftiReader reader) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw DataSetProblemsException.of(folder, "there is no such folder of masks.");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> NiftiName.of(f).isPresent()).sorted().toList();
    }
    List<Mask> masks = new ArrayList<>();
    List<Problem> leftOut = new ArrayList<>();
    for (Path file : files) {
      Mask mask = read(file, reader);
      double ml = mask.millilitres();
      if (ml >= LEAST_MILLILITRES && ml <= MOST_MILLILITRES) {
        masks.add(mask.trimmed());
      } else {
        leftOut.add(
            new Problem(
                file,
                "its mask is of %.0f ml, not of %.0f to %.0f as an adult's pancreas"
                    .formatted(ml, LEAST_MILLILITRES, MOST_MILLILITRES)));
      }
    }
    if (masks.isEmpty()) {
      throw DataSetProblemsException.of(
          folder,
          "it holds no NIfTI file with the mask of a pancreas, 1 being inside, of %.0f to %.0f ml."
              .formatted(LEAST_MILLILITRES, MOST_MILLILITRES));
    }
    return new Pancreases(List.copyOf(masks), List.copyOf(leftOut));
  }

  private static Mask read(Path file, NiftiReader reader) throws IOException {
    try {
      return reader.readMask(file, 1);
    } catch (InputRefusedException e) {
      throw DataSetProblemsException.of(file, e.getMessage());
    }
  }

  /**
   * The mask after which the phantom of a number is made: each in turn; nothing if there is none.
   */
  public Optional<Mask> of(int number) {
    return masks.isEmpty() ? Optional.empty() : Optional.of(masks.get(number % masks.size()));
  }
}
