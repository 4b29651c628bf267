package org.islet.format;

import java.util.SortedSet;
import org.islet.volume.Mask;

/**
 * An image of labels, seen as one label and the rest.
 *
 * @param mask the voxels of the label, on the file's own grid
 * @param otherValues the values found that are neither 0 nor the label; of very many the first
 *     {@value #MOST_VALUES} that were met
 */
public record LabelImage(Mask mask, SortedSet<Double> otherValues) {

  static final int MOST_VALUES = 256;
}
