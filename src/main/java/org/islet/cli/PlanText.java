package org.islet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.islet.plan.Part;
import org.islet.plan.RouteCost;
import org.islet.plan.RoutePlan;
import org.islet.plan.Step;
import org.islet.plan.StepCost;
import org.islet.stage.Slot;
import org.islet.volume.Size;
import org.islet.volume.Spacing;

/** A route's plan as a table: a line for each stage, in the order in which they run. */
final class PlanText {

  private static final String[] HEAD = {
    "stage", "reads", "writes", "voxels", "heap", "network", "tiles", "GFLOP", "precision"
  };

  private final RoutePlan plan;
  private final String title;
  private final List<String[]> rows = new ArrayList<>();
  private final RouteCost cost;
  private final long networks;

  /**
   * @param memory that all networks have together, in bytes
   * @param size of the CT that costs are reckoned for
   * @param spacing of that CT, in mm
   */
  PlanText(RoutePlan plan, long memory, Size size, Spacing spacing) {
    this.plan = plan;
    this.title =
        "%s (%s), for a CT of %s voxels of %s"
            .formatted(plan.name(), plan.location(), size, spacing);
    this.cost = plan.cost();
    this.networks = Math.min(memory, cost.networkBytes());
    add(plan.root(), 0);
  }

  /** Why stages cannot be done on such a CT. */
  static List<String> refusals(RoutePlan plan) {
    return plan.order().stream()
        .flatMap(
            step ->
                plan.costOf(step).refusal().stream()
                    .map(reason -> "%s: %s".formatted(step.location(), reason)))
        .toList();
  }

  private void add(Part part, int depth) {
    if (part instanceof Step step) {
      add(step, depth);
    } else if (part instanceof Part.Series series) {
      series.parts().forEach(each -> add(each, depth));
    } else if (part instanceof Part.Parallel parallel) {
      for (Part branch : parallel.branches()) {
        remark("branch", depth);
        add(branch, depth + 1);
      }
    } else if (part instanceof Part.Choice choice) {
      add(choice, depth);
    } else if (part instanceof Part.Loop loop) {
      String condition = loop.written().condition().map(c -> " while " + c.text()).orElse("");
      remark("%s%s".formatted(passes(loop.written().passes()), condition), depth);
      add(loop.body(), depth + 1);
    } else if (part instanceof Part.HandOff handOff) {
      remark(
          "handed to the pool %s with %s"
              .formatted(
                  handOff.written().pool(),
                  String.join(" ", new TreeSet<>(plan.handedOn(handOff)))),
          depth);
    } else if (part instanceof Part.Try attempt) {
      remark("try", depth);
      add(attempt.body(), depth + 1);
      remark("where that fails", depth);
      add(attempt.rescue(), depth + 1);
    }
  }

  private void add(Part.Choice choice, int depth) {
    String otherwise = "";
    for (Part.Choice.Alternative alternative : choice.alternatives()) {
      remark(otherwise + "if " + alternative.condition().text(), depth);
      otherwise = "else ";
      add(alternative.part(), depth + 1);
    }
    choice
        .otherwise()
        .ifPresent(
            part -> {
              remark("otherwise", depth);
              add(part, depth + 1);
            });
  }

  private static String passes(int most) {
    return most == 1 ? "at most once" : "at most %d times".formatted(most);
  }

  private void remark(String text, int depth) {
    rows.add(new String[] {"  ".repeat(depth) + text});
  }

  private void add(Step step, int depth) {
    StepCost cost = plan.costOf(step);
    boolean runsNetwork = !step.networks().isEmpty();
    rows.add(
        new String[] {
          "  ".repeat(depth) + step.name(),
          names(step.reads()),
          names(step.writes()),
          cost.size().map(Size::toString).orElse("?"),
          mebibytes(cost.heapBytes()),
          runsNetwork ? mebibytes(cost.networkBytes()) : "",
          runsNetwork ? String.valueOf(cost.tiles()) : "",
          runsNetwork ? text(cost.gigaflops()) : "",
          runsNetwork ? precision(step) : ""
        });
  }

  private static String precision(Step step) {
    String words =
        step.networks().stream()
            .map(network -> network.precision().word())
            .distinct()
            .collect(Collectors.joining(" "));
    return step.needsGpu() ? words + ", GPU" : words;
  }

  private static String names(List<Slot<?>> slots) {
    return slots.stream().map(Slot::name).distinct().collect(Collectors.joining(" "));
  }

  private static String mebibytes(long bytes) {
    return "%d MiB".formatted((bytes + (1 << 20) - 1) >> 20);
  }

  private static String text(OptionalDouble gigaflops) {
    return gigaflops.isPresent()
        ? String.format(Locale.ROOT, "%.0f", gigaflops.getAsDouble())
        : "?";
  }

  @Override
  public String toString() {
    int[] widths = new int[HEAD.length];
    List<String[]> lines = new ArrayList<>(rows);
    lines.add(0, HEAD);
    for (String[] row : lines) {
      for (int i = 0; i < row.length && row.length > 1; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    String table =
        lines.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
    return "%s%n%n%s%n%s%n".formatted(title, table, sum());
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      boolean number = i > 2 && i < row.length - 1;
      String format = "%" + (number ? "" : "-") + Math.max(1, widths[i]) + "s  ";
      line.append(format.formatted(row[i]));
    }
    return line.toString().stripTrailing();
  }

  private String sum() {
    Optional<String> work =
        cost.gigaflops() > 0
            ? Optional.of(String.format(Locale.ROOT, "; %.0f GFLOP", cost.gigaflops()))
            : Optional.empty();
    return ("In all at most %s of Java heap beside the CT, %s of native memory for networks at one"
            + " time%s. Boxes are reckoned as around a pancreas.")
        .formatted(mebibytes(cost.heapBytes()), mebibytes(networks), work.orElse(""));
  }
}
