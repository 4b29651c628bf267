package org.islet.picture;

import java.util.List;

/** Blocks one below the other. Those without a height are left out. */
public final class Stack implements Block {

  private static final int GAP = 22;

  private final List<Block> blocks;
  private final int axis;
  private final int width;
  private final int height;

  public Stack(List<Block> blocks) {
    this.blocks = blocks.stream().filter(block -> block.height() > 0).toList();
    this.axis = this.blocks.stream().mapToInt(Block::axis).max().orElse(0);
    this.width = axis + this.blocks.stream().mapToInt(b -> b.width() - b.axis()).max().orElse(0);
    this.height =
        GAP * Math.max(0, this.blocks.size() - 1)
            + this.blocks.stream().mapToInt(Block::height).sum();
  }

  @Override
  public int axis() {
    return axis;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void draw(Svg svg, int x, int y) {
    int top = y;
    for (Block block : blocks) {
      if (top > y) {
        Wire.arrow(svg, x + axis, top - GAP, x + axis, top);
      }
      block.draw(svg, x + axis - block.axis(), top);
      top += block.height() + GAP;
    }
  }
}
