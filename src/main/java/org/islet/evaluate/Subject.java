package org.islet.evaluate;

import java.util.Optional;
import java.util.Set;
import org.islet.dataset.Folds;

/**
 * What is evaluated.
 *
 * @param method what made the masks, such as a route, as a title names it
 * @param data what it was run on
 * @param stages which masks stand for its stages
 * @param boxes the boxes that the method may find, by the names of their slots
 * @param folds the folds that the cases belong to; nothing without a cross-validation, where every
 *     case is welcome
 */
public record Subject(
    String method, String data, Stages stages, Set<String> boxes, Optional<Folds> folds) {

  /** The fold of a case; nothing if it is in none. */
  Optional<Integer> foldOf(String name) {
    return folds.flatMap(split -> split.foldOf(name));
  }
}
