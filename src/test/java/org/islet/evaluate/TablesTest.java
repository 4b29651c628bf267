package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final String ROUTE = new Tables(Reports.ROUTE).document();
  private static final String PREDICTIONS = new Tables(Reports.PREDICTIONS).document();

  @Test
  void what_the_models_warn_of_stands_above_every_figure() {
    assertTrue(ROUTE.startsWith("# Route r\n\n> **coarse/1**: Only phantoms.\n\n"), ROUTE);
  }

  @Test
  void table_1_has_both_stages_of_each_fold_and_of_all() {
    assertHas(
        ROUTE,
        """
        ## Table 1: DSC by fold

        | fold | n | stage 1: mean ± SD | max | min | stage 2: mean ± SD | max | min |
        |---|---|---|---|---|---|---|---|
        | 0 | 1 | 60.00 ± – | 60.00 | 60.00 | 70.00 ± – | 70.00 | 70.00 |
        | 1 | 2 | 40.00 ± 56.57 | 80.00 | 0.00 | 45.00 ± 63.64 | 90.00 | 0.00 |
        | all | 3 | 46.67 ± 41.63 | 80.00 | 0.00 | 53.33 ± 47.26 | 90.00 | 0.00 |
        """);
  }

  @Test
  void table_2_has_the_recall_and_iou_of_each_box_and_counts_one_that_was_not_found() {
    assertHas(
        ROUTE,
        """
        | box | recall: mean ± SD | max | min | IoU: mean ± SD | max | min |
        |---|---|---|---|---|---|---|
        | `box-1` | 50.00 ± 50.00 | 100.00 | 0.00 | 30.00 ± 26.46 | 50.00 | 0.00 |
        """);
  }

  @Test
  void table_3_marks_the_papers_figures_as_quoted() {
    assertHas(
        ROUTE,
        """
        | method | data | DSC of stage 1 | DSC of stage 2 |
        |---|---|---|---|
        | Route r | nih | 46.67 ± 41.63 | 53.33 ± 47.26 |
        | Zhao, Tong, Ruan and Sheng (2019), **quoted** | NIH Pancreas-CT | 81.91 | 85.99 |
        """);
  }

  @Test
  void every_metric_of_every_slot_is_told_over_the_cases_that_have_it() {
    assertHas(ROUTE, "| DSC of mask | 53.33 ± 47.26 | 90.00 | 0.00 | 3 |\n");
    assertHas(ROUTE, "| recall of box-1 | 50.00 ± 50.00 | 100.00 | 0.00 | 3 |\n");
    assertHas(ROUTE, "| HD95 of mask (mm) | 7.25 ± 6.72 | 12.00 | 2.50 | 2 |\n");
    assertHas(ROUTE, "| ASD of coarse-full (mm) | 3.75 ± 1.77 | 5.00 | 2.50 | 2 |\n");
    assertHas(ROUTE, "| volume diff. of mask (ml) | -28.00 ± 45.03 | -2.00 | -80.00 | 3 |\n");
    assertHas(
        PREDICTIONS, "| isolated FP of prediction (number) | 1.00 ± 1.41 | 2.00 | 0.00 | 2 |\n");
    assertHas(PREDICTIONS, "| isolated FP of prediction (ml) | 0.25 ± 0.35 | 0.50 | 0.00 | 2 |\n");
    assertFalse(ROUTE.contains("recall of mask"), ROUTE);
  }

  @Test
  void predictions_have_one_stage_and_no_boxes_of_stages() {
    assertHas(PREDICTIONS, "| fold | n | result: mean ± SD | max | min |\n");
    assertHas(PREDICTIONS, "| Masks in p | r | – | 80.00 ± 14.14 |\n");
    assertHas(PREDICTIONS, "| recall of prediction | 75.00 ± 35.36 | 100.00 | 50.00 | 2 |\n");
    assertFalse(PREDICTIONS.contains("Table 2"), PREDICTIONS);
    assertFalse(PREDICTIONS.contains("by fold"), PREDICTIONS);
  }

  @Test
  void cases_that_were_not_scored_are_named_with_their_reason() {
    assertHas(ROUTE, "3 case(s) scored, 1 not.");
    assertHas(ROUTE, "- d: it failed.\n");
  }

  @Test
  void a_report_without_any_case_has_the_stages_and_boxes_all_the_same() {
    String none = new Tables(new Report(Reports.ROUTE.subject(), List.of(), List.of())).document();
    assertHas(none, "| all | 0 | – ± – | – | – | – ± – | – | – |\n");
    assertHas(none, "| DSC of coarse-full | – ± – | – | – | 0 |\n");
    assertHas(none, "| recall of box-1 | – ± – | – | – | 0 |\n");
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), text);
  }
}
