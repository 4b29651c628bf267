package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.islet.volume.Affine;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Orientation;
import org.islet.volume.Reorientation;
import org.islet.volume.Size;
import org.islet.volume.Volume;

class LabelledCtTest {

  private static final Size SIZE = new Size(5, 4, 3);
  private static final Geometry RAS =
      new Geometry(SIZE, Affine.scaling(0.7, 0.8, 2.5, -90, -120, 30));

  @Provide
  Arbitrary<Orientation> orientations() {
    return Arbitraries.of(
        Stream.of("RAS", "RSA", "ARS", "ASR", "SRA", "SAR")
            .flatMap(code -> Stream.of(code, code.replace('R', 'L')))
            .flatMap(code -> Stream.of(code, code.replace('A', 'P')))
            .flatMap(code -> Stream.of(code, code.replace('S', 'I')))
            .map(Orientation::new)
            .toList());
  }

  @Property
  void whatever_the_orientations_of_ct_and_label_their_voxels_meet(
      @ForAll("orientations") Orientation ofCt,
      @ForAll("orientations") Orientation ofLabel,
      @ForAll int seed) {
    Volume ct = Masks.indices(RAS);
    Mask organ = Masks.random(RAS, 0.3, new Random(seed));
    LabelledCt labelled =
        LabelledCt.inRas(
            new Reorientation(RAS, ofCt).apply(ct), new Reorientation(RAS, ofLabel).apply(organ));
    assertArrayEquals(ct.toFloats(), labelled.ct().toFloats());
    assertArrayEquals(organ.toBytes(), labelled.organ().toBytes());
    assertEquals(Orientation.CANONICAL, labelled.ct().geometry().orientation());
    assertEquals(labelled.ct().geometry(), labelled.organ().geometry());
  }

  @Example
  void a_label_in_lpi_belongs_to_a_ct_in_las_by_hand() {
    // Two voxels along x, 1 mm apart, three along y and one along z. The CT's x runs to the left
    // from R = 1, the label's too; the label's y runs to the back from A = 2, its z down from 0.
    Size size = new Size(2, 3, 1);
    Geometry las = new Geometry(size, Affine.of(-1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0));
    Geometry lpi = new Geometry(size, Affine.of(-1, 0, 0, 1, 0, -1, 0, 2, 0, 0, -1, 0));
    LabelledCt labelled =
        LabelledCt.inRas(
            Volume.of(las, new short[] {1, 2, 3, 4, 5, 6}),
            Mask.of(lpi, new byte[] {1, 0, 0, 0, 0, 1}));
    assertArrayEquals(new float[] {2, 1, 4, 3, 6, 5}, labelled.ct().toFloats());
    // The label's first voxel is at R = 1, A = 2, where the CT is 5; its last at R = 0, A = 0.
    assertArrayEquals(new byte[] {1, 0, 0, 0, 0, 1}, labelled.organ().toBytes());
    assertEquals(5, labelled.ct().at(1, 2, 0));
  }

  @Example
  void affines_that_differ_by_rounding_are_one_grid_and_the_ct_is_right() {
    Geometry rounded = new Geometry(SIZE, Affine.scaling(0.702, 0.8, 2.5, -90.03, -120, 30.04));
    LabelledCt labelled = LabelledCt.inRas(Masks.indices(RAS), Mask.empty(rounded));
    assertEquals(RAS, labelled.organ().geometry());
  }

  @Example
  void other_grids_are_refused_with_the_numbers_of_both() {
    Volume ct = Masks.indices(RAS);
    assertRefused(
        ct,
        new Geometry(new Size(5, 4, 6), Affine.scaling(0.7, 0.8, 1.25, -90, -120, 30)),
        "In RAS axes the label is on 5×4×6 voxels of 0.700×0.800×1.250 mm whose first lies at"
            + " (-90.0, -120.0, 30.0) mm, but the CT on 5×4×3 voxels of 0.700×0.800×2.500 mm whose"
            + " first lies at (-90.0, -120.0, 30.0) mm.");
    // A slice too far up.
    assertRefused(
        ct,
        new Geometry(SIZE, Affine.scaling(0.7, 0.8, 2.5, -90, -120, 32.5)),
        "In RAS axes the label is on 5×4×3 voxels of 0.700×0.800×2.500 mm whose first lies at"
            + " (-90.0, -120.0, 32.5) mm, but the CT on 5×4×3 voxels of 0.700×0.800×2.500 mm whose"
            + " first lies at (-90.0, -120.0, 30.0) mm.");
    // The first voxel is right, but the last is 0.4 of 0.7 mm away.
    assertThrows(
        IllegalArgumentException.class,
        () ->
            LabelledCt.inRas(
                ct, Mask.empty(new Geometry(SIZE, Affine.scaling(0.8, 0.8, 2.5, -90, -120, 30)))));
  }

  private static void assertRefused(Volume ct, Geometry label, String sentence) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> LabelledCt.inRas(ct, Mask.empty(label)));
    assertEquals(sentence, refusal.getMessage());
  }

  @Example
  void two_grids_in_one_case_are_refused() {
    Mask other = Mask.empty(Masks.grid(5, 4, 3));
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new LabelledCt(Masks.indices(RAS), other));
    assertEquals(
        "The organ is on 5×4×3 voxels of 1.000×1.000×1.000 mm whose first lies at (0.0, 0.0, 0.0)"
            + " mm, the CT on 5×4×3 voxels of 0.700×0.800×2.500 mm whose first lies at (-90.0,"
            + " -120.0, 30.0) mm.",
        refusal.getMessage());
  }
}
