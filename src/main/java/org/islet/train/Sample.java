package org.islet.train;

import org.islet.volume.Size;

/**
 * What a network sees in one step of training.
 *
 * @param size a multiple of the network's divisor along each axis
 * @param values the input in 0…1, x fastest
 * @param truth the mask, 0 or 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(Size size, float[] values, float[] truth) {}
