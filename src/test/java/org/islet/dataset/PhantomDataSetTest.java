package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.junit.jupiter.api.Test;

class PhantomDataSetTest {

  @Test
  void a_name_in_a_series_always_means_the_same_phantom_and_others_mean_others() {
    PhantomDataSet series = new PhantomDataSet(1, 6, Pancreases.NONE);
    LabelledCt other = series.read("phantom-0006");
    LabelledCt one = series.read("phantom-0002");
    LabelledCt again = new PhantomDataSet(1, 2, Pancreases.NONE).read("phantom-0002");
    assertEquals(one.ct().geometry(), again.ct().geometry());
    assertArrayEquals(one.ct().shorts().orElseThrow(), again.ct().shorts().orElseThrow());
    assertArrayEquals(one.organ().toBytes(), again.organ().toBytes());
    assertNotEquals(one.ct().geometry(), other.ct().geometry());
    assertNotEquals(
        one.ct().geometry(),
        new PhantomDataSet(2, 2, Pancreases.NONE).read("phantom-0002").ct().geometry());
  }

  @Test
  void names_are_sorted_and_a_longer_series_begins_with_the_shorter_one() {
    assertEquals(
        List.of("phantom-0001", "phantom-0002", "phantom-0003"),
        new PhantomDataSet(1, 3, Pancreases.NONE).ids());
    List<String> many = new PhantomDataSet(1, 9999, Pancreases.NONE).ids();
    assertEquals(many.stream().sorted().toList(), many);
    assertEquals(List.of(), new PhantomDataSet(1, 3, Pancreases.NONE).problems());
  }

  @Test
  void each_phantom_has_a_fingerprint_of_its_own_that_stays() {
    PhantomDataSet series = new PhantomDataSet(1, 3, Pancreases.NONE);
    String one = series.fingerprint("phantom-0001");
    assertEquals(one, new PhantomDataSet(1, 1, Pancreases.NONE).fingerprint("phantom-0001"));
    assertNotEquals(one, series.fingerprint("phantom-0002"));
    assertNotEquals(one, new PhantomDataSet(2, 3, Pancreases.NONE).fingerprint("phantom-0001"));
  }

  @Test
  void every_other_phantom_is_made_after_a_mask_each_in_turn() {
    PhantomDataSet series =
        new PhantomDataSet(1, 6, new Pancreases(List.of(rod(1), rod(2)), List.of()));
    PhantomDataSet madeUp = new PhantomDataSet(1, 6, Pancreases.NONE);
    for (String id : List.of("phantom-0002", "phantom-0004")) {
      assertEquals(madeUp.fingerprint(id), series.fingerprint(id));
      assertEquals(id, series.subject(id));
    }
    assertNotEquals(madeUp.fingerprint("phantom-0001"), series.fingerprint("phantom-0001"));
    assertTrue(
        series.read("phantom-0003").organ().millilitres()
            > 1.5 * series.read("phantom-0001").organ().millilitres());
  }

  @Test
  void phantoms_made_after_one_mask_are_of_one_subject_and_differ() {
    PhantomDataSet series =
        new PhantomDataSet(1, 6, new Pancreases(List.of(rod(1), rod(2)), List.of()));
    assertEquals(series.subject("phantom-0001"), series.subject("phantom-0005"));
    assertNotEquals(series.subject("phantom-0001"), series.subject("phantom-0003"));
    assertNotEquals(series.fingerprint("phantom-0001"), series.fingerprint("phantom-0005"));
  }

  /** 120 mm long and 24 times {@code thickness} mm thick. */
  private static Mask rod(int thickness) {
    byte[] inside = new byte[40 * 8 * 8 * thickness];
    Arrays.fill(inside, (byte) 1);
    return Mask.of(Geometry.of(new Size(40, 8, 8 * thickness), 3, 3, 3), inside);
  }

  @Test
  void refuses_a_count_or_a_name_that_there_cannot_be() {
    var none =
        assertThrows(
            IllegalArgumentException.class, () -> new PhantomDataSet(1, 0, Pancreases.NONE));
    assertEquals("A series of phantoms has 1 to 9999 of them, not 0.", none.getMessage());
    PhantomDataSet two = new PhantomDataSet(1, 2, Pancreases.NONE);
    var unknown = assertThrows(IllegalArgumentException.class, () -> two.read("phantom-0003"));
    assertEquals("There is no case phantom-0003 in the series.", unknown.getMessage());
  }
}
