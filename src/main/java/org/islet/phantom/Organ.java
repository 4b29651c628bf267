package org.islet.phantom;

import java.util.Optional;

/**
 * A solid and what it looks like.
 *
 * @param outline of the part of the mask that the solid is, which need not keep to its edge; where
 *     there is none, the solid is no part of the mask
 */
record Organ(Shape shape, Tissue tissue, Optional<Shape> outline) {

  /** The box beyond which the organ changes nothing. */
  Shape.Bounds bounds() {
    return outline.map(o -> shape.bounds().enclosing(o.bounds())).orElse(shape.bounds());
  }
}
