package org.islet.model;

import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.Network;
import org.islet.stage.SliceAxis;
import org.islet.volume.Size;

/** A network whose card tells what it is and what it costs. */
interface CardedNetwork extends Network {

  /** How it is run. */
  RunPlan plan();

  @Override
  default String id() {
    return plan().id();
  }

  @Override
  default int channels() {
    return plan().card().output().channels();
  }

  @Override
  default Optional<SliceAxis> slices() {
    return plan().card().input().slices();
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
