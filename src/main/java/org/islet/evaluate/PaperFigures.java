package org.islet.evaluate;

import java.util.List;

/**
 * What a paper states of its own method. These figures are quoted, never measured here.
 *
 * @param method the paper
 * @param data what it was measured on
 * @param stage1Dsc the mean DSC of stage 1, 0 to 1
 * @param stage2Dsc the mean DSC of stage 2, 0 to 1
 */
record PaperFigures(String method, String data, double stage1Dsc, double stage2Dsc) {

  /** The figures that stand beside a route's own. */
  static final List<PaperFigures> ALL =
      List.of(
          new PaperFigures("Zhao, Tong, Ruan and Sheng (2019)", "NIH Pancreas-CT", 0.8191, 0.8599));
}
