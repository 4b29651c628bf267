package org.islet.job;

import java.time.Instant;
import java.util.List;

/**
 * How the segmentation routes stand.
 *
 * @param since when those that are in use were taken
 * @param routes the names of those that cases can be sent to
 * @param taken how many changes were taken since the start
 * @param refused how many changes were refused since the start
 * @param problems what is wrong with the files as they are now, so that they are not in use; none
 *     where what is in use is what the files say
 */
public record RoutesStatus(
    Instant since, List<String> routes, int taken, int refused, List<String> problems) {}
