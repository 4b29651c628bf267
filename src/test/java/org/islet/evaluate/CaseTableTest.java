package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class CaseTableTest {

  @Test
  void the_table_has_a_row_for_each_case_and_the_statistics_below() {
    assertEquals(
        """
case                      DSC           recall              IoU    HD95 (mm)     ASD (mm)  volume diff. (ml)  isolated FP (number)  isolated FP (ml)
phantom-0001           0.9000           1.0000           0.8000         2.50         0.50              -1.25                  0.00              0.00
b                      0.7000           0.5000           0.4000        12.00         1.50               3.00                  2.00              0.50
mean ± sd     0.8000 ± 0.1414  0.7500 ± 0.3536  0.6000 ± 0.2828  7.25 ± 6.72  1.00 ± 0.71        0.88 ± 3.01           1.00 ± 1.41       0.25 ± 0.35
max                    0.9000           1.0000           0.8000        12.00         1.50               3.00                  2.00              0.50
min                    0.7000           0.5000           0.4000         2.50         0.50              -1.25                  0.00              0.00
n                           2                2                2            2            2                  2                     2                 2""",
        CaseTable.of(Reports.PREDICTIONS));
  }

  @Test
  void the_table_has_decimal_points_in_every_language() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertTrue(CaseTable.of(Reports.PREDICTIONS).contains("0.9000"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void what_has_no_value_is_a_dash_and_not_counted() {
    List<String> lines = CaseTable.of(Reports.NOTHING_FOUND).lines().toList();
    assertTrue(
        lines.get(1).matches("a +0\\.0000 +0\\.0000 +0\\.0000 +– +– +-80\\.00 +0\\.00 +0\\.00"),
        lines.get(1));
    assertTrue(lines.get(2).contains("0.0000 ± –"), lines.get(2));
    assertTrue(lines.get(5).matches("n +1 +1 +1 +0 +0 +1 +1 +1"), lines.get(5));
  }
}
