package org.islet.phantom;

/**
 * A solid and what it looks like.
 *
 * @param isPancreas whether the solid is part of the mask
 */
record Organ(Shape shape, Tissue tissue, boolean isPancreas) {}
