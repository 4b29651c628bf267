package org.islet.train;

import org.islet.train.Architecture.Block;
import org.islet.volume.Size;

/**
 * The memory that a training takes at most, known before its first step. The shares per voxel were
 * measured on two cores (TensorFlow 2.18) with nets of 3 and 4 levels and 8 and 16 base channels,
 * and rounded up.
 *
 * @param heap the most that Java may take, in bytes
 * @param learning native bytes of a step: what a batch's features, their gradients, the weights and
 *     Adam's averages take
 * @param validating native bytes of running the network on the largest case
 */
record TrainingMemory(long heap, long learning, long validating) {

  /** TensorFlow's and Java's own code and tables. */
  private static final long BASE = 800L << 20;

  private static final int FEATURES = 100;
  private static final int RESIDUAL = 30;
  private static final int ATTENTION = 20;

  /** Weights, sums of gradients, the three averages, and what an update holds on the way. */
  private static final int COPIES_OF_WEIGHTS = 7;

  /**
   * @param largestCase the size of the largest case to validate on
   */
  static TrainingMemory of(Training training, Size largestCase) {
    Architecture a = training.architecture();
    int perChannel =
        FEATURES + (a.block() == Block.RESIDUAL ? RESIDUAL : 0) + (a.attention() ? ATTENTION : 0);
    long voxels = Math.max(training.batchVoxels(1), training.batchVoxels(training.steps()));
    long validating =
        (long) TrainedModel.BYTES_PER_VOXEL_AND_CHANNEL * a.baseChannels() * largestCase.count();
    return new TrainingMemory(
        Runtime.getRuntime().maxMemory(),
        BASE
            + voxels * perChannel * a.baseChannels()
            + COPIES_OF_WEIGHTS * Float.BYTES * a.weights(),
        Math.min(TrainedModel.INFERENCE_BYTES, validating));
  }

  long total() {
    return heap + learning + validating;
  }

  /**
   * @param bytes the memory that there is
   * @throws IllegalArgumentException if the training needs more; the message says what to change
   */
  void requireAtMost(long bytes) {
    if (total() > bytes) {
      throw new IllegalArgumentException(
          ("The training takes up to %d MiB (%d of Java heap, %d to learn, %d to validate), but this"
                  + " machine has %d MiB. Make it smaller by --last-window, --window or"
                  + " --base-channels, or the heap by ISLET_JAVA_OPTS=-Xmx….")
              .formatted(total() >> 20, heap >> 20, learning >> 20, validating >> 20, bytes >> 20));
    }
  }

  @Override
  public String toString() {
    return "up to %d MiB of memory: %d of Java heap, %d to learn, %d to validate"
        .formatted(total() >> 20, heap >> 20, learning >> 20, validating >> 20);
  }
}
