package org.islet.train;

import java.util.SplittableRandom;
import org.islet.volume.Size;

/**
 * A smooth random displacement of each voxel of a window: nodes of a lattice are displaced, and
 * between them are uniform cubic B-splines (Rueckert et al. 1999).
 */
final class FreeFormDeformation {

  private static final int TAPS = 4;

  private final Size nodes;
  private final float[] displacements;

  /** For each place along an axis the node that its splines begin at, and their weights. */
  private final int[] firstNode;

  private final float[][] weights;

  /**
   * @param spacing voxels from node to node
   * @param most voxels that a node is displaced by along an axis, either way
   */
  FreeFormDeformation(Size window, int spacing, double most, SplittableRandom random) {
    nodes =
        new Size(
            (window.x() - 1) / spacing + TAPS,
            (window.y() - 1) / spacing + TAPS,
            (window.z() - 1) / spacing + TAPS);
    displacements = new float[3 * nodes.count()];
    for (int i = 0; i < displacements.length; i++) {
      displacements[i] = (float) (most * (2 * random.nextDouble() - 1));
    }
    int longest = Math.max(window.x(), Math.max(window.y(), window.z()));
    firstNode = new int[longest];
    weights = new float[longest][];
    for (int i = 0; i < longest; i++) {
      firstNode[i] = i / spacing;
      weights[i] = splines((i % spacing) / (float) spacing);
    }
  }

  /** The four splines that are not 0 at t of the way from a node to the next. */
  private static float[] splines(float t) {
    float s = 1 - t;
    return new float[] {
      s * s * s / 6,
      (3 * t * t * t - 6 * t * t + 4) / 6,
      (3 * s * s * s - 6 * s * s + 4) / 6,
      t * t * t / 6
    };
  }

  /** What slice k of a window is bent by: the nodes blended along z. */
  float[] slice(int k) {
    return blended(displacements, 3 * nodes.x() * nodes.y(), k);
  }

  /** What row j of a slice is bent by: the slice's nodes blended along y. */
  float[] row(float[] slice, int j) {
    return blended(slice, 3 * nodes.x(), j);
  }

  private float[] blended(float[] from, int stride, int place) {
    float[] blend = new float[stride];
    for (int tap = 0; tap < TAPS; tap++) {
      int start = (firstNode[place] + tap) * stride;
      for (int n = 0; n < stride; n++) {
        blend[n] += weights[place][tap] * from[start + n];
      }
    }
    return blend;
  }

  /** The displacement along an axis of the voxel at place i of a row, in voxels. */
  float at(float[] row, int i, int axis) {
    float[] w = weights[i];
    int n = 3 * firstNode[i] + axis;
    return w[0] * row[n] + w[1] * row[n + 3] + w[2] * row[n + 6] + w[3] * row[n + 9];
  }
}
