package org.islet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Report;
import org.islet.evaluate.Subject;
import org.islet.evaluate.Tables;
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
      "DSC, HD95, ASD, volume error and isolated false positives (FP) of each mask at full resolution,",
      "and the recall and IoU of each box against the truth. What the models' cards warn of stands",
      "above it."
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
    String data =
        "%d phantoms (seed %d), which the bundled models never saw".formatted(count, seed);
    Subject subject =
        new EvaluatedRoute(engine().routes(), route, Optional.empty())
            .subject(data, Optional.empty(), Optional.empty());
    List<CaseScores> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Phantom phantom = phantom(i);
      Case c = new Case("phantom-" + (i + 1), phantom.ct());
      engine().routes().get(route).run(c);
      scores.add(
          CaseScores.of(
              c.id(),
              c.slotsOf(Mask.class),
              c.slotsOf(Box.class),
              phantom.pancreas(),
              engine().warnings(c.models())));
      System.err.printf("%d/%d: %s%n", i + 1, count, phantom.ct().size());
    }
    Tables tables = new Tables(new Report(subject, scores, List.of()));
    System.out.printf("Route %s on %s; DSC, recall and IoU in percent:%n%n", route, data);
    System.out.print(tables.warnings() + tables.everySlot());
    return CommandLine.ExitCode.OK;
  }

  private Phantom phantom(int index) {
    int n = IN_PLANE[index % IN_PLANE.length];
    long phantomSeed = new SplittableRandom(seed * 1_000_003 + index).nextLong();
    return Phantom.generate(phantomSeed, Phantom.wholeAbdomen(new Size(n, n, n * 15 / 32)));
  }
}
