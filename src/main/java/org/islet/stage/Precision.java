package org.islet.stage;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The numbers that a network computes with. */
public enum Precision {
  /** 32 bits in all that is computed, as the network was trained. */
  FLOAT32,
  /**
   * Convolutions and products of matrices may round what they multiply to 10 bits of fraction, as
   * GPUs with TensorFloat-32 do; other processors compute as with {@link #FLOAT32}.
   */
  TF32,
  /** Where little is lost, 16 bits: float16 on a GPU, bfloat16 elsewhere. */
  MIXED;

  /** As cards, routes and results write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The precision of a word.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Precision of(String word) {
    return Arrays.stream(values())
        .filter(precision -> precision.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "precision should be one of %s, not '%s'."
                        .formatted(
                            Arrays.stream(values())
                                .map(Precision::word)
                                .collect(Collectors.joining(", ")),
                            word)));
  }
}
