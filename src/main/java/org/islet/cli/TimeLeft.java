package org.islet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.islet.train.Training;

/**
 * How long a run will take: what all networks have left to learn from, in voxels of windows, times
 * what a voxel took since windows were last of another size. Networks are trained stage by stage
 * and fold by fold, so all before the one under way are done.
 */
final class TimeLeft {

  private record Network(Training training, int fold) {

    /** Of all steps after one. */
    double voxelsAfter(int step) {
      return IntStream.rangeClosed(step + 1, training.steps()).mapToDouble(training::voxels).sum();
    }
  }

  private final List<Network> networks = new ArrayList<>();
  private final LongSupplier nanoTime;
  private Network now;
  private double laterVoxels;
  private int firstStep;
  private long firstStepAt;
  private double secondsPerVoxel = Double.NaN;

  /**
   * @param leftOut the folds, each of which every training leaves out
   * @param nanoTime a clock, in nanoseconds
   */
  TimeLeft(List<Training> trainings, List<Integer> leftOut, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (Training training : trainings) {
      leftOut.forEach(fold -> networks.add(new Network(training, fold)));
    }
  }

  /** A network begins, or goes on. */
  void begins(Training training, int fold) {
    now = new Network(training, fold);
    laterVoxels =
        networks.subList(networks.indexOf(now) + 1, networks.size()).stream()
            .mapToDouble(later -> later.voxelsAfter(0))
            .sum();
    firstStep = 0;
  }

  /**
   * A step has ended.
   *
   * @return the seconds until the last network's last step; nothing before there is anything to
   *     tell by
   */
  OptionalDouble after(int step) {
    long voxels = now.training().voxels(step);
    if (firstStep == 0 || now.training().voxels(firstStep) != voxels) {
      firstStep = step;
      firstStepAt = nanoTime.getAsLong();
    } else {
      double seconds = (nanoTime.getAsLong() - firstStepAt) / 1e9;
      secondsPerVoxel = seconds / ((double) (step - firstStep) * voxels);
    }
    double left = now.voxelsAfter(step) + laterVoxels;
    return Double.isNaN(secondsPerVoxel)
        ? OptionalDouble.empty()
        : OptionalDouble.of(left * secondsPerVoxel);
  }
}
