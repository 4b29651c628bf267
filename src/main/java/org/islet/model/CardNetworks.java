package org.islet.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.islet.stage.Network;
import org.islet.stage.NetworkOptions;
import org.islet.stage.Networks;
import org.islet.stage.Precision;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Volume;

/**
 * The models in a folder as their cards describe them, for whoever wants to know what a route would
 * run and what that would cost. They are found, and refused, as by {@link ModelStore}, but
 * TensorFlow is never loaded and no network runs.
 */
public final class CardNetworks implements Networks {

  private final ModelFolder folder;
  private final InferenceMemory memory;
  private final Map<String, ModelCard> cards = new ConcurrentHashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();

  public CardNetworks(Path root, InferenceMemory memory) {
    this.folder = new ModelFolder(root);
    this.memory = memory;
  }

  /**
   * {@inheritDoc} The network tells its costs and refuses to run; whether there is a GPU is not
   * asked.
   *
   * @throws IllegalArgumentException also if the model's card is missing or not valid
   */
  @Override
  public Network get(String model, NetworkOptions options) {
    String id = folder.resolve(model);
    ModelCard card = card(id);
    Precision precision = options.precision().orElseGet(card::ownPrecision);
    return new Described(new RunPlan(id, card, precision, memory));
  }

  /** The card of a model that the folder holds, by its id ({@code name/version}). */
  public ModelCard card(String id) {
    return cards.computeIfAbsent(id, folder::card);
  }

  /**
   * The SHA-256 of all of a model's files, in hexadecimal, by its id ({@code name/version}).
   *
   * @throws IllegalArgumentException if one is no regular file or cannot be read
   */
  public String digest(String id) {
    return digests.computeIfAbsent(id, folder::digest);
  }

  /** A text that is another whenever a model comes, goes or changes. */
  public String state() {
    return folder.state();
  }

  private record Described(RunPlan plan) implements CardedNetwork {

    @Override
    public Mask segment(Volume volume) {
      throw notLoaded();
    }

    @Override
    public Scores scores(Volume volume) {
      throw notLoaded();
    }

    private UnsupportedOperationException notLoaded() {
      return new UnsupportedOperationException(
          "Only the card of the model %s was read; it cannot be run here.".formatted(id()));
    }
  }
}
