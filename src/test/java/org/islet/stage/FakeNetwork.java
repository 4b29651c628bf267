package org.islet.stage;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** A network for tests, which say what it does; nobody may ask it for anything else. */
public interface FakeNetwork extends Network {

  /** Networks that are the same however a route lets them run. */
  static Networks byName(Function<String, Network> networks) {
    return (model, options) -> networks.apply(model);
  }

  @Override
  default Precision precision() {
    return Precision.FLOAT32;
  }

  @Override
  default Optional<SliceAxis> slices() {
    return Optional.empty();
  }

  @Override
  default int channels() {
    return 0;
  }

  @Override
  default Optional<String> strangeness(Volume volume) {
    return Optional.empty();
  }

  @Override
  default Mask segment(Volume volume) {
    throw new AssertionError("no mask was to be asked for");
  }

  @Override
  default Scores scores(Volume volume) {
    throw new AssertionError("no scores were to be asked for");
  }

  @Override
  default long bytes(Size input) {
    throw new AssertionError("no bytes were to be asked for");
  }

  @Override
  default int tiles(Size input) {
    throw new AssertionError("no tiles were to be asked for");
  }

  @Override
  default OptionalDouble gigaflops(Size input) {
    throw new AssertionError("no operations were to be asked for");
  }
}
