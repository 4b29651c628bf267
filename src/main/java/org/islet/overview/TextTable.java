package org.islet.overview;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of text under its head, each column as wide as it must be. */
final class TextTable {

  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;

  TextTable(String indent, String... head) {
    this.indent = indent;
    rows.add(List.of(head));
  }

  void add(String... row) {
    rows.add(List.of(row));
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  @Override
  public String toString() {
    return rows.stream().map(this::line).collect(Collectors.joining("\n", "", "\n"));
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
