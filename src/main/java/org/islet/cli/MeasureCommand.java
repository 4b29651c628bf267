package org.islet.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.islet.dataset.Pancreases;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Report;
import org.islet.evaluate.Subject;
import org.islet.evaluate.Tables;
import org.islet.job.SegmentationRoute;
import org.islet.phantom.Phantom;
import org.islet.stage.Case;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How well a route does on phantoms, mask by mask and box by box. */
@Command(
    name = "measure",
    header = "Scores a route on phantoms, mask by mask and box by box.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a route on phantoms that it makes up and prints, as a Markdown table, the DSC, HD95, ASD,",
      "volume error and isolated false positives (FP) of each mask at full resolution, and the recall",
      "and IoU of each box against the truth. What the models' cards warn of stands above it."
    })
public final class MeasureCommand extends EngineCommand {

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

  @Option(
      names = "--size",
      paramLabel = "X,Y,Z",
      defaultValue = "512,512,240",
      converter = SizeConverter.class,
      description = "Voxels of each along x, y and z (default: ${DEFAULT-VALUE}).")
  private Size size;

  @ArgGroup(validate = false)
  private PancreasesOption pancreases = new PancreasesOption();

  @Override
  public Integer call() throws IOException {
    Pancreases real = pancreases.read();
    String data = "%d phantoms (seed %d) of %s voxels".formatted(count, seed, size);
    if (!real.masks().isEmpty()) {
      data += ", made after %d masks".formatted(real.masks().size());
    }
    try (SegmentationRoute method = engine().routes().open(route)) {
      print(data, measure(method, data, real));
    }
    return CommandLine.ExitCode.OK;
  }

  private Report measure(SegmentationRoute method, String data, Pancreases real) {
    Subject subject =
        EvaluatedRoute.of(method, Optional.empty())
            .subject(data, Optional.empty(), Optional.empty());
    List<CaseScores> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Phantom phantom = phantom(i, real.of(i));
      Case c = new Case("phantom-" + (i + 1), phantom.ct());
      method.run(c);
      scores.add(
          CaseScores.of(
              c.id(),
              c.slotsOf(Mask.class),
              c.slotsOf(Box.class),
              phantom.pancreas(),
              method.warnings(c.models())));
      System.err.printf("%d/%d: %s%n", i + 1, count, phantom.ct().size());
    }
    return new Report(subject, scores, List.of());
  }

  private void print(String data, Report report) {
    Tables tables = new Tables(report);
    System.out.printf("Route %s on %s; DSC, recall and IoU in percent:%n%n", route, data);
    System.out.print(tables.warnings() + tables.everySlot());
  }

  private Phantom phantom(int index, Optional<Mask> real) {
    long phantomSeed = new SplittableRandom(Phantom.seed(seed, index)).nextLong();
    return Phantom.generate(phantomSeed, Phantom.wholeAbdomen(size), real);
  }
}
