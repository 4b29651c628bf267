package org.islet.evaluate;

import java.util.Locale;

/** The numbers of {@link Scores} as a report lists them. */
public enum Metric {
  DSC("dsc", "DSC", "%"),
  BOX_RECALL("boxRecall", "recall", "%"),
  BOX_IOU("boxIou", "IoU", "%"),
  HD95("hd95Mm", "HD95", "mm"),
  ASD("asdMm", "ASD", "mm"),
  VOLUME_DIFFERENCE("volumeDifferenceMl", "volume diff.", "ml"),
  ISOLATED("isolatedFalsePositives", "isolated FP", "number"),
  ISOLATED_VOLUME("isolatedFalsePositivesMl", "isolated FP", "ml");

  private final String key;
  private final String title;
  private final String unit;

  Metric(String key, String title, String unit) {
    this.key = key;
    this.title = title;
    this.unit = unit;
  }

  /** The number; NaN for no value. */
  public double of(Scores scores) {
    return switch (this) {
      case DSC -> scores.dsc();
      case BOX_RECALL, BOX_IOU -> of(scores.box());
      case HD95 -> scores.hd95Mm();
      case ASD -> scores.asdMm();
      case VOLUME_DIFFERENCE -> scores.volumeDifferenceMl();
      case ISOLATED -> scores.isolated().count();
      case ISOLATED_VOLUME -> scores.isolated().millilitres();
    };
  }

  /** The number of a box; NaN for metrics of masks. */
  double of(BoxScores box) {
    return switch (this) {
      case BOX_RECALL -> box.recall();
      case BOX_IOU -> box.iou();
      default -> Double.NaN;
    };
  }

  /** Whether it is about boxes. */
  boolean isOfBoxes() {
    return this == BOX_RECALL || this == BOX_IOU;
  }

  /** The name in JSON and CSV. */
  String key() {
    return key;
  }

  /** The name in tables and plots. */
  String title() {
    return title;
  }

  /** The name of a plot's file, without extension. */
  String file() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The unit in tables and plots: % for shares, which are 0 to 1 everywhere else. */
  String unit() {
    return unit;
  }

  /** A value in the metric's unit. */
  double inUnit(double value) {
    return isShare() ? 100 * value : value;
  }

  /** A value in the metric's unit, with two decimals; "–" for no value. */
  String text(double value) {
    return text(inUnit(value), 2);
  }

  /** A value as it is, a share with four decimals; "–" for no value. */
  String plainText(double value) {
    return text(value, isShare() ? 4 : 2);
  }

  /** The name with the unit of {@link #plainText}. */
  String plainHeading() {
    return isShare() ? title : title + " (" + unit + ")";
  }

  private static String text(double value, int decimals) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private boolean isShare() {
    return unit.equals("%");
  }
}
