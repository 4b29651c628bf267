package org.islet.model;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.Network;
import org.islet.stage.Precision;
import org.islet.stage.SliceAxis;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** A network whose card tells what it is and what it costs. */
interface CardedNetwork extends Network {

  /** How it is run. */
  RunPlan plan();

  @Override
  default String id() {
    return plan().id();
  }

  @Override
  default Precision precision() {
    return plan().precision();
  }

  @Override
  default int channels() {
    return plan().card().output().channels();
  }

  @Override
  default Optional<SliceAxis> slices() {
    return plan().card().input().slices();
  }

  /** Whether values lie in the range that the card states, but for a hundredth of it. */
  @Override
  default Optional<String> strangeness(Volume volume) {
    ModelCard.Input card = plan().card().input();
    DoubleSummaryStatistics range = volume.range();
    double tolerance = ((double) card.max() - card.min()) / 100;
    return range.getMin() >= card.min() - tolerance && range.getMax() <= card.max() + tolerance
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The model %s learnt from values of %.4g to %.4g, but was given %.4g to %.4g; its answer"
                    + " may mean nothing. Clip them to that range first.",
                id(),
                card.min(),
                card.max(),
                range.getMin(),
                range.getMax()));
  }

  @Override
  default long bytes(Size input) {
    return plan().largestTileBytes(input);
  }

  @Override
  default int tiles(Size input) {
    return plan().tileCount(input);
  }

  @Override
  default OptionalDouble gigaflops(Size input) {
    return plan().gigaflops(input);
  }
}
