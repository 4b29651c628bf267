package org.islet.cli;

import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.islet.job.SegmentationRoute;
import org.islet.phantom.Phantom;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Scores;
import org.islet.volume.Size;
import org.islet.volume.Volume;

/** A route run on a small phantom, to see what becomes of each slot. */
final class DryRun {

  private static final Size SIZE = new Size(256, 256, 120);
  private static final long SEED = 1;

  private final String route;
  private final Case c;

  private DryRun(String route, Case c) {
    this.route = route;
    this.c = c;
  }

  /** The CT of a small phantom, always the same. */
  static Volume phantom() {
    return Phantom.generate(SEED, Phantom.wholeAbdomen(SIZE)).ct();
  }

  /**
   * Runs a route.
   *
   * @throws org.islet.stage.StageFailedException if a stage fails
   */
  static DryRun of(SegmentationRoute route, Volume ct) {
    Case c = new Case("dry-run", ct);
    route.run(c);
    return new DryRun(route.name(), c);
  }

  /** A line for each slot: its name, type, size and range; and what was warned of. */
  @Override
  public String toString() {
    StringJoiner lines = new StringJoiner("\n", "", "\n\n");
    lines.add("%s on a phantom of %s voxels:".formatted(route, c.get(Case.CT).size()));
    Set<String> slots = c.slotsOf(Object.class).keySet();
    int width = slots.stream().mapToInt(String::length).max().orElse(0);
    for (String name : slots) {
      Optional<Object> value = c.find(new Slot<>(name, Object.class));
      lines.add(
          ("  %-" + width + "s  %s").formatted(name, value.map(DryRun::describe).orElse("absent")));
    }
    c.warnings().forEach(warning -> lines.add("  warning: " + warning));
    return lines.toString();
  }

  static String describe(Object value) {
    if (value instanceof Volume volume) {
      return "Volume %s, %s".formatted(volume.size(), range(volume.range()));
    } else if (value instanceof Mask mask) {
      return String.format(
          Locale.ROOT,
          "Mask %s, %d voxels inside, %.1f ml",
          mask.size(),
          mask.count(),
          mask.millilitres());
    } else if (value instanceof Box box) {
      return "Box %s, %s voxels".formatted(box, box.size());
    } else if (value instanceof Scores scores) {
      return "Scores %s of %d channels".formatted(scores.geometry().size(), scores.channels());
    }
    return value.getClass().getSimpleName() + " " + value;
  }

  private static String range(DoubleSummaryStatistics values) {
    return String.format(Locale.ROOT, "%.4g to %.4g", values.getMin(), values.getMax());
  }
}
