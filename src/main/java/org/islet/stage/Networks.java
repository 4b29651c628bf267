package org.islet.stage;

/** The networks that routes can name. */
public interface Networks {

  /**
   * The network of a name ({@code pancreas-coarse} or {@code pancreas-coarse/latest}: its newest
   * version) or of a name and version ({@code pancreas-coarse/1}).
   *
   * @throws IllegalArgumentException whose message names the models there are, if there is no such
   *     one
   */
  Network get(String model);
}
