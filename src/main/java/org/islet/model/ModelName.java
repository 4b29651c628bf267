package org.islet.model;

/** What a model may be called: a name that is a folder's, and that a route can write. */
public final class ModelName {

  private ModelName() {}

  /** Whether a model can be called so. */
  static boolean isOne(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9._-]*");
  }

  /**
   * The name, if it is one.
   *
   * @throws IllegalArgumentException if no model can be called so
   */
  public static String require(String name) {
    if (!isOne(name)) {
      throw new IllegalArgumentException(
          ("'%s' is not a model's name: letters, digits, '.', '_' and '-' were expected, a letter or"
                  + " digit first, as in pancreas-fine.")
              .formatted(name));
    }
    return name;
  }
}
