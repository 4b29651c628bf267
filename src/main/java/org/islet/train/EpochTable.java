package org.islet.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What an {@code epochs.csv} tells: a row of numbers for each epoch of a training.
 *
 * @param file where it was read from
 * @param columns their names, the first being {@code epoch}
 * @param rows the numbers, as many as there are columns
 */
public record EpochTable(Path file, List<String> columns, List<List<Double>> rows) {

  /** The file's name in the folder of a network and fold. */
  public static final String NAME = "epochs.csv";

  /**
   * @throws IOException if the file cannot be read, or a line is not such a row; the message names
   *     the file and the line
   */
  public static EpochTable read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> columns = lines.isEmpty() ? List.of() : List.of(lines.get(0).split(",", -1));
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        rows.add(Arrays.stream(lines.get(i).split(",", -1)).map(Double::valueOf).toList());
      } catch (NumberFormatException e) {
        throw new IOException(
            "%s, line %d: \"%s\" is not a row of numbers.".formatted(file, i + 1, lines.get(i)), e);
      }
      if (rows.get(i - 1).size() != columns.size()) {
        throw new IOException(
            "%s, line %d, has %d columns, but line 1 names %d."
                .formatted(file, i + 1, rows.get(i - 1).size(), columns.size()));
      }
    }
    return new EpochTable(file, columns, rows);
  }

  /**
   * A column by epoch.
   *
   * @throws IllegalArgumentException if there is none of this name; the message lists those there
   *     are
   */
  public NavigableMap<Integer, Double> column(String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "%s has no column %s, but %s.".formatted(file, name, String.join(", ", columns)));
    }
    NavigableMap<Integer, Double> values = new TreeMap<>();
    rows.forEach(row -> values.put(row.get(0).intValue(), row.get(column)));
    return values;
  }
}
