package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;

class LabelPlacementTest {

  private static final Orientation LPS = new Orientation("LPS");

  /** As a CT of NIH Pancreas-CT lies: LPS, far from the origin. */
  private static final Geometry CT_GRID =
      new Geometry(new Size(3, 2, 2), Affine.of(-0.7, 0, 0, 150, 0, -0.7, 0, 120, 0, 0, 1, -400));

  /** As its label's header says: elsewhere, and rows to the front. */
  private static final Geometry LABEL_GRID =
      new Geometry(new Size(3, 2, 2), Affine.of(-0.7, 0, 0, 0, 0, 0.7, 0, 0, 0, 0, 1, 0));

  private static final byte[] STORED = {1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0};

  private static LabelPlacement placement(short... hu) {
    return new LabelPlacement(Volume.of(CT_GRID, hu), Mask.of(LABEL_GRID, STORED));
  }

  @Test
  void the_label_gets_the_cts_grid_and_keeps_its_voxels_along_the_same_axes() {
    Mask mask = placement(new short[12]).along(LPS);
    assertEquals(CT_GRID, mask.geometry());
    assertArrayEquals(STORED, mask.toBytes());
  }

  @Test
  void rows_are_turned_where_they_run_the_other_way() {
    Mask mask = placement(new short[12]).along(new Orientation("LAS"));
    assertEquals(CT_GRID, mask.geometry());
    // The two rows of three change places in both slices.
    assertArrayEquals(new byte[] {0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0}, mask.toBytes());
  }

  @Test
  void refuses_axes_along_which_the_sizes_differ_and_gives_both() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> placement(new short[12]).along(new Orientation("PLS")));
    assertTrue(refusal.getMessage().contains("2×3×2 voxels, but the CT 3×2×2"), refusal.toString());
    assertTrue(refusal.getMessage().contains("from PLS to LPS"), refusal.toString());
  }

  @Test
  void the_axes_with_the_most_even_tissue_are_found() {
    short[] hu = {90, 95, -100, 700, 0, -800, 3, -80, 250, 1000, 92, -500};
    LabelPlacement placement = placement(hu);
    assertEquals(Optional.of(LPS), placement.evenerThan(new Orientation("LAS")));
    assertEquals(Optional.empty(), placement.evenerThan(LPS));
    assertEquals(92, placement.tissue(LPS).medianHu());
  }

  @Property(tries = 200)
  void a_label_stored_along_any_axes_comes_back(
      @ForAll Random random,
      @ForAll @IntRange(max = 47) int stored,
      @ForAll @IntRange(max = 47) int of) {
    Size size = new Size(4, 3, 2);
    Geometry ct = Geometry.of(size, Orientation.all().get(of));
    byte[] voxels = new byte[size.count()];
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] = (byte) random.nextInt(2);
    }
    voxels[0] = 1;
    Mask truth = Mask.of(ct, voxels);
    Orientation axes = Orientation.all().get(stored);
    Mask turned = new Reorientation(ct, axes).apply(truth);
    Geometry elsewhere = Geometry.of(turned.size(), 9, 9, 9);
    Mask file = Mask.of(elsewhere, turned.toBytes());
    Volume any = Volume.of(ct, new short[ct.size().count()]);
    assertArrayEquals(voxels, new LabelPlacement(any, file).along(axes).toBytes());
  }
}
