package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.islet.format.NiftiReader;
import org.islet.phantom.Phantom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTest {

  private static final Path REAL = Path.of("../shared/data/totalsegmentator");
  private static final short AIR = -1000;
  private static final short WATER = 0;

  /** A CT of air that is painted. */
  private static final class Scene {
    private final Geometry grid;
    private final short[] hu;

    Scene(Geometry grid) {
      this.grid = grid;
      this.hu = new short[grid.size().count()];
      Arrays.fill(hu, AIR);
    }

    /** A cylinder along z from one end of the grid to the other, in mm from its first voxel. */
    Scene cylinder(double x, double y, double rx, double ry, int value) {
      Size size = grid.size();
      for (int k = 0; k < size.z(); k++) {
        for (int j = 0; j < size.y(); j++) {
          for (int i = 0; i < size.x(); i++) {
            double dx = (i * grid.spacing(0) - x) / rx;
            double dy = (j * grid.spacing(1) - y) / ry;
            if (dx * dx + dy * dy <= 1) {
              hu[size.index(i, j, k)] = (short) value;
            }
          }
        }
      }
      return this;
    }

    /** A slab across x and z, in mm. */
    Scene slab(double from, double to, int value) {
      Size size = grid.size();
      for (int k = 0; k < size.z(); k++) {
        for (int j = 0; j < size.y(); j++) {
          double y = j * grid.spacing(1);
          for (int i = 0; i < size.x() && y >= from && y < to; i++) {
            hu[size.index(i, j, k)] = (short) value;
          }
        }
      }
      return this;
    }

    Volume ct() {
      return Volume.of(grid, hu);
    }
  }

  /** 300 × 240 × 60 mm. */
  private static Scene scene() {
    return new Scene(Geometry.of(new Size(200, 160, 20), 1.5, 1.5, 3));
  }

  /** A body from 39 to 261 mm along x and 60 to 210 mm along y. */
  private static Scene body() {
    return scene().cylinder(150, 135, 111, 75, WATER);
  }

  private static final Box OF_BODY = new Box(26, 40, 0, 175, 141, 20);

  @Test
  void the_box_of_a_body_in_air_is_exact() {
    assertEquals(Optional.of(OF_BODY), Body.around(body().ct(), -200));
  }

  @Test
  void a_hollow_table_that_does_not_touch_the_body_is_left_out() {
    Volume ct = body().slab(6, 10, 60).slab(10, 48, AIR).slab(48, 52, 60).ct();
    assertEquals(Optional.of(OF_BODY), Body.around(ct, -200));
  }

  @Test
  void of_a_table_on_which_the_body_lies_only_what_is_beside_it_may_stay() {
    Volume ct = body().slab(6, 10, 60).slab(10, 56, AIR).slab(56, 60, 60).ct();
    Box box = Body.around(ct, -200).orElseThrow();
    assertTrue(box.y0() >= 37 && box.y0() <= 40, box.toString()); // 56 mm is voxel 37
    assertEquals(new Box(26, box.y0(), 0, 175, 141, 20), box);
  }

  @Test
  void air_inside_the_body_and_a_wall_of_15_mm_are_no_reason_to_lose_it() {
    Volume ct = body().cylinder(100, 135, 46, 45, -850).cylinder(200, 135, 46, 45, -850).ct();
    assertEquals(Optional.of(OF_BODY), Body.around(ct, -200));
  }

  @Test
  void an_arm_that_does_not_touch_the_trunk_is_left_out() {
    Volume ct = scene().cylinder(120, 135, 80, 75, WATER).cylinder(250, 135, 30, 30, WATER).ct();
    assertEquals(Optional.of(new Box(27, 40, 0, 134, 141, 20)), Body.around(ct, -200));
  }

  @Test
  void a_body_that_fills_the_grid_reaches_its_ends() {
    Volume ct = scene().slab(0, 1000, WATER).ct();
    assertEquals(Optional.of(Box.of(ct.size())), Body.around(ct, -200));
  }

  @Test
  void there_is_no_body_in_air_or_on_an_empty_table() {
    assertEquals(Optional.empty(), Body.around(scene().ct(), -200));
    assertEquals(Optional.empty(), Body.around(scene().slab(50, 54, 60).ct(), -200));
  }

  @ParameterizedTest
  @CsvSource({"0.75,1,0", "0.75,2.5,0", "0.9,5,1", "2,2,0", "4,4,0", "6,6,0"})
  void a_phantoms_box_is_that_of_its_tissue_to_a_voxel(double xy, double z, int most) {
    Size size = new Size((int) (390 / xy), (int) (330 / xy), (int) (60 / z));
    for (int seed = 0; seed < 3; seed++) {
      Volume ct = Phantom.generate(seed, Phantom.centred(size, xy, xy, z)).ct();
      Box tissue = Box.around(ct.within(-200, Double.POSITIVE_INFINITY)).orElseThrow();
      Box body = Body.around(ct, -200).orElseThrow();
      for (int axis = 0; axis < 3; axis++) {
        assertEquals(tissue.start(axis), body.start(axis), most, seed + ": " + body);
        assertEquals(tissue.end(axis), body.end(axis), most, seed + ": " + body);
      }
    }
  }

  @Test
  void on_a_real_ct_the_table_and_the_mattress_are_left_out() throws Exception {
    Path file = REAL.resolve("ct-3mm-small.nii.gz");
    assumeTrue(Files.exists(file), file + " is not here.");
    Volume ct = new NiftiReader(1L << 30).readCt(file);
    Box tissue = Box.around(ct.within(-200, Double.POSITIVE_INFINITY)).orElseThrow();
    assertEquals(new Box(0, 0, 0, 121, 96, 30), tissue);
    assertEquals(Optional.of(new Box(1, 6, 0, 116, 96, 30)), Body.around(ct, -200));
  }
}
