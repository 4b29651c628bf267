package org.islet.phantom;

/** What an organ looks like on CT, before noise. */
interface Tissue {

  /** The depth in mm below which no tissue depends on depth any more. */
  double DEEPEST_WALL = 12;

  /**
   * The attenuation at a place.
   *
   * @param depth below the organ's surface in mm, exact down to {@link #DEEPEST_WALL}
   * @return HU
   */
  double hu(double depth, double x, double y, double z);

  /** One attenuation throughout. */
  static Tissue plain(double hu) {
    return (depth, x, y, z) -> hu;
  }

  /** Varying by at most {@code amplitude} HU from place to place. */
  static Tissue textured(double hu, double amplitude, SmoothNoise noise) {
    return (depth, x, y, z) -> hu + amplitude * noise.at(x, y, z);
  }

  /** A wall around contents, thinner than {@link #DEEPEST_WALL}. */
  static Tissue walled(Tissue wall, double thickness, Tissue contents) {
    return (depth, x, y, z) -> (depth < thickness ? wall : contents).hu(depth, x, y, z);
  }

  /** Fluid up to a level (mm along y) and gas above it, as in a patient lying on the back. */
  static Tissue gasAbove(double level, Tissue fluid) {
    return (depth, x, y, z) -> y > level ? -920 : fluid.hu(depth, x, y, z);
  }
}
