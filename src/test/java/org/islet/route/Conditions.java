package org.islet.route;

/** Conditions for tests of other packages. */
public final class Conditions {

  private Conditions() {}

  /** Reads a condition as a route has it. */
  public static Condition parse(String text) {
    return Condition.parse(text);
  }
}
