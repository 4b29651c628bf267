package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void the_sd_is_the_samples() {
    Statistics s = Statistics.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertEquals(8, s.n());
    assertEquals(5, s.mean());
    assertEquals(Math.sqrt(32 / 7.0), s.sd(), 1e-12);
    assertEquals(9, s.max());
    assertEquals(2, s.min());
  }

  @Test
  void what_has_no_value_is_left_out_and_not_counted() {
    assertEquals(Statistics.of(1, 3), Statistics.of(1, Double.NaN, 3));
    assertEquals(2, Statistics.of(1, Double.NaN, 3).n());
  }

  @Test
  void a_single_number_has_no_sd() {
    assertEquals(new Statistics(1, 7, Double.NaN, 7, 7), Statistics.of(7));
  }

  @Test
  void no_number_has_no_statistics() {
    assertEquals(
        new Statistics(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
        Statistics.of(Double.NaN));
  }

  @Test
  void a_quantile_is_interpolated_between_ranks() {
    double[] sorted = {1, 2, 4, 8};
    assertEquals(1, Statistics.quantile(sorted, 0));
    assertEquals(1.75, Statistics.quantile(sorted, 0.25), 1e-12);
    assertEquals(3, Statistics.quantile(sorted, 0.5), 1e-12);
    assertEquals(8, Statistics.quantile(sorted, 1));
  }
}
