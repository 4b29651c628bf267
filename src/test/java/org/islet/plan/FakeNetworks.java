package org.islet.plan;

import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.stage.FakeNetwork;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Networks;
import org.islet.stage.SliceAxis;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * Networks whose answers and costs are reckoned by hand: {@code whole} for volumes, {@code axial}
 * for slices, each with three channels; and {@code fixed}, which takes 8×8×8 voxels alone.
 */
public record FakeNetworks() implements Networks {

  static final int CHANNELS = 3;

  @Override
  public Network get(String model, NetworkOptions options) {
    return switch (model) {
      case "whole", "fixed" -> new Answering(model + "/1", Optional.empty());
      case "axial" -> new Answering(model + "/1", Optional.of(SliceAxis.Z));
      default -> throw new IllegalArgumentException("There is no model '" + model + "'.");
    };
  }

  private record Answering(String id, Optional<SliceAxis> slices) implements FakeNetwork {

    @Override
    public int channels() {
      return CHANNELS;
    }

    /** The voxels above 0.5. */
    @Override
    public Mask segment(Volume volume) {
      return volume.within(0.5, Float.MAX_VALUE);
    }

    @Override
    public Scores scores(Volume volume) {
      float[][] channels = new float[CHANNELS][volume.size().count()];
      for (int i = 0; i < channels[1].length; i++) {
        channels[1][i] = volume.at(i);
      }
      return Scores.of(volume.geometry(), channels);
    }

    @Override
    public long bytes(Size input) {
      require(input);
      return 100L * input.count();
    }

    @Override
    public int tiles(Size input) {
      require(input);
      return input.z();
    }

    @Override
    public OptionalDouble gigaflops(Size input) {
      require(input);
      return OptionalDouble.of(2.0 * input.count());
    }

    private void require(Size input) {
      if (id.startsWith("fixed") && !input.equals(new Size(8, 8, 8))) {
        throw new IllegalArgumentException("the model takes 8×8×8 voxels, not " + input + ".");
      }
    }
  }
}
