package org.islet.carry;

import java.io.IOException;

/** What a case held on its way is not there any more, or is not what was kept. */
public final class CarriedLostException extends IOException {

  public CarriedLostException(String sentence) {
    super(sentence);
  }
}
