package org.islet.stage;

import java.util.Optional;
import java.util.OptionalDouble;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/**
 * A trained network as a stage sees it: a volume goes in, a mask or scores on the same grid come
 * out. What a run costs is known beforehand, for volumes whose axes are the patient's (RAS).
 */
public interface Network {

  /** The model's name and version, as {@code name/version}. */
  String id();

  /** The numbers that it computes with. */
  Precision precision();

  /** The axis along which a network of two dimensions takes slices; nothing for one of three. */
  Optional<SliceAxis> slices();

  /** How many channels its scores have. */
  int channels();

  /**
   * What is strange about a volume for this network, as a sentence; nothing if it is of the kind
   * that the network learnt from.
   */
  Optional<String> strangeness(Volume volume);

  /**
   * The voxels that the network takes for its organ.
   *
   * @param volume in the value range that the model's card states
   * @return a mask on the volume's grid
   * @throws RuntimeException whose message is a sentence for the operator, if the volume has not
   *     the size that the network needs, or does not fit into the memory allowed, even in tiles
   */
  Mask segment(Volume volume);

  /**
   * What the network answers, channel by channel.
   *
   * @param volume in the value range that the model's card states
   * @return scores on the volume's grid
   * @throws RuntimeException as {@link #segment}
   */
  Scores scores(Volume volume);

  /**
   * The most native memory that a run takes at one time, in bytes.
   *
   * @param input the volume's size along the patient's axes (RAS)
   * @throws IllegalArgumentException as {@link #segment}
   */
  long bytes(Size input);

  /**
   * The number of tiles that a volume is run in; 1 if it is run whole.
   *
   * @param input the volume's size along the patient's axes (RAS)
   * @throws IllegalArgumentException as {@link #segment}
   */
  int tiles(Size input);

  /**
   * The arithmetic of a run, in 10⁹ additions and multiplications; nothing if the model's card does
   * not tell.
   *
   * @param input the volume's size along the patient's axes (RAS)
   * @throws IllegalArgumentException as {@link #segment}
   */
  OptionalDouble gigaflops(Size input);
}
