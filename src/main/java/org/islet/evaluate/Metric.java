package org.islet.evaluate;

/** The numbers of {@link Scores} as a report lists them. */
public enum Metric {
  DSC("dsc", "DSC", 4),
  BOX_RECALL("boxRecall", "box recall", 4),
  BOX_IOU("boxIou", "box IoU", 4),
  HD95("hd95Mm", "HD95 (mm)", 2),
  VOLUME_DIFFERENCE("volumeDifferenceMl", "volume diff. (ml)", 2);

  private final String key;
  private final String heading;
  private final int decimals;

  Metric(String key, String heading, int decimals) {
    this.key = key;
    this.heading = heading;
    this.decimals = decimals;
  }

  /** The number; NaN for no value. */
  public double of(Scores scores) {
    return switch (this) {
      case DSC -> scores.dsc();
      case BOX_RECALL -> scores.boxRecall();
      case BOX_IOU -> scores.boxIou();
      case HD95 -> scores.hd95Mm();
      case VOLUME_DIFFERENCE -> scores.volumeDifferenceMl();
    };
  }

  /** The name in JSON. */
  String key() {
    return key;
  }

  /** The name and unit in a table. */
  String heading() {
    return heading;
  }

  /** The digits after the point in a table. */
  int decimals() {
    return decimals;
  }
}
