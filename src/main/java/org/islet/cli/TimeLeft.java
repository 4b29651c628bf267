package org.islet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.islet.train.Training;

/**
 * How long a run will take: what all networks have left to learn from, in voxels of windows, times
 * what a voxel took since the network under way began. Networks are trained stage by stage and fold
 * by fold, so all before it are done.
 */
final class TimeLeft {

  private record Network(Training training, int fold) {

    double voxelsPerStep() {
      return (double) training.batchesPerStep() * training.windows() * training.window().count();
    }
  }

  private final List<Network> networks = new ArrayList<>();
  private final LongSupplier nanoTime;
  private Network now;
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
    firstStep = 0;
  }

  /**
   * A step has ended.
   *
   * @return the seconds until the last network's last step; nothing before there is anything to
   *     tell by
   */
  OptionalDouble after(int step) {
    if (firstStep == 0) {
      firstStep = step;
      firstStepAt = nanoTime.getAsLong();
    } else {
      double seconds = (nanoTime.getAsLong() - firstStepAt) / 1e9;
      secondsPerVoxel = seconds / ((step - firstStep) * now.voxelsPerStep());
    }
    double left = (now.training().steps() - step) * now.voxelsPerStep();
    for (Network later : networks.subList(networks.indexOf(now) + 1, networks.size())) {
      left += later.training().steps() * later.voxelsPerStep();
    }
    return Double.isNaN(secondsPerVoxel)
        ? OptionalDouble.empty()
        : OptionalDouble.of(left * secondsPerVoxel);
  }
}
