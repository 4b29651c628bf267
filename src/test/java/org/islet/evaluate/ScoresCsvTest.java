package org.islet.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoresCsvTest {

  @Test
  void has_a_row_for_each_mask_and_box_of_each_case() {
    assertEquals(
        """
        case,fold,slot,kind,dsc,boxRecall,boxIou,hd95Mm,asdMm,volumeDifferenceMl,isolatedFalsePositives,isolatedFalsePositivesMl
        a,1,coarse-full,mask,0.8,0.8,0.8,10.0,2.5,-2.0,1.0,0.25
        a,1,mask,mask,0.9,0.9,0.9,2.5,0.625,-2.0,1.0,0.25
        a,1,box-1,box,,1.0,0.5,,,,,
        b,0,coarse-full,mask,0.6,0.6,0.6,20.0,5.0,-2.0,1.0,0.25
        b,0,mask,mask,0.7,0.7,0.7,12.0,3.0,-2.0,1.0,0.25
        b,0,box-1,box,,0.5,0.4,,,,,
        c,1,coarse-full,mask,0.0,0.0,0.0,,,-2.0,1.0,0.25
        c,1,mask,mask,0.0,0.0,0.0,,,-80.0,0.0,0.0
        c,1,box-1,box,,0.0,0.0,,,,,
        """,
        ScoresCsv.of(Reports.ROUTE));
  }

  @Test
  void a_name_with_a_comma_or_a_quote_is_quoted() {
    CaseScores c = Reports.NOTHING_FOUND.cases().get(0);
    CaseScores odd = new CaseScores("a \"b\", c", c.masks(), Map.of(), c.nothing(), Map.of());
    Report report = new Report(Reports.NOTHING_FOUND.subject(), List.of(odd), List.of());
    String row = ScoresCsv.of(report).lines().toList().get(1);
    assertTrue(row.startsWith("\"a \"\"b\"\", c\",,prediction,mask,"), row);
  }
}
