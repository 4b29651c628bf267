package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BoxTest {

  private static final Size GRID = new Size(10, 20, 30);

  @Provide
  Arbitrary<Box> boxes() {
    return Arbitraries.randomValue(
        r -> {
          int x = r.nextInt(16) - 8;
          int y = r.nextInt(16) - 8;
          int z = r.nextInt(16) - 8;
          return new Box(x, y, z, x + 1 + r.nextInt(8), y + 1 + r.nextInt(8), z + 1 + r.nextInt(8));
        });
  }

  @Test
  void holds_the_voxels_up_to_but_not_including_its_end() {
    Box box = new Box(1, 2, 3, 3, 5, 7);
    assertEquals(new Size(2, 3, 4), box.size());
    assertEquals(24, box.count());
  }

  @Test
  void counts_more_voxels_than_an_int_holds() {
    assertEquals(8_000_000_000L, new Box(-1000, -1000, -1000, 1000, 1000, 1000).count());
  }

  @Test
  void refuses_to_hold_no_voxel() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> new Box(1, 2, 3, 1, 5, 7));
    assertTrue(refusal.getMessage().contains("(1, 2, 3) to (1, 5, 7)"), refusal.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Box(1, 2, 3, 4, 1, 7));
    assertThrows(IllegalArgumentException.class, () -> new Box(1, 2, 3, 4, 5, 3));
  }

  @Test
  void grows_in_all_six_directions() {
    assertEquals(new Box(-1, 0, 1, 5, 7, 9), new Box(1, 2, 3, 3, 5, 7).grown(2));
  }

  @Test
  void scales_to_the_same_voxels_on_a_finer_grid() {
    assertEquals(new Box(-4, 0, 4, 8, 12, 16), new Box(-1, 0, 1, 2, 3, 4).scaled(4));
    Box large = new Box(0, 0, 0, 1_000_000_000, 1, 1);
    assertThrows(ArithmeticException.class, () -> large.scaled(4));
  }

  @Test
  void is_clipped_to_the_grid() {
    assertEquals(
        Optional.of(new Box(0, 2, 3, 10, 5, 30)), new Box(-5, 2, 3, 15, 5, 31).clippedTo(GRID));
    assertEquals(Optional.empty(), new Box(10, 0, 0, 12, 1, 1).clippedTo(GRID));
    assertEquals(Optional.empty(), new Box(-3, 0, 0, 0, 1, 1).clippedTo(GRID));
  }

  @Test
  void boxes_that_share_only_a_face_have_no_voxel_in_common() {
    Box box = new Box(0, 0, 0, 2, 2, 2);
    assertEquals(Optional.empty(), box.intersection(new Box(2, 0, 0, 4, 2, 2)));
    assertEquals(
        Optional.of(new Box(1, 1, 1, 2, 2, 2)), box.intersection(new Box(1, 1, 1, 4, 4, 4)));
  }

  @Property(tries = 300)
  void intersection_and_enclosing_box_hold_what_both_and_either_hold(
      @ForAll("boxes") Box a, @ForAll("boxes") Box b) {
    Optional<Box> common = a.intersection(b);
    assertEquals(common, b.intersection(a));
    long inBoth = 0;
    for (int x = a.x0(); x < a.x1(); x++) {
      for (int y = a.y0(); y < a.y1(); y++) {
        for (int z = a.z0(); z < a.z1(); z++) {
          inBoth += b.intersection(new Box(x, y, z, x + 1, y + 1, z + 1)).isPresent() ? 1 : 0;
        }
      }
    }
    assertEquals(inBoth, common.map(Box::count).orElse(0L));
    Box either = a.enclosing(b);
    assertEquals(Optional.of(a), either.intersection(a));
    assertEquals(Optional.of(b), either.intersection(b));
  }

  @Test
  void touches_the_border_where_it_holds_an_outermost_voxel() {
    assertFalse(new Box(1, 1, 1, 9, 19, 29).touchesBorderOf(GRID));
    assertTrue(new Box(0, 1, 1, 9, 19, 29).touchesBorderOf(GRID));
    assertTrue(new Box(1, 0, 1, 9, 19, 29).touchesBorderOf(GRID));
    assertTrue(new Box(1, 1, 0, 9, 19, 29).touchesBorderOf(GRID));
    assertTrue(new Box(1, 1, 1, 10, 19, 29).touchesBorderOf(GRID));
    assertTrue(new Box(1, 1, 1, 9, 20, 29).touchesBorderOf(GRID));
    assertTrue(new Box(1, 1, 1, 9, 19, 30).touchesBorderOf(GRID));
  }

  @Test
  void is_inside_a_grid_up_to_its_border() {
    assertTrue(Box.of(GRID).isInside(GRID));
    assertFalse(new Box(-1, 0, 0, 1, 1, 1).isInside(GRID));
    assertFalse(new Box(0, 0, 0, 1, 1, 31).isInside(GRID));
  }

  @Test
  void there_is_no_box_around_an_empty_mask() {
    assertEquals(Optional.empty(), Box.around(Mask.empty(Masks.grid(3, 4, 5))));
  }

  @Property(tries = 300)
  void the_box_around_a_mask_holds_it_and_no_smaller_box_does(
      @ForAll(supplier = RandomMasks.class) Mask mask) {
    byte[] voxels = mask.toBytes();
    int[] inside = IntStream.range(0, voxels.length).filter(i -> voxels[i] != 0).toArray();
    Optional<Box> expected = Optional.empty();
    for (int index : inside) {
      int x = index % mask.size().x();
      int y = index / mask.size().x() % mask.size().y();
      int z = index / (mask.size().x() * mask.size().y());
      Box voxel = new Box(x, y, z, x + 1, y + 1, z + 1);
      expected = Optional.of(expected.map(voxel::enclosing).orElse(voxel));
    }
    assertEquals(expected, Box.around(mask));
  }
}
