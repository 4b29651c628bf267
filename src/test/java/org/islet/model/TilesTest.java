package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.islet.volume.Box;
import org.islet.volume.Size;

class TilesTest {

  /** A volume, a network's divisor and receptive radius, and the voxels allowed. */
  private record Cutting(Size size, int divisor, int radius, long allowed) {

    List<Tile> tiles() {
      return new Tiles(
              size, new Size(divisor, divisor, divisor), new int[] {radius, radius, radius})
          .ofAtMost(allowed);
    }

    /** The voxels of a tile that keeps one block of the divisor's size, or a thinner volume. */
    long smallest() {
      int overlap = (radius + divisor - 1) / divisor * divisor;
      long voxels = 1;
      for (int axis = 0; axis < 3; axis++) {
        voxels *= Math.min(size.along(axis), divisor + 2 * overlap);
      }
      return voxels;
    }
  }

  @Provide
  Arbitrary<Cutting> cuttings() {
    Arbitrary<Integer> blocks = Arbitraries.integers().between(1, 12);
    return Combinators.combine(
            blocks,
            blocks,
            blocks,
            Arbitraries.of(1, 2, 4, 8),
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(1, 100))
        .as(
            (x, y, z, divisor, radius, percent) -> {
              Size size = new Size(x * divisor, y * divisor, z * divisor);
              return new Cutting(size, divisor, radius, Math.max(1, size.count() * percent / 100));
            });
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void every_voxel_is_kept_by_exactly_one_tile(@ForAll("cuttings") Cutting c) {
    Assume.that(c.smallest() <= c.allowed());
    int[] kept = new int[c.size().count()];
    for (Tile tile : c.tiles()) {
      Box box = tile.keep();
      for (int k = box.z0(); k < box.z1(); k++) {
        for (int j = box.y0(); j < box.y1(); j++) {
          for (int i = box.x0(); i < box.x1(); i++) {
            kept[c.size().index(i, j, k)]++;
          }
        }
      }
    }
    for (int count : kept) {
      assertEquals(1, count);
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void a_tile_reads_all_that_can_change_what_it_keeps(@ForAll("cuttings") Cutting c) {
    Assume.that(c.smallest() <= c.allowed());
    for (Tile tile : c.tiles()) {
      Box needed = tile.keep().grown(c.radius()).intersection(Box.of(c.size())).orElseThrow();
      assertEquals(tile.read(), tile.read().enclosing(needed));
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void tiles_begin_and_end_on_multiples_of_the_divisor_and_are_small_enough(
      @ForAll("cuttings") Cutting c) {
    Assume.that(c.smallest() <= c.allowed());
    for (Tile tile : c.tiles()) {
      Box read = tile.read();
      assertTrue(read.isInside(c.size()), () -> read + " of " + c.size());
      assertTrue(read.size().count() <= c.allowed(), read::toString);
      for (int edge :
          new int[] {read.x0(), read.y0(), read.z0(), read.x1(), read.y1(), read.z1()}) {
        assertEquals(0, edge % c.divisor(), read::toString);
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void refuses_only_if_not_even_a_tile_that_keeps_one_block_fits(@ForAll("cuttings") Cutting c) {
    Assume.that(c.smallest() > c.allowed());
    var refusal = assertThrows(IllegalArgumentException.class, c::tiles);
    assertEquals(
        "Not even a tile of %d voxels fits: %d are allowed.".formatted(c.smallest(), c.allowed()),
        refusal.getMessage());
  }

  @Example
  void cuts_where_the_least_is_read_twice() {
    List<Tile> tiles =
        new Tiles(new Size(64, 16, 16), new Size(4, 4, 4), new int[] {5, 5, 5})
            .ofAtMost(40 * 16 * 16);
    assertEquals(
        List.of(
            new Tile(new Box(0, 0, 0, 40, 16, 16), new Box(0, 0, 0, 32, 16, 16)),
            new Tile(new Box(24, 0, 0, 64, 16, 16), new Box(32, 0, 0, 64, 16, 16))),
        tiles);
  }

  @Example
  void slices_need_no_neighbours() {
    List<Tile> tiles =
        new Tiles(new Size(16, 8, 5), new Size(8, 8, 1), new int[] {20, 20, 0})
            .ofAtMost(2 * 16 * 8);
    assertEquals(
        List.of(
            new Tile(new Box(0, 0, 0, 16, 8, 2), new Box(0, 0, 0, 16, 8, 2)),
            new Tile(new Box(0, 0, 2, 16, 8, 4), new Box(0, 0, 2, 16, 8, 4)),
            new Tile(new Box(0, 0, 4, 16, 8, 5), new Box(0, 0, 4, 16, 8, 5))),
        tiles);
  }
}
