package org.islet.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What training makes small, as parts of a graph. Estimate and truth are (n, z, y, x, 1), the
 * estimate being probabilities and the truth 0 or 1, or the share of a larger voxel that is inside.
 */
final class Losses {

  private static final int Y = 2;
  private static final int X = 3;

  private final Ops tf;

  Losses(Ops tf) {
    this.tf = tf;
  }

  /**
   * Soft Dice loss over all voxels together (Milletari et al. 2016): {@code 1 − (2 Σ p t + 1) / (Σ
   * p + Σ t + 1)}.
   */
  Operand<TFloat32> dice(Operand<TFloat32> estimate, Operand<TFloat32> truth) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> shared = sum(tf.math.mul(estimate, truth));
    Operand<TFloat32> both = tf.math.add(sum(estimate), sum(truth));
    Operand<TFloat32> dice =
        tf.math.div(tf.math.add(tf.math.mul(tf.constant(2f), shared), one), tf.math.add(both, one));
    return tf.math.sub(one, dice);
  }

  /**
   * The centre loss (Zhao et al. 2019, section 2.3): how far the centres of truth and estimate lie
   * apart, slice by slice along z. A slice's centre is the mean of its voxels' places along x and
   * y, weighted by the mask and divided by the slice's length along that axis, so 0…1. The loss is
   * the squared distance between the two centres, in the mean over the slices that hold any truth.
   *
   * <p>The text that reached us lost the formula. The mean over slices, not the sum, was chosen so
   * that λ means the same for volumes of all depths. An estimate's slice counts one voxel more, at
   * the truth's centre, as the Dice loss counts one: where it is all but empty it has no centre to
   * speak of, and without that voxel the little there is would have endless gradients.
   */
  Operand<TFloat32> centre(Operand<TFloat32> estimate, Operand<TFloat32> truth) {
    Operand<TFloat32> inSlice = tf.reduceSum(truth, tf.constant(new int[] {Y, X, 4}));
    Operand<TFloat32> holdsTruth =
        tf.dtypes.cast(tf.math.greater(inSlice, tf.constant(0f)), TFloat32.class);
    Operand<TFloat32> distance =
        tf.math.add(squaredDistance(X, estimate, truth), squaredDistance(Y, estimate, truth));
    Operand<TFloat32> slices = tf.math.maximum(total(holdsTruth, 2), tf.constant(1f));
    return tf.math.div(total(tf.math.mul(distance, holdsTruth), 2), slices);
  }

  /** Of each slice's centres along an axis, (n, z). */
  private Operand<TFloat32> squaredDistance(
      int axis, Operand<TFloat32> estimate, Operand<TFloat32> truth) {
    Moments ofTruth = moments(axis, truth);
    Operand<TFloat32> centre = tf.math.divNoNan(ofTruth.first, ofTruth.weight);
    Moments ofEstimate = moments(axis, estimate);
    Operand<TFloat32> estimated =
        tf.math.div(
            tf.math.add(ofEstimate.first, centre), tf.math.add(ofEstimate.weight, tf.constant(1f)));
    return tf.math.squaredDifference(estimated, centre);
  }

  /**
   * A slice's sum, and the sum of its voxels' places along an axis, as shares of its length.
   *
   * @param weight (n, z)
   * @param first (n, z)
   */
  private record Moments(Operand<TFloat32> weight, Operand<TFloat32> first) {}

  private Moments moments(int axis, Operand<TFloat32> mask) {
    int other = axis == X ? Y : X;
    Operand<TFloat32> profile = tf.reduceSum(mask, tf.constant(new int[] {other, 4}));
    Operand<TInt32> length =
        tf.squeeze(
            tf.slice(tf.shape(mask), tf.constant(new int[] {axis}), tf.constant(new int[] {1})));
    Operand<TFloat32> places =
        tf.math.div(
            tf.dtypes.cast(tf.range(tf.constant(0), length, tf.constant(1)), TFloat32.class),
            tf.dtypes.cast(length, TFloat32.class));
    return new Moments(
        tf.reduceSum(profile, tf.constant(2)),
        tf.reduceSum(tf.math.mul(profile, places), tf.constant(2)));
  }

  /**
   * The loss at several resolutions, each weighing half as much as the one before, all together 1.
   *
   * @param losses the full resolution's first
   */
  Operand<TFloat32> weighted(List<Operand<TFloat32>> losses) {
    List<Operand<TFloat32>> terms = new ArrayList<>();
    double all = 2 - Math.pow(0.5, losses.size() - 1);
    for (int level = 0; level < losses.size(); level++) {
      float weight = (float) (Math.pow(0.5, level) / all);
      terms.add(tf.math.mul(tf.constant(weight), losses.get(level)));
    }
    return terms.size() == 1 ? terms.get(0) : tf.math.addN(terms);
  }

  private Operand<TFloat32> sum(Operand<TFloat32> x) {
    return total(x, 5);
  }

  private Operand<TFloat32> total(Operand<TFloat32> x, int rank) {
    int[] axes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      axes[axis] = axis;
    }
    return tf.reduceSum(x, tf.constant(axes));
  }
}
