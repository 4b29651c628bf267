package org.islet.imported;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is done to each number that a layer answers. */
enum Activation {
  @JsonProperty("none")
  NONE,
  @JsonProperty("relu")
  RELU,
  /** x where it is positive, else slope · x. */
  @JsonProperty("leaky-relu")
  LEAKY_RELU,
  /** x where it is positive, else eˣ − 1. */
  @JsonProperty("elu")
  ELU,
  @JsonProperty("sigmoid")
  SIGMOID
}
