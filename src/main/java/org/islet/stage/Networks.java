package org.islet.stage;

/** The networks that routes can name. */
public interface Networks {

  /**
   * The network of a name ({@code pancreas-coarse} or {@code pancreas-coarse/latest}: its newest
   * version) or of a name and version ({@code pancreas-coarse/1}).
   *
   * @throws IllegalArgumentException whose message names the models there are, if there is no such
   *     one; or says why it cannot run as it is to
   */
  Network get(String model, NetworkOptions options);

  /** The same, run as the model's card says, wherever it can be. */
  default Network get(String model) {
    return get(model, NetworkOptions.NONE);
  }
}
