package org.islet.stage;

import java.util.Optional;

/** A step of a route that no stage can be made from. The message is for whoever wrote the route. */
public final class StageBindingException extends IllegalArgumentException {

  private final String option;

  StageBindingException(String sentence) {
    this(null, sentence, null);
  }

  /**
   * @param option the one that is to blame; null if it is none or several
   */
  StageBindingException(String option, String sentence, Throwable cause) {
    super(sentence, cause);
    this.option = option;
  }

  /** The option that is to blame, if it is one. */
  public Optional<String> option() {
    return Optional.ofNullable(option);
  }
}
