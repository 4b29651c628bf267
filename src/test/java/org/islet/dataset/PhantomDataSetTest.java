package org.islet.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PhantomDataSetTest {

  @Test
  void a_name_in_a_series_always_means_the_same_phantom_and_others_mean_others() {
    PhantomDataSet series = new PhantomDataSet(1, 6);
    LabelledCt other = series.read("phantom-0006");
    LabelledCt one = series.read("phantom-0002");
    LabelledCt again = new PhantomDataSet(1, 2).read("phantom-0002");
    assertEquals(one.ct().geometry(), again.ct().geometry());
    assertArrayEquals(one.ct().shorts().orElseThrow(), again.ct().shorts().orElseThrow());
    assertArrayEquals(one.organ().toBytes(), again.organ().toBytes());
    assertNotEquals(one.ct().geometry(), other.ct().geometry());
    assertNotEquals(
        one.ct().geometry(), new PhantomDataSet(2, 2).read("phantom-0002").ct().geometry());
  }

  @Test
  void names_are_sorted_and_a_longer_series_begins_with_the_shorter_one() {
    assertEquals(
        List.of("phantom-0001", "phantom-0002", "phantom-0003"), new PhantomDataSet(1, 3).ids());
    List<String> many = new PhantomDataSet(1, 9999).ids();
    assertEquals(many.stream().sorted().toList(), many);
    assertEquals(List.of(), new PhantomDataSet(1, 3).problems());
  }

  @Test
  void each_phantom_has_a_fingerprint_of_its_own_that_stays() {
    PhantomDataSet series = new PhantomDataSet(1, 3);
    String one = series.fingerprint("phantom-0001");
    assertEquals(one, new PhantomDataSet(1, 1).fingerprint("phantom-0001"));
    assertNotEquals(one, series.fingerprint("phantom-0002"));
    assertNotEquals(one, new PhantomDataSet(2, 3).fingerprint("phantom-0001"));
  }

  @Test
  void refuses_a_count_or_a_name_that_there_cannot_be() {
    var none = assertThrows(IllegalArgumentException.class, () -> new PhantomDataSet(1, 0));
    assertEquals("A series of phantoms has 1 to 9999 of them, not 0.", none.getMessage());
    PhantomDataSet two = new PhantomDataSet(1, 2);
    var unknown = assertThrows(IllegalArgumentException.class, () -> two.read("phantom-0003"));
    assertEquals("There is no case phantom-0003 in the series.", unknown.getMessage());
  }
}
