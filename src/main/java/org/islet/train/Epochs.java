package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.islet.format.WholeFile;

/** What came of each epoch of a training, kept as {@code epochs.csv}. */
final class Epochs {

  private static final List<String> COLUMNS =
      List.of(
          "epoch",
          "step",
          "dice_loss",
          "centre_loss",
          "gradient_norm",
          "validation_dsc",
          "validation_isolated");

  private final Path file;
  private final List<Epoch> all = new ArrayList<>();

  /**
   * An epoch. Its numbers have six decimals, as in the file, so that a training that goes on
   * compares the same ones.
   *
   * @param number the first being 1
   * @param step the last step of it
   * @param learnt the losses in the mean over its steps
   * @param dsc the mean on the cases that validate, 0 to 1
   * @param isolated the mean number of isolated false positives on them
   */
  record Epoch(int number, int step, Trainer.Learnt learnt, double dsc, double isolated) {

    Epoch {
      learnt =
          new Trainer.Learnt(
              rounded(learnt.diceLoss()),
              rounded(learnt.centreLoss()),
              rounded(learnt.gradientNorm()));
      dsc = rounded(dsc);
      isolated = rounded(isolated);
    }

    private static double rounded(double value) {
      return Math.round(1e6 * value) / 1e6;
    }

    private String row() {
      return String.format(
          Locale.ROOT,
          "%d,%d,%.6f,%.6f,%.6f,%.6f,%.6f",
          number,
          step,
          learnt.diceLoss(),
          learnt.centreLoss(),
          learnt.gradientNorm(),
          dsc,
          isolated);
    }

    private static Epoch of(List<Double> row) {
      return new Epoch(
          row.get(0).intValue(),
          row.get(1).intValue(),
          new Trainer.Learnt(row.get(2), row.get(3), row.get(4)),
          row.get(5),
          row.get(6));
    }
  }

  /**
   * @param lastStep epochs that end after it are forgotten: they are to come again
   * @throws IOException if the file is there and cannot be read, or has other columns
   */
  Epochs(Path file, int lastStep) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      EpochTable table = EpochTable.read(file);
      if (!table.columns().equals(COLUMNS)) {
        throw new IOException(
            "%s has the columns %s, but this version of Islet writes %s. Begin the run anew."
                .formatted(file, table.columns(), COLUMNS));
      }
      table.rows().stream().map(Epoch::of).filter(e -> e.step() <= lastStep).forEach(all::add);
    }
  }

  int count() {
    return all.size();
  }

  /** Whether the last epoch is better than all before it. */
  boolean lastIsBest() {
    int last = all.size() - 1;
    return all.subList(0, last).stream().allMatch(e -> e.dsc() < all.get(last).dsc());
  }

  /** A number of each epoch. */
  NavigableMap<Integer, Double> byNumber(ToDoubleFunction<Epoch> value) {
    NavigableMap<Integer, Double> numbers = new TreeMap<>();
    all.forEach(e -> numbers.put(e.number(), value.applyAsDouble(e)));
    return numbers;
  }

  void add(Epoch epoch) throws IOException {
    all.add(epoch);
    StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    all.forEach(e -> text.append(e.row()).append('\n'));
    WholeFile.write(file, text.toString());
  }
}
