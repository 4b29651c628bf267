package org.islet.train;

/**
 * Where models come from, as their cards say it.
 *
 * @param data what they learnt from, in words
 * @param warning what a reader of their results must know
 * @param licence the models', as an SPDX identifier
 */
public record Provenance(String data, String warning, String licence) {

  /** The same, of models from whose data a fold was left out. */
  Provenance without(int fold, int folds) {
    return new Provenance(
        "%s, fold %d of %d left out".formatted(data, fold, folds), warning, licence);
  }
}
