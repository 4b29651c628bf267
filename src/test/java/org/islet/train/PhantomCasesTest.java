package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.islet.phantom.Phantom;
import org.junit.jupiter.api.Test;

class PhantomCasesTest {

  @Test
  void a_place_in_a_series_always_holds_the_same_phantom_and_others_hold_others() {
    PhantomCases series = new PhantomCases(1);
    Phantom other = series.at(5);
    Phantom one = series.at(1);
    Phantom again = new PhantomCases(1).at(1);
    assertEquals(one.ct().geometry(), again.ct().geometry());
    assertArrayEquals(one.ct().shorts().orElseThrow(), again.ct().shorts().orElseThrow());
    assertArrayEquals(one.pancreas().toBytes(), again.pancreas().toBytes());
    assertNotEquals(one.ct().geometry(), other.ct().geometry());
    assertNotEquals(one.ct().geometry(), new PhantomCases(2).at(1).ct().geometry());
  }
}
