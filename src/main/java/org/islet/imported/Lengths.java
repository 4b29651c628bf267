package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Arrays;
import java.util.List;

/** A whole number for each axis: one for all axes, or a list in the order of the network's axes. */
record Lengths(List<Integer> values) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Lengths of(Object yaml) {
    List<?> values = yaml instanceof List<?> list ? list : List.of(yaml);
    if (values.isEmpty() || !values.stream().allMatch(v -> v instanceof Integer n && n >= 0)) {
      throw new IllegalArgumentException(
          "expected a whole number, or a list of one for each axis, not " + yaml);
    }
    return new Lengths(values.stream().map(Integer.class::cast).toList());
  }

  static Lengths of(int... values) {
    return new Lengths(Arrays.stream(values).boxed().toList());
  }

  /** Whether there is a number for each of so many axes. */
  boolean fits(int axes) {
    return values.size() == 1 || values.size() == axes;
  }

  int along(int axis) {
    return values.size() == 1 ? values.get(0) : values.get(axis);
  }

  int[] toArray(int axes) {
    int[] all = new int[axes];
    Arrays.setAll(all, this::along);
    return all;
  }

  /** Half of each, rounded down. */
  Lengths halved() {
    return new Lengths(values.stream().map(v -> v / 2).toList());
  }

  int least() {
    return values.stream().mapToInt(v -> v).min().orElseThrow();
  }

  int most() {
    return values.stream().mapToInt(v -> v).max().orElseThrow();
  }

  @Override
  public String toString() {
    return values.size() == 1 ? values.get(0).toString() : values.toString();
  }
}
