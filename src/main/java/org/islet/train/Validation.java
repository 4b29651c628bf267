package org.islet.train;

import org.islet.evaluate.Statistics;

/**
 * How well a network did on cases that it did not learn from.
 *
 * @param dsc each case's DSC, 0 to 1
 * @param isolated how many isolated false positives each case has, before any other stage of a
 *     route
 */
record Validation(Statistics dsc, Statistics isolated) {}
