package org.islet.evaluate;

/**
 * Why a case has no scores.
 *
 * @param name the case, or a file that makes none
 * @param reason a sentence for whoever can act on it
 */
public record Problem(String name, String reason) {

  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
