package org.islet.route;

/**
 * Where a step is written.
 *
 * @param file as the operator knows it
 * @param line the first being 1; 0 where it is not known
 */
public record Location(String file, int line) {

  @Override
  public String toString() {
    return line > 0 ? file + ", line " + line : file;
  }
}
