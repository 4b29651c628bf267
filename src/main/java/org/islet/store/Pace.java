package org.islet.store;

/**
 * How long a case took that has a result.
 *
 * @param seconds of its last attempt
 */
public record Pace(String route, long voxels, double seconds) {}
