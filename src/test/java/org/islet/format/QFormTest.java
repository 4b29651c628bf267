package org.islet.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.islet.volume.Affine;

class QFormTest {

  /** Rotations about x, then y, then z, of spacings 0.1…10 mm, one axis in two reversed. */
  @Provide
  static Arbitrary<Affine> rightAngled() {
    Arbitrary<Double> angle =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-3, 3),
            Arbitraries.of(0.0, Math.PI / 2, Math.PI, -Math.PI / 2));
    Arbitrary<Double> spacing = Arbitraries.doubles().between(0.1, 10).ofScale(3);
    Arbitrary<Double> place = Arbitraries.doubles().between(-2000, 2000);
    return Combinators.combine(
            angle.array(double[].class).ofSize(3),
            spacing.array(double[].class).ofSize(3),
            place.array(double[].class).ofSize(3),
            Arbitraries.of(-1, 1))
        .as(QFormTest::affine);
  }

  private static Affine affine(double[] angle, double[] spacing, double[] origin, int sign) {
    double cx = Math.cos(angle[0]);
    double sx = Math.sin(angle[0]);
    double cy = Math.cos(angle[1]);
    double sy = Math.sin(angle[1]);
    double cz = Math.cos(angle[2]);
    double sz = Math.sin(angle[2]);
    double u = spacing[0];
    double v = spacing[1];
    double w = spacing[2] * sign;
    return Affine.of(
        u * cz * cy,
        v * (cz * sy * sx - sz * cx),
        w * (cz * sy * cx + sz * sx),
        origin[0],
        u * sz * cy,
        v * (sz * sy * sx + cz * cx),
        w * (sz * sy * cx - cz * sx),
        origin[1],
        -u * sy,
        v * cy * sx,
        w * cy * cx,
        origin[2]);
  }

  @Property
  void every_right_angled_affine_comes_back(@ForAll("rightAngled") Affine affine) {
    QForm form = QForm.of(affine).orElseThrow();
    assertTrue(form.imaginarySquare() <= 1 + 1e-12);
    assertTrue(affine.isCloseTo(form.toAffine(), 1e-6), () -> affine + " ≠ " + form.toAffine());
  }

  @Property
  void single_precision_moves_no_axis_by_more_than_a_hundredth_of_a_millimetre(
      @ForAll("rightAngled") Affine affine) {
    QForm form = QForm.of(affine).orElseThrow();
    QForm stored =
        new QForm(
            (float) form.b(),
            (float) form.c(),
            (float) form.d(),
            form.spacing(),
            form.qfac(),
            form.origin());
    assertTrue(affine.isCloseTo(stored.toAffine(), 1e-2));
  }

  @Example
  void a_quarter_turn_about_z_has_half_the_angle_s_sine() {
    QForm form = QForm.of(Affine.of(0, -2, 0, 5, 2, 0, 0, 6, 0, 0, 3, 7)).orElseThrow();
    assertEquals(0, form.b(), 1e-15);
    assertEquals(0, form.c(), 1e-15);
    assertEquals(Math.sqrt(0.5), form.d(), 1e-15);
    assertEquals(1, form.qfac());
    assertArrayEquals(new double[] {2, 2, 3}, form.spacing());
    assertArrayEquals(new double[] {5, 6, 7}, form.origin());
  }

  @Example
  void a_mirror_image_reverses_the_third_axis() {
    QForm form = QForm.of(Affine.scaling(1, 1, -1, 0, 0, 0)).orElseThrow();
    assertEquals(-1, form.qfac());
    assertEquals(0, form.imaginarySquare());
  }

  @Example
  void a_sheared_affine_has_no_qform() {
    assertTrue(QForm.of(Affine.of(1, 0.001, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)).isEmpty());
  }
}
