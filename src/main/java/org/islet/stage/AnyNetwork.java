package org.islet.stage;

import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** Stands for a network that is not there, so that what comes behind it can be checked. */
record AnyNetwork() implements Network {

  @Override
  public String id() {
    return "a model";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  public Optional<SliceAxis> slices() {
    return Optional.empty();
  }

  @Override
  public int channels() {
    return 0;
  }

  @Override
  public Optional<String> strangeness(Volume volume) {
    return Optional.empty();
  }

  @Override
  public Mask segment(Volume volume) {
    throw new UnsupportedOperationException("This network is not there.");
  }

  @Override
  public Scores scores(Volume volume) {
    throw new UnsupportedOperationException("This network is not there.");
  }

  @Override
  public long bytes(Size input) {
    return 0;
  }

  @Override
  public int tiles(Size input) {
    return 0;
  }

  @Override
  public OptionalDouble gigaflops(Size input) {
    return OptionalDouble.empty();
  }
}
