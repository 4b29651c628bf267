package org.islet.phantom;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * What surrounds the abdomen's organs: fat, the muscles of the wall and back, spine, ribs, skin.
 */
final class Trunk {

  private static final double WALL = 12;
  private static final int RIB_POINTS = 6;

  private final RandomShapes draw;
  private final double fat;
  private final double rx;
  private final double ry;
  private final double centreY;
  private final Shape cavity;

  Trunk(RandomShapes draw) {
    this.draw = draw;
    fat = draw.between(8, 32);
    rx = draw.scale() * draw.between(146, 166) - fat;
    double outer = draw.scale() * draw.between(104, 124);
    ry = outer - fat;
    centreY = outer - 108 * draw.scale();
    cavity = ellipse(0, 45);
  }

  private Shape ellipse(double outside, double wavelength) {
    Shape column = new Ellipsoid(0, centreY, 0, rx + outside, ry + outside, 1e6);
    return draw.uneven(column, wavelength, 4);
  }

  /** The fat in which the organs lie: painted before them. */
  void addFat(Consumer<Organ> organs) {
    Tissue air = Tissue.plain(-1000);
    add(organs, cavity.complement(), air);
    add(organs, cavity, draw.textured(-100, 12, 16));
  }

  /** Wall, skin, spine and ribs: painted after the organs, so that these end at the wall. */
  void addWall(Consumer<Organ> organs) {
    Shape muscle = ellipse(WALL, 50);
    Shape skin = ellipse(WALL + fat, 60);
    Tissue flesh = draw.textured(58, 12, 6);
    add(organs, muscle.minus(cavity), flesh);
    add(organs, skin.minus(muscle), draw.textured(-102, 8, 20));
    add(organs, skin.complement(), Tissue.plain(-1000));
    for (int side = -1; side <= 1; side += 2) {
      add(organs, draw.column(side * 38, -86, 30, 22), flesh);
      add(
          organs,
          draw.blob(new double[] {side * 36, -52, -90}, new double[] {17, 17, 85}, 18, 2),
          flesh);
      for (int rib = 0; rib < 5; rib++) {
        addRib(organs, side, rib);
      }
    }
    addSpine(organs);
  }

  /** A rib in the wall: from beside the spine around the side, falling towards the front. */
  private void addRib(Consumer<Organ> organs, int side, int number) {
    double top = draw.scale() * (140 - 32 * number + draw.between(-4, 4));
    double sweep = 2.1 - 0.25 * number;
    double[][] controls = new double[RIB_POINTS][];
    for (int i = 0; i < RIB_POINTS; i++) {
      double part = i / (RIB_POINTS - 1.0);
      double angle = -1.25 + sweep * part;
      double x = side * (rx + WALL / 2) * StrictMath.cos(angle);
      double y = centreY + (ry + WALL / 2) * StrictMath.sin(angle);
      controls[i] = new double[] {x, y, top - 70 * draw.scale() * part, 5.5};
    }
    add(organs, new Tube(controls, 1), bone(2));
  }

  private void addSpine(Consumer<Organ> organs) {
    Tissue vertebra = bone(3);
    Tissue disc = draw.textured(85, 15, 8);
    double period = 35 * draw.scale();
    double phase = draw.between(0, period);
    Tissue spine =
        (depth, x, y, z) -> {
          double height = z + phase - period * Math.floor((z + phase) / period);
          return (height < 8 ? disc : vertebra).hu(depth, x, y, z);
        };
    add(organs, draw.uneven(draw.column(0, -50, 22, 18), 14, 2), spine);
    add(organs, draw.column(0, -76, 13, 11), bone(4));
    add(organs, draw.column(0, -76, 9, 7), draw.textured(35, 6, 8));
    add(organs, draw.uneven(draw.column(0, -96, 5, 12), 12, 3), bone(2));
  }

  private Tissue bone(double shell) {
    return Tissue.walled(
        draw.textured(330, 60, 5), shell, draw.textured(draw.between(120, 190), 35, 5));
  }

  private static void add(Consumer<Organ> organs, Shape shape, Tissue tissue) {
    organs.accept(new Organ(shape, tissue, Optional.empty()));
  }
}
