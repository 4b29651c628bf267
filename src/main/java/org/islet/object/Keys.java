package org.islet.object;

import java.util.regex.Pattern;

/** The keys that Islet gives. */
final class Keys {

  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern KEY = Pattern.compile(NAME + "(/" + NAME + ")*");

  private Keys() {}

  static boolean isKey(String text) {
    return KEY.matcher(text).matches();
  }

  static String require(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("No object can have that key.");
    }
    return key;
  }
}
