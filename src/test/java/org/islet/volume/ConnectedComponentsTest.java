package org.islet.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.islet.volume.ConnectedComponents.Neighbours;
import org.junit.jupiter.api.Test;

class ConnectedComponentsTest {

  @Property(tries = 500)
  void agrees_with_a_flood_fill(@ForAll(supplier = RandomMasks.class) Mask mask) {
    List<Mask> flooded = floodFill(mask);
    ConnectedComponents components = new ConnectedComponents(mask);
    assertEquals(flooded.size(), components.count());
    Mask largest = Mask.empty(mask.geometry());
    for (Mask component : flooded) {
      largest = component.count() > largest.count() ? component : largest;
    }
    assertArrayEquals(largest.toBytes(), components.largest().toBytes());
    assertEquals(mask.geometry(), components.largest().geometry());
  }

  @Property(tries = 200)
  void agrees_with_a_flood_fill_where_voxels_are_sparse(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Mask sparse = Masks.random(a.geometry(), 0.1, new Random(seed));
    assertEquals(floodFill(sparse).size(), new ConnectedComponents(sparse).count());
  }

  @Property(tries = 500)
  void those_disjoint_from_another_mask_are_those_of_a_flood_fill_that_share_no_voxel(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Mask mask = Masks.random(a.geometry(), 0.1, new Random(seed));
    byte[] expected = new byte[mask.size().count()];
    byte[] taken = a.toBytes();
    for (Mask component : floodFill(mask)) {
      byte[] voxels = component.toBytes();
      if (IntStream.range(0, voxels.length).noneMatch(i -> voxels[i] != 0 && taken[i] != 0)) {
        IntStream.range(0, voxels.length).forEach(i -> expected[i] |= voxels[i]);
      }
    }
    assertArrayEquals(expected, new ConnectedComponents(mask).disjointFrom(a).toBytes());
  }

  @Property(tries = 300)
  void those_of_neighbours_by_face_agree_with_a_flood_fill(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Mask mask = Masks.random(a.geometry(), 0.4, new Random(seed));
    ConnectedComponents components = new ConnectedComponents(mask, Neighbours.FACES);
    assertEquals(floodFill(mask, Neighbours.FACES).size(), components.count());
  }

  @Property(tries = 300)
  void those_of_at_least_a_volume_are_those_of_a_flood_fill_with_as_many_voxels(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Random random = new Random(seed);
    Mask mask = Masks.random(a.geometry(), 0.15, random);
    int least = 1 + random.nextInt(4);
    byte[] expected = new byte[mask.size().count()];
    for (Mask component : floodFill(mask)) {
      byte[] voxels = component.toBytes();
      if (component.count() >= least) {
        IntStream.range(0, voxels.length).forEach(i -> expected[i] |= voxels[i]);
      }
    }
    double millilitres = least * mask.geometry().voxelVolume() / 1000;
    assertArrayEquals(expected, new ConnectedComponents(mask).ofAtLeast(millilitres).toBytes());
  }

  @Property(tries = 300)
  void those_inside_the_frame_hold_no_voxel_of_its_outermost_layer(
      @ForAll(supplier = RandomMasks.class) Mask a, @ForAll long seed) {
    Mask mask = Masks.random(a.geometry(), 0.15, new Random(seed));
    byte[] expected = new byte[mask.size().count()];
    for (Mask component : floodFill(mask)) {
      byte[] voxels = component.toBytes();
      if (!Box.around(component).orElseThrow().touchesBorderOf(mask.size())) {
        IntStream.range(0, voxels.length).forEach(i -> expected[i] |= voxels[i]);
      }
    }
    assertArrayEquals(expected, new ConnectedComponents(mask).insideFrame().toBytes());
  }

  @Test
  void voxels_that_share_only_a_corner_are_connected() {
    Geometry grid = Masks.grid(3, 3, 3);
    int[] middle = {1, 1, 1};
    for (int corner = 0; corner < 8; corner++) {
      int[] other = {2 * (corner & 1), corner & 2, (corner & 4) / 2};
      Mask both = Masks.of(grid, middle, other);
      assertEquals(1, new ConnectedComponents(both).count());
      assertEquals(2, new ConnectedComponents(both, Neighbours.FACES).count());
    }
  }

  @Test
  void the_end_of_one_row_is_not_connected_to_the_start_of_the_next() {
    Mask mask = Masks.of(Masks.grid(4, 2, 1), new int[] {3, 0, 0}, new int[] {0, 1, 0});
    assertEquals(2, new ConnectedComponents(mask).count());
  }

  @Test
  void of_equal_components_the_first_in_the_grid_is_the_largest() {
    Geometry grid = Masks.grid(5, 5, 5);
    Mask mask = Masks.of(grid, new int[] {0, 0, 4}, new int[] {4, 4, 0}, new int[] {0, 2, 0});
    assertArrayEquals(
        Masks.of(grid, new int[] {0, 2, 0}).toBytes(),
        new ConnectedComponents(mask).largest().toBytes());
  }

  @Test
  void an_empty_mask_has_no_component_and_an_empty_largest() {
    ConnectedComponents none = new ConnectedComponents(Mask.empty(Masks.grid(3, 3, 3)));
    assertEquals(0, none.count());
    assertTrue(none.largest().isEmpty());
  }

  /** The components in the order in which their first voxels lie in the grid. */
  private static List<Mask> floodFill(Mask mask) {
    return floodFill(mask, Neighbours.CORNERS);
  }

  private static List<Mask> floodFill(Mask mask, Neighbours neighbours) {
    Size size = mask.size();
    byte[] left = mask.toBytes();
    List<Mask> components = new ArrayList<>();
    for (int start = 0; start < left.length; start++) {
      if (left[start] == 0) {
        continue;
      }
      byte[] component = new byte[left.length];
      Deque<Integer> open = new ArrayDeque<>(List.of(start));
      left[start] = 0;
      while (!open.isEmpty()) {
        int at = open.pop();
        component[at] = 1;
        int x = at % size.x();
        int y = at / size.x() % size.y();
        int z = at / (size.x() * size.y());
        Box around =
            new Box(x - 1, y - 1, z - 1, x + 2, y + 2, z + 2).clippedTo(size).orElseThrow();
        for (int k = around.z0(); k < around.z1(); k++) {
          for (int j = around.y0(); j < around.y1(); j++) {
            for (int i = around.x0(); i < around.x1(); i++) {
              int next = size.index(i, j, k);
              int steps = Math.abs(i - x) + Math.abs(j - y) + Math.abs(k - z);
              if (left[next] != 0 && (steps == 1 || neighbours == Neighbours.CORNERS)) {
                left[next] = 0;
                open.push(next);
              }
            }
          }
        }
      }
      components.add(Mask.of(mask.geometry(), component));
    }
    return components;
  }
}
