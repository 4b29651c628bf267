package org.islet.stage;

import java.util.Locale;

/** The patient's axis along which slices lie one behind the other. */
public enum SliceAxis {
  /** From left to right: sagittal slices. */
  X("sagittal"),
  /** From back to front: coronal slices. */
  Y("coronal"),
  /** From feet to head: axial slices. */
  Z("axial");

  private final String slices;

  SliceAxis(String slices) {
    this.slices = slices;
  }

  /** What the slices are called: sagittal, coronal or axial. */
  public String slices() {
    return slices;
  }

  /** The axis as a route names it: x, y or z. */
  public String letter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
