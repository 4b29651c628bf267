package org.islet.overview;

import org.islet.format.OneLine;

/** What of a request is shown. */
final class Shown {

  private Shown() {}

  /** Where a CT is, without what may be the secret part of an address. */
  static String input(String input) {
    boolean address = input.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*://.*");
    String shown =
        address ? input.replaceFirst("://[^/?#]*@", "://").replaceFirst("(?s)[?#].*", "?…") : input;
    return OneLine.of(shown, 200);
  }
}
