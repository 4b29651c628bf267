package org.islet.stage;

/** A step of a route that no stage can be made from. The message is for whoever wrote the route. */
public final class StageBindingException extends IllegalArgumentException {

  public StageBindingException(String sentence) {
    super(sentence);
  }

  public StageBindingException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
