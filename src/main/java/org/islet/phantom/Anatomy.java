package org.islet.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.islet.volume.Mask;

/**
 * One made-up patient: organs in the order in which they are painted, each over those before it.
 * Places are in mm from a point in front of the first lumbar vertebra: x to the right, y to the
 * front, z to the head. Attenuations are those of a portal venous scan. What lies against the
 * pancreas (duodenum, bowel, stomach) has nearly its attenuation, so that only shape, place and
 * texture tell it apart, and a seam of fat where there is one.
 */
final class Anatomy {

  /**
   * How far, in mm, the outline strays from the pancreas's edge: an expert's hand and another's
   * differ about so much. The mask is what is outlined.
   */
  private static final double OUTLINE = 2.2;

  private final RandomShapes draw;
  private final List<Organ> organs = new ArrayList<>();
  private final double pancreasHu;
  private final Pancreas pancreas;
  private final double[][] curve;

  /**
   * @param real the mask of the pancreas to take; without it one is made up
   */
  Anatomy(SplittableRandom random, Optional<Mask> real) {
    draw = new RandomShapes(random, 0.88 + 0.26 * random.nextDouble());
    pancreasHu = draw.between(80, 112);
    pancreas = Pancreas.of(real, draw);
    curve = pancreas.curve();
    Trunk trunk = new Trunk(draw);
    trunk.addFat(organs::add);
    addUpperAbdomen();
    addKidneys();
    addColon();
    addSmallBowel();
    addVessels();
    addPancreas();
    trunk.addWall(organs::add);
  }

  /** The organs in the order of painting. */
  List<Organ> organs() {
    return organs;
  }

  private void addUpperAbdomen() {
    Tissue liver = draw.textured(draw.between(95, 125), 5, 12);
    add(draw.blob(at(78, 12, 48), at(72, 78, 74), 25, 6), liver);
    add(draw.blob(at(15, 58, 62), at(62, 38, 36), 25, 5), liver);
    add(draw.blob(at(62, 42, -2), at(15, 17, 27), 20, 2), draw.textured(draw.between(2, 18), 3, 9));
    Tissue spleen = draw.textured(draw.between(105, 135), 5, 9);
    add(draw.blob(at(-104, -22, 46), at(33, 44, 50), 20, 4), spleen);
    double[][] stomach = {
      {-66, -2, 78, 34}, {-68, 28, 50, 31}, {-48, 52, 22, 25}, {-8, 62, 6, 18}, {26, 48, -2, 11}
    };
    Tissue meal = draw.oneOf(3) == 0 ? draw.textured(60, 25, 9) : draw.textured(18, 12, 14);
    Tissue contents = Tissue.gasAbove(draw.scale() * draw.between(48, 85), meal);
    add(
        draw.uneven(new Tube(draw.placed(stomach, 7), 0.85), 22, 4),
        Tissue.walled(likePancreas(), draw.between(3, 6), contents));
    Tissue lung = draw.textured(-840, 40, 8);
    add(draw.blob(at(84, -12, 152), at(80, 96, 66), 30, 3), lung);
    add(draw.blob(at(-84, -12, 152), at(80, 96, 66), 30, 3), lung);
  }

  private void addKidneys() {
    double[][] places = {{66, -44, -32}, {-66, -42, -20}};
    double hu = draw.between(150, 195);
    for (double[] p : places) {
      Tissue cortex = draw.textured(hu, 8, 6);
      add(
          draw.blob(p, at(28, 27, 54), 18, 3),
          Tissue.walled(cortex, 9, draw.textured(hu - 45, 10, 8)));
      double[] sinus = {p[0] * 0.78, p[1] + 4, p[2]};
      add(draw.blob(sinus, at(13, 9, 24), 9, 2), draw.textured(-70, 20, 7));
    }
  }

  private void addColon() {
    double[][] colon = {
      {112, 0, -70, 22}, {108, 42, -20, 20}, {62, 72, -34, 17}, {0, 84, -42, 17},
      {-62, 74, -18, 17}, {-112, 22, 18, 17}, {-118, -10, -50, 17}, {-114, 0, -110, 18}
    };
    Tissue contents =
        switch (draw.oneOf(3)) {
          case 0 -> draw.textured(20, 60, 7);
          case 1 -> draw.textured(-880, 60, 16);
          default -> draw.textured(-500, 450, 16);
        };
    add(
        draw.uneven(new Tube(draw.placed(colon, 9), 0.9), 13, 4),
        Tissue.walled(draw.textured(65, 15, 6), 2.5, contents));
  }

  private void addSmallBowel() {
    double[] head = curve[1];
    double[] low = curve[0];
    double[][] duodenum = {
      {head[0] + 2, head[1] + 22, head[2] + 18, 11},
      {head[0] + 20, head[1] + 10, head[2] + 6, 12},
      {head[0] + 24, head[1] - 4, head[2] - 14, 12},
      {low[0] + 18, low[1] - 6, low[2] - 18, 12},
      {low[0] - 8, low[1] - 2, low[2] - 24, 11},
      {low[0] - 38, low[1] + 2, low[2] - 16, 11},
      {low[0] - 58, low[1] + 16, low[2] - 4, 11}
    };
    add(draw.uneven(new Tube(draw.jittered(duodenum, 3), 0.9), 11, 2.5), bowel(head[1]));
    int loops = 12 + draw.oneOf(7);
    for (int i = 0; i < loops; i++) {
      double x = draw.between(-95, 60);
      double y = draw.between(5, 70);
      addLoop(x, y, draw.between(-110, -28), draw.between(9, 14));
    }
    for (int i = 0; i < 7; i++) {
      addLoopAgainstPancreas();
    }
  }

  /** A loop of bowel that lies against the pancreas, in front of it or below it. */
  private void addLoopAgainstPancreas() {
    double[] p = curve[2 + draw.oneOf(curve.length - 2)];
    double radius = draw.between(8, 13);
    double angle = draw.between(-0.25, 1.15) * Math.PI;
    double reach = 0.86 * (p[3] + radius);
    addLoop(
        p[0] + draw.between(-10, 10),
        p[1] + reach * StrictMath.sin(angle),
        p[2] - reach * StrictMath.cos(angle),
        radius);
  }

  private void addLoop(double x, double y, double z, double radius) {
    double[][] controls = new double[4][];
    double direction = draw.between(0, 2 * Math.PI);
    for (int i = 0; i < 4; i++) {
      double along = (i - 1.5) * draw.between(12, 20);
      controls[i] =
          new double[] {
            x + along * StrictMath.cos(direction),
            y + 0.5 * along * StrictMath.sin(direction) + draw.between(-4, 4),
            z + 0.6 * along * StrictMath.sin(direction) + draw.between(-6, 6),
            radius
          };
    }
    add(draw.uneven(new Tube(controls, 1), 9, 2.2), bowel(y));
  }

  /**
   * Bowel around y, collapsed or with fluid or gas in it; its wall is nearly as dense as the
   * pancreas.
   */
  private Tissue bowel(double y) {
    Tissue wall = likePancreas();
    double thickness = draw.between(3, 5);
    return switch (draw.oneOf(8)) {
      case 0, 1 -> Tissue.walled(wall, thickness, draw.textured(draw.between(8, 35), 10, 9));
      case 2 -> Tissue.walled(wall, thickness, draw.textured(draw.between(45, 75), 12, 7));
      case 3 -> Tissue.walled(wall, thickness, Tissue.gasAbove(y, draw.textured(25, 10, 9)));
      case 4, 5 -> Tissue.walled(wall, thickness + 3, draw.textured(draw.between(35, 65), 12, 7));
      default -> wall;
    };
  }

  private Tissue likePancreas() {
    return draw.textured(pancreasHu + draw.between(-8, 8), draw.between(5, 12), draw.between(5, 9));
  }

  private void addVessels() {
    double hu = draw.between(135, 180);
    Tissue blood = draw.textured(hu, 4, 8);
    Tissue mixed = draw.textured(hu - draw.between(0, 30), 6, 9);
    double[][] aorta = {{-8, -20, 140, 11}, {-10, -18, 20, 10}, {-8, -18, -140, 9}};
    double[][] cava = {{22, -10, 140, 12}, {20, -18, 10, 11}, {18, -20, -140, 10}};
    add(new Tube(draw.placed(aorta, 2), 1), blood);
    add(new Tube(draw.placed(cava, 3), 0.75), mixed);
    double[] neck = curve[3];
    double[][] portal = {
      {58, 12, 52, 6},
      {32, neck[1] - 8, neck[2] + 26, 7},
      {neck[0] + 3, neck[1] - 11, neck[2], 7},
      {neck[0], neck[1] - 11, neck[2] - 26, 6},
      {neck[0] - 4, neck[1] - 8, neck[2] - 90, 5}
    };
    add(new Tube(portal, 1), blood);
    double[][] artery = {
      {-8, -12, 12, 4},
      {neck[0] - 14, neck[1] - 18, neck[2] - 4, 4},
      {neck[0] - 14, neck[1] - 12, neck[2] - 90, 4}
    };
    add(new Tube(artery, 1), blood);
    double[][] splenic = new double[curve.length - 3][];
    for (int i = 3; i < curve.length; i++) {
      double[] p = curve[i];
      splenic[i - 3] = new double[] {p[0], p[1] - 0.75 * p[3] - 2, p[2] + 2, 4};
    }
    add(new Tube(splenic, 1), blood);
    for (int i = 0; i < 12; i++) {
      addMesentericBranch(neck, blood);
    }
  }

  /** A small vessel from below the pancreas's neck to the bowel. */
  private void addMesentericBranch(double[] neck, Tissue blood) {
    double z = neck[2] - draw.between(30, 85);
    double x = draw.between(-80, 70);
    double y = draw.between(20, 70);
    double[][] branch = {
      {neck[0] - 4, neck[1] - 8, z, 2.4},
      {0.5 * (x + neck[0]), 0.5 * (y + neck[1]), z + draw.between(-10, 4), 1.9},
      {x, y, z + draw.between(-30, 5), 1.4}
    };
    add(new Tube(branch, 1), blood);
  }

  private void addPancreas() {
    Shape shape = pancreas.shape();
    // Up to 2.3 mm of fat part the pancreas from its neighbours, which touch it elsewhere.
    add(draw.uneven(shape.grown(0.7), 14, 1.6), draw.textured(-95, 10, 8));
    SmoothNoise lobes = draw.noise(7);
    SmoothNoise fat = draw.noise(4.5);
    double fatty = draw.between(0, 30);
    Tissue tissue =
        (depth, x, y, z) ->
            pancreasHu + 8 * lobes.at(x, y, z) - fatty * Math.max(0, fat.at(x, y, z) * 2 - 0.5);
    organs.add(new Organ(shape, tissue, Optional.of(draw.uneven(shape, 10, OUTLINE))));
  }

  private static double[] at(double x, double y, double z) {
    return new double[] {x, y, z};
  }

  private void add(Shape shape, Tissue tissue) {
    organs.add(new Organ(shape, tissue, Optional.empty()));
  }
}
