package org.islet.dataset;

import java.util.Arrays;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * What a CT holds inside a mask. An organ's tissue is much alike, so a mask that lies wrongly
 * shows: it holds gas, fat or bone as well, and its values spread.
 *
 * @param medianHu half of the values are below
 * @param lowHu 5 % of the values are below
 * @param highHu 5 % of the values are above
 * @param sdHu the standard deviation
 * @param softShare the share of values from {@value #SOFT_FROM} to {@value #SOFT_TO} HU, 0 to 1:
 *     organs, with contrast agent or without, but neither gas, fat nor bone
 */
public record TissueInside(
    double medianHu, double lowHu, double highHu, double sdHu, double softShare) {

  public static final int SOFT_FROM = -50;
  public static final int SOFT_TO = 250;

  /**
   * @param mask on the CT's grid
   * @throws IllegalArgumentException if it is empty
   */
  public static TissueInside of(Volume ct, Mask mask) {
    float[] hu = inside(ct, mask);
    if (hu.length == 0) {
      throw new IllegalArgumentException("There is no tissue in an empty mask.");
    }
    Arrays.sort(hu);
    double sum = 0;
    double squares = 0;
    int soft = 0;
    for (float value : hu) {
      sum += value;
      squares += (double) value * value;
      soft += value >= SOFT_FROM && value <= SOFT_TO ? 1 : 0;
    }
    double mean = sum / hu.length;
    return new TissueInside(
        at(0.5, hu),
        at(0.05, hu),
        at(0.95, hu),
        Math.sqrt(Math.max(0, squares / hu.length - mean * mean)),
        (double) soft / hu.length);
  }

  private static double at(double share, float[] sorted) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static float[] inside(Volume ct, Mask mask) {
    Size size = ct.size();
    byte[] slice = new byte[size.x() * size.y()];
    float[] hu = new float[mask.count()];
    int n = 0;
    for (int k = mask.frame().z0(); k < mask.frame().z1(); k++) {
      mask.copySlice(k, slice, 0);
      for (int i = 0; i < slice.length; i++) {
        if (slice[i] != 0) {
          hu[n++] = ct.at(k * slice.length + i);
        }
      }
    }
    return hu;
  }
}
