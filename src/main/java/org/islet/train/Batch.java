package org.islet.train;

import org.islet.volume.Size;

/**
 * What a network sees in one step of training: windows of one size, one after the other.
 *
 * @param count how many windows
 * @param window the size of each, a multiple of the network's divisor along each axis
 * @param values the input in 0…1, x fastest
 * @param truth the masks, 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Batch(int count, Size window, float[] values, float[] truth) {}
