package org.islet.volume;

import java.util.ArrayList;
import java.util.List;

/**
 * The directions in which the indices of a grid's three axes grow, as three letters: R or L, A or
 * P, S or I. RAS means that x grows to the patient's right, y to the front and z to the head. There
 * are 48 orientations.
 *
 * @param code the letters for x, y and z
 */
public record Orientation(String code) {

  /** The orientation that every stage and network sees. */
  public static final Orientation CANONICAL = new Orientation("RAS");

  private static final String POSITIVE = "RAS";
  private static final String NEGATIVE = "LPI";

  /**
   * @throws IllegalArgumentException if the code does not name each of the patient's axes once
   */
  public Orientation {
    boolean valid = code.length() == 3;
    int seen = 0;
    for (int axis = 0; valid && axis < 3; axis++) {
      int world = worldAxis(code.charAt(axis));
      valid = world >= 0;
      seen |= valid ? 1 << world : 0;
    }
    if (!valid || seen != 0b111) {
      throw new IllegalArgumentException(
          "'"
              + code
              + "' is not an orientation: one of R or L, one of A or P and one of S or I was"
              + " expected, in any order, for example RAS or LPI.");
    }
  }

  /** All 48. */
  public static List<Orientation> all() {
    List<Orientation> all = new ArrayList<>();
    for (String letters : List.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")) {
      for (int signs = 0; signs < 8; signs++) {
        StringBuilder code = new StringBuilder(3);
        for (int axis = 0; axis < 3; axis++) {
          int world = POSITIVE.indexOf(letters.charAt(axis));
          code.append((signs >> axis & 1) == 0 ? POSITIVE.charAt(world) : NEGATIVE.charAt(world));
        }
        all.add(new Orientation(code.toString()));
      }
    }
    return all;
  }

  /**
   * The orientation nearest to an affine: of all ways to give each voxel axis a patient axis of its
   * own, the one with the largest sum of direction cosines.
   */
  public static Orientation nearest(Affine affine) {
    int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    int[] best = permutations[0];
    double bestSum = -1;
    for (int[] worlds : permutations) {
      double sum = 0;
      for (int axis = 0; axis < 3; axis++) {
        sum += Math.abs(affine.at(worlds[axis], axis)) / affine.columnLength(axis);
      }
      if (sum > bestSum + 1e-9) {
        bestSum = sum;
        best = worlds;
      }
    }
    StringBuilder code = new StringBuilder(3);
    for (int axis = 0; axis < 3; axis++) {
      String letters = affine.at(best[axis], axis) >= 0 ? POSITIVE : NEGATIVE;
      code.append(letters.charAt(best[axis]));
    }
    return new Orientation(code.toString());
  }

  /** The voxel axis that runs along the patient's axis 0 (right-left), 1 (front-back) or 2. */
  int axisAlong(int world) {
    for (int axis = 0; axis < 3; axis++) {
      if (worldAxis(code.charAt(axis)) == world) {
        return axis;
      }
    }
    throw new IndexOutOfBoundsException("world axis " + world);
  }

  /** The patient's axis along which a voxel axis runs. */
  int worldAlong(int axis) {
    return worldAxis(code.charAt(axis));
  }

  /** Whether the indices of a voxel axis grow to the left, back or feet. */
  boolean isReversed(int axis) {
    return NEGATIVE.indexOf(code.charAt(axis)) >= 0;
  }

  private static int worldAxis(char letter) {
    int positive = POSITIVE.indexOf(letter);
    return positive >= 0 ? positive : NEGATIVE.indexOf(letter);
  }

  @Override
  public String toString() {
    return code;
  }
}
