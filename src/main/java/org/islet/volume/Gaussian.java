package org.islet.volume;

import java.util.Arrays;

/**
 * Smoothing by a Gaussian that is the same in mm along each axis, cut off at 4 standard deviations
 * and scaled to a sum of 1, as SciPy's {@code gaussian_filter} is with {@code mode='nearest'}.
 */
public final class Gaussian {

  private static final double CUT_OFF = 4;

  private Gaussian() {}

  /**
   * The voxels at which the smoothed mask is at least a half. Beyond the grid's border the
   * outermost voxels go on, so a mask that fills the grid stays as it is. Takes time and memory in
   * proportion to the box around the mask, which no smoothed mask leaves: outside of it more than
   * half of the Gaussian's weight lies beyond the mask.
   */
  public static Mask smoothed(Mask mask, double sigmaMm) {
    return Box.around(mask).map(box -> smoothed(mask, box, sigmaMm)).orElse(mask);
  }

  private static Mask smoothed(Mask mask, Box box, double sigmaMm) {
    byte[] inside = mask.cropped(box).toBytes();
    float[] shares = new float[inside.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = inside[i];
    }
    for (int axis = 0; axis < 3; axis++) {
      smoothLines(shares, mask.geometry(), box, axis, sigmaMm);
    }
    for (int i = 0; i < shares.length; i++) {
      inside[i] = (byte) (shares[i] >= 0.5f ? 1 : 0);
    }
    return Mask.of(mask.geometry(), box, inside);
  }

  private static void smoothLines(float[] field, Geometry grid, Box box, int axis, double sigmaMm) {
    double[] weights = weights(sigmaMm / grid.spacing(axis));
    boolean first = box.start(axis) == 0;
    boolean last = box.end(axis) == grid.size().along(axis);
    int length = box.size().along(axis);
    Lines.forEach(
        box.size(),
        axis,
        () -> {
          Line line = new Line(weights, length, first, last);
          return (start, stride) -> line.smooth(field, start, stride);
        });
  }

  /** The weights of a voxel's neighbours on both sides and, in the middle, of itself. */
  private static double[] weights(double sigma) {
    int reach = (int) (CUT_OFF * sigma + 0.5);
    double[] weights = new double[2 * reach + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double z = reach == 0 ? 0 : (i - reach) / sigma;
      weights[i] = Math.exp(-z * z / 2);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Smooths one line after the other in the same working memory. */
  private static final class Line {
    private final double[] weights;
    private final int reach;
    private final int length;
    private final boolean beginsAtBorder;
    private final boolean endsAtBorder;
    private final float[] padded;

    Line(double[] weights, int length, boolean beginsAtBorder, boolean endsAtBorder) {
      this.weights = weights;
      this.reach = weights.length / 2;
      this.length = length;
      this.beginsAtBorder = beginsAtBorder;
      this.endsAtBorder = endsAtBorder;
      this.padded = new float[length + 2 * reach];
    }

    void smooth(float[] field, int start, int stride) {
      for (int i = 0; i < length; i++) {
        padded[reach + i] = field[start + i * stride];
      }
      Arrays.fill(padded, 0, reach, beginsAtBorder ? padded[reach] : 0);
      Arrays.fill(
          padded, reach + length, padded.length, endsAtBorder ? padded[reach + length - 1] : 0);
      for (int i = 0; i < length; i++) {
        double sum = 0;
        for (int n = 0; n < weights.length; n++) {
          sum += weights[n] * padded[i + n];
        }
        field[start + i * stride] = (float) sum;
      }
    }
  }
}
