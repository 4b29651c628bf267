package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.RandomMasks;
import org.junit.jupiter.api.Test;

class VoteTest {

  private static final Geometry ROW = Masks.grid(4, 1, 1);

  private final Case c = new Case("1", Masks.indices(ROW));

  private void put(String name, int... voxels) {
    byte[] inside = new byte[4];
    for (int i = 0; i < 4; i++) {
      inside[i] = (byte) voxels[i];
    }
    c.put(Stages.mask(name), Mask.of(ROW, inside));
  }

  private byte[] vote(String inputs) {
    Stages.bind("vote?inputs=" + inputs + "&output=voted").run(c);
    return c.get(Stages.mask("voted")).toBytes();
  }

  @Test
  void keeps_the_voxels_of_two_masks_of_three() {
    put("a", 0, 1, 1, 1);
    put("b", 0, 0, 1, 1);
    put("c", 0, 0, 0, 1);
    assertArrayEquals(new byte[] {0, 0, 1, 1}, vote("a,b,c"));
  }

  @Test
  void half_of_the_masks_is_no_majority() {
    put("a", 0, 1, 1, 1);
    put("b", 0, 0, 1, 1);
    assertArrayEquals(new byte[] {0, 0, 1, 1}, vote("a,b"));
  }

  @Test
  void an_absent_mask_counts_as_an_empty_one() {
    put("a", 0, 1, 1, 0);
    put("b", 0, 0, 1, 1);
    c.markAbsent(Stages.mask("c"));
    assertArrayEquals(new byte[] {0, 0, 1, 0}, vote("a,b,c"));
  }

  @Test
  void without_any_mask_there_is_no_majority() {
    c.markAbsent(Stages.mask("a"));
    c.markAbsent(Stages.mask("b"));
    Stages.bind("vote?inputs=a,b&output=voted").run(c);
    assertEquals(Optional.empty(), c.find(Stages.mask("voted")));
  }

  @Test
  void refuses_masks_of_different_grids() {
    put("a", 0, 1, 1, 0);
    c.put(Stages.mask("b"), Mask.empty(Masks.grid(2, 2, 1)));
    var refusal = assertThrows(IllegalArgumentException.class, () -> vote("a,b"));
    assertEquals(
        "Masks of 4×1×1 and 2×2×1 are not on one grid: their sizes or affines differ.",
        refusal.getMessage());
    c.put(Stages.mask("c"), Mask.empty(Geometry.of(ROW.size(), 1, 1, 2)));
    assertThrows(IllegalArgumentException.class, () -> vote("a,c"));
  }

  @Test
  void refuses_the_same_mask_twice() {
    var refusal =
        assertThrows(StageBindingException.class, () -> Stages.bind("vote?inputs=a,b,a&output=v"));
    assertEquals("vote: inputs must be different slots, not a,b,a.", refusal.getMessage());
  }

  @Test
  void refuses_more_masks_than_a_voxel_can_count() {
    String names = IntStream.range(0, 128).mapToObj(m -> "m" + m).collect(Collectors.joining(","));
    var refusal =
        assertThrows(
            StageBindingException.class, () -> Stages.bind("vote?output=v&inputs=" + names));
    assertEquals(
        "vote: inputs: 128 slots are more than the 127 allowed; put some together first.",
        refusal.getMessage());
    Mask mask = Mask.empty(Masks.grid(1, 1, 1));
    var uncounted =
        assertThrows(
            IllegalArgumentException.class,
            () -> Mask.inMoreThan(64, Collections.nCopies(128, mask)));
    assertEquals("At most 127 masks can be counted, not 128.", uncounted.getMessage());
  }

  @Property(tries = 100)
  void a_voxel_is_kept_if_and_only_if_more_than_half_of_all_inputs_hold_it(
      @ForAll @IntRange(min = 1, max = 7) int present,
      @ForAll @IntRange(max = 3) int absent,
      @ForAll long seed) {
    Geometry grid = Masks.grid(5, 3, 4);
    Case several = new Case("1", Masks.indices(grid));
    Random random = new Random(seed);
    int[] votes = new int[grid.size().count()];
    for (int m = 0; m < present + absent; m++) {
      Slot<Mask> slot = Stages.mask("m" + m);
      if (m >= present) {
        several.markAbsent(slot);
        continue;
      }
      Box frame = RandomMasks.anyBox(grid.size(), random);
      Mask mask = Masks.random(grid.cropped(frame), 0.6, random).pastedInto(grid, frame);
      several.put(slot, mask);
      byte[] inside = mask.toBytes();
      for (int i = 0; i < votes.length; i++) {
        votes[i] += inside[i];
      }
    }
    int all = present + absent;
    String names = IntStream.range(0, all).mapToObj(m -> "m" + m).collect(Collectors.joining(","));
    Stages.bind("vote?inputs=" + names + "&output=voted").run(several);
    byte[] voted = several.get(Stages.mask("voted")).toBytes();
    for (int i = 0; i < votes.length; i++) {
      assertEquals(2 * votes[i] > all ? 1 : 0, voted[i]);
    }
  }
}
