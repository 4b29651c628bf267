package org.islet.evaluate;

/**
 * Why a case has no scores, or a prediction no case.
 *
 * @param name the case or the prediction
 * @param reason a sentence for whoever can act on it
 */
public record Problem(String name, String reason) {

  @Override
  public String toString() {
    return name + ": " + reason;
  }
}
