package org.islet.stage;

/**
 * One step of work on a case: it reads some of the case's slots, writes others, and knows nothing
 * else.
 *
 * <p>A stage is a record. Its components are all that a route can say of it: slots annotated {@link
 * Reads} or {@link Writes}, and parameters annotated {@link Param}. Its name in a route is the
 * class's name in kebab case ({@code LargestComponent} is {@code stage:largest-component}), and the
 * endpoint's options are the components' names. The canonical constructor refuses values that
 * cannot work together by an {@link IllegalArgumentException} whose message is a sentence for
 * whoever wrote the route. A whole stage:
 *
 * <pre>{@code
 * @Purpose("Clips HU to a window and rescales the window to 0…1.")
 * public record Clip(
 *     @Reads(value = "ct", doc = "a volume in HU") Slot<Volume> input,
 *     @Writes(value = "clipped", doc = "the same grid, 0…1") Slot<Volume> output,
 *     @Param(value = "-100", unit = "HU", doc = "becomes 0") double min,
 *     @Param(value = "240", unit = "HU", doc = "becomes 1") double max)
 *     implements Stage {
 *
 *   @Override
 *   public void run(Case c) {
 *     c.put(output, c.get(input).clippedToUnit(min, max));
 *   }
 * }
 * }</pre>
 *
 * <p>Stages hold no state between cases and may run for several cases at once.
 */
public interface Stage {

  /**
   * Does the work. Every slot annotated {@link Reads} holds a value, apart from those of a list,
   * which may be absent; see {@link Case#markAbsent}. Every slot annotated {@link Writes} has to be
   * written or marked absent. All other slots are refused.
   *
   * @throws RuntimeException whose message is a sentence for the operator, if the work cannot be
   *     done
   */
  void run(Case c);

  /**
   * The grid on which what the stage writes lies; of a box, the grid whose voxels it counts. It is
   * asked for before any case runs, so that a route whose grids do not fit is found then. A stage
   * need not say it if that is the grid of the first volume, mask or scores that it reads, or if it
   * writes neither volume, mask, scores nor box.
   *
   * @param grids of the slots that the stage reads
   * @throws IllegalArgumentException if the grids of its inputs do not fit; the message says how
   */
  default Grid grid(Grids grids) {
    return grids.first();
  }
}
