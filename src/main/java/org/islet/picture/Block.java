package org.islet.picture;

/**
 * A part of a chart in which a flow runs from the top to the bottom. It knows its size before it is
 * drawn; lengths are in pixels.
 */
public interface Block {

  int width();

  /** From where the flow enters to where it leaves; 0 for a way on which there is nothing. */
  int height();

  /** How far from the left edge the flow enters, at the top, and leaves, at the bottom. */
  int axis();

  /** Draws it with its upper left corner at a place. */
  void draw(Svg svg, int x, int y);
}
