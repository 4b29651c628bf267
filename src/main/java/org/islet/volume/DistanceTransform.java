package org.islet.volume;

/**
 * The exact Euclidean distance from each voxel of a grid to the nearest voxel of a mask: along one
 * axis after the other, the lower envelope of a parabola over each voxel (Felzenszwalb and
 * Huttenlocher 2012, Distance Transforms of Sampled Functions). Time and memory grow linearly with
 * the voxels of the grid. The grid's axes are taken as perpendicular, their spacing as it is.
 */
public final class DistanceTransform {

  private DistanceTransform() {}

  /**
   * The squared distances between voxel centres, in mm².
   *
   * @return one value per voxel, x fastest; infinity everywhere if the mask is empty
   */
  public static float[] squared(Mask mask) {
    float[] field = new float[mask.size().count()];
    byte[] voxels = mask.toBytes();
    for (int i = 0; i < field.length; i++) {
      field[i] = voxels[i] != 0 ? 0 : Float.POSITIVE_INFINITY;
    }
    Geometry grid = mask.geometry();
    for (int axis = 0; axis < 3; axis++) {
      int length = grid.size().along(axis);
      double spacing = grid.spacing(axis);
      Lines.forEach(
          grid.size(),
          axis,
          () -> {
            LowerEnvelope envelope = new LowerEnvelope(length, spacing);
            return (start, stride) -> envelope.replace(field, start, stride);
          });
    }
    return field;
  }

  /** The lower envelope of the parabolas over one line of voxels, with its working memory. */
  private static final class LowerEnvelope {
    private final double spacing;
    private final double[] height;
    private final int[] vertex;
    private final double[] begin;

    LowerEnvelope(int length, double spacing) {
      this.spacing = spacing;
      height = new double[length];
      vertex = new int[length];
      begin = new double[length];
    }

    /** Replaces each value of a line by the least, over the line, of value plus distance². */
    void replace(float[] field, int start, int stride) {
      int last = -1;
      for (int q = 0; q < height.length; q++) {
        height[q] = field[start + q * stride];
        if (height[q] < Double.POSITIVE_INFINITY) {
          while (last >= 0 && crossing(vertex[last], q) <= begin[last]) {
            last--;
          }
          begin[last + 1] = last < 0 ? Double.NEGATIVE_INFINITY : crossing(vertex[last], q);
          vertex[++last] = q;
        }
      }
      for (int q = 0, p = 0; q < height.length && last >= 0; q++) {
        while (p < last && begin[p + 1] < q * spacing) {
          p++;
        }
        double distance = (q - vertex[p]) * spacing;
        field[start + q * stride] = (float) (distance * distance + height[vertex[p]]);
      }
    }

    /** The place in mm from which on the parabola over b lies below the one over a, a &lt; b. */
    private double crossing(int a, int b) {
      double rise = (height[b] - height[a]) / ((b - a) * spacing);
      return (rise + (a + b) * spacing) / 2;
    }
  }
}
