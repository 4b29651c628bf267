package org.islet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.islet.evaluate.Overlap;
import org.islet.evaluate.Statistics;
import org.islet.phantom.Phantom;
import org.islet.stage.Case;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well a route does on phantoms, mask by mask and box by box. */
@Command(
    name = "measure",
    header = "Scores a route on phantoms, mask by mask and box by box.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a route on phantoms of 256 to 512 voxels in plane and prints, as a Markdown table, the",
      "Dice of each mask at full resolution and the recall and IoU of each box against the truth."
    })
public final class MeasureCommand extends EngineCommand {

  private static final int[] IN_PLANE = {256, 320, 384, 448, 512};

  @Option(
      names = "--route",
      paramLabel = "NAME",
      defaultValue = "pancreas-two-stage",
      description = "The route (default: ${DEFAULT-VALUE}).")
  private String route;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many phantoms (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "77",
      description = "Of the phantoms (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Override
  Map<String, String> settings() {
    return Map.of("quarkus.http.host-enabled", "false");
  }

  @Override
  public Integer call() {
    Map<String, double[]> figures = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      Phantom phantom = phantom(i);
      Case c = new Case("phantom-" + (i + 1), phantom.ct());
      engine().routes().get(route).run(c);
      int at = i;
      score(c, phantom.pancreas())
          .forEach(
              (name, value) -> figures.computeIfAbsent(name, n -> new double[count])[at] = value);
      System.err.printf("%d/%d: %s%n", i + 1, count, phantom.ct().size());
    }
    System.out.printf(
        "Route %s on %d phantoms (seed %d), which the bundled models never saw:%n%n",
        route, count, seed);
    System.out.println("| | mean ± SD | max | min |\n|---|---|---|---|");
    figures.forEach(
        (name, values) -> {
          Statistics s = Statistics.of(values);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.2f ± %.2f | %.2f | %.2f |%n",
              name,
              100 * s.mean(),
              100 * s.sd(),
              100 * s.max(),
              100 * s.min());
        });
    return CommandLine.ExitCode.OK;
  }

  private Phantom phantom(int index) {
    int n = IN_PLANE[index % IN_PLANE.length];
    long phantomSeed = new SplittableRandom(seed * 1_000_003 + index).nextLong();
    return Phantom.generate(phantomSeed, Phantom.wholeAbdomen(new Size(n, n, n * 15 / 32)));
  }

  private static Map<String, Double> score(Case c, Mask truth) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Optional<Box> trueBox = Box.around(truth);
    new TreeMap<>(c.slotsOf(Mask.class))
        .forEach(
            (slot, mask) -> {
              if (mask.geometry().matches(truth.geometry())) {
                scores.put("DSC of " + slot, Overlap.dsc(mask, truth));
              }
            });
    List<Map.Entry<String, Box>> boxes = List.copyOf(c.slotsOf(Box.class).entrySet());
    boxes.forEach(
        b ->
            scores.put(
                "recall of " + b.getKey(), Overlap.recall(Optional.of(b.getValue()), trueBox)));
    boxes.forEach(
        b -> scores.put("IoU of " + b.getKey(), Overlap.iou(Optional.of(b.getValue()), trueBox)));
    return scores;
  }
}
