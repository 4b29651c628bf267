package org.islet.plan;

import java.util.function.Function;

/**
 * What a whole route takes at the most, whichever way a case goes.
 *
 * @param heapBytes the Java heap that all slots take together beside the CT, in bytes
 * @param networkBytes the native memory that networks would take at one time, in bytes; where there
 *     is less, those that run at the same time wait for each other
 * @param gigaflops the arithmetic of all networks in 10⁹ operations, as far as it is known
 */
public record RouteCost(long heapBytes, long networkBytes, double gigaflops) {

  private static final RouteCost NOTHING = new RouteCost(0, 0, 0);

  static RouteCost of(Part part, Function<Step, StepCost> costOf) {
    if (part instanceof Step step) {
      StepCost cost = costOf.apply(step);
      return new RouteCost(cost.heapBytes(), cost.networkBytes(), cost.gigaflops().orElse(0));
    }
    RouteCost cost = NOTHING;
    for (Part inner : part.parts()) {
      RouteCost other = of(inner, costOf);
      cost = cost.with(other, part);
    }
    return part instanceof Part.Loop loop ? cost.times(loop.written().passes()) : cost;
  }

  /**
   * With another part of a whole; what stands in for failed stages is written when they are
   * forgotten.
   */
  private RouteCost with(RouteCost other, Part whole) {
    boolean oneOf = whole instanceof Part.Choice;
    boolean keepsOne = oneOf || whole instanceof Part.Try;
    boolean atOnce = whole instanceof Part.Parallel parallel && parallel.written().concurrent();
    return new RouteCost(
        keepsOne ? Math.max(heapBytes, other.heapBytes) : heapBytes + other.heapBytes,
        atOnce ? networkBytes + other.networkBytes : Math.max(networkBytes, other.networkBytes),
        oneOf ? Math.max(gigaflops, other.gigaflops) : gigaflops + other.gigaflops);
  }

  /** Each pass forgets what the former has written. */
  private RouteCost times(int passes) {
    return new RouteCost(heapBytes, networkBytes, passes * gigaflops);
  }
}
