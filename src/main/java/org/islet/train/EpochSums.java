package org.islet.train;

/**
 * What the steps of an epoch gave so far, added up.
 *
 * @param steps how many steps
 */
record EpochSums(int steps, double diceLoss, double centreLoss, double gradientNorm) {

  /** Before an epoch's first step. */
  static final EpochSums NONE = new EpochSums(0, 0, 0, 0);

  EpochSums plus(Trainer.Learnt step) {
    return new EpochSums(
        steps + 1,
        diceLoss + step.diceLoss(),
        centreLoss + step.centreLoss(),
        gradientNorm + step.gradientNorm());
  }

  /** The mean over the steps, of which there must be one. */
  Trainer.Learnt mean() {
    return new Trainer.Learnt(diceLoss / steps, centreLoss / steps, gradientNorm / steps);
  }
}
