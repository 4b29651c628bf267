package org.islet.publish;

import java.util.List;
import java.util.Map;
import org.islet.job.CaseReport;
import org.islet.job.Segmentation;
import org.islet.stage.StageDescription.Jar;
import org.islet.stage.StageRun;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Masks;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** What tests publish: a box of 216 voxels in a CT of 20×20×20 voxels of 1 mm. */
final class Published {

  static final Geometry GRID = Geometry.of(new Size(20, 20, 20), 1, 1, 1);
  static final Mask MASK = Masks.filled(GRID, new Box(4, 6, 8, 10, 12, 14));

  private static final Volume CT = Volume.of(GRID, new short[8000]);

  private Published() {}

  static Segmentation segmentation(String caseId) {
    return segmentation(report(caseId, MASK.count()), MASK);
  }

  /** With a mask that need not be what the report says. */
  static Segmentation segmentation(CaseReport report, Mask mask) {
    return new Segmentation(report, mask, CT, MASK);
  }

  static CaseReport report(String caseId, int voxels) {
    return new CaseReport(
        CaseReport.SCHEMA,
        caseId,
        CaseReport.Outcome.DONE,
        "notice",
        new CaseReport.Input(
            "ct.nii.gz",
            "abc",
            new int[] {20, 20, 20},
            new double[] {1, 1, 1},
            "RAS",
            GRID.affine().toArray()),
        new CaseReport.Route("r", "def"),
        List.of(CaseReport.Model.of("m/1", "123", "Only a demonstration.")),
        List.of(new Jar("others.jar", "456")),
        List.of(new StageRun("clip", "clipped", 0, 0.5)),
        new CaseReport.Seconds(1, 2, 3),
        new CaseReport.MaskSize(voxels, 0.216),
        Map.of("box-1", new CaseReport.BoxCorners(new int[] {1, 2, 3}, new int[] {4, 5, 6})),
        List.of("careful"),
        Map.of("islet", "test"));
  }
}
