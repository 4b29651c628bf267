package org.islet.stage;

/**
 * A jar that no stages can be taken from. The message names the jar and, where it is about one, the
 * class, and says what to do.
 */
public final class StageJarException extends IllegalArgumentException {

  StageJarException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
