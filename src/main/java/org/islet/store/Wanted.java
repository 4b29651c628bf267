package org.islet.store;

import java.util.Set;

/**
 * What a worker that has room would begin.
 *
 * @param doors those by which it gets at CTs; cases that came by others are not its own
 * @param pools those that it serves; none for all
 * @param offPeak whether cases that are to run off peak may
 */
public record Wanted(Set<String> doors, Set<String> pools, boolean offPeak) {}
