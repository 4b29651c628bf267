package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.islet.camel.LiveRoutes;
import org.islet.diagram.RoutePicture;
import org.islet.diagram.SlotDot;
import org.islet.format.WholeFile;
import org.islet.job.SegmentationRoute;
import org.islet.model.CardNetworks;
import org.islet.model.InferenceMemory;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.islet.stage.Grid;
import org.islet.stage.StageCatalogue;
import org.islet.stage.StageFailedException;
import org.islet.volume.Geometry;
import org.islet.volume.Size;
import org.islet.volume.Spacing;
import org.islet.volume.Volume;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks routes, and says and draws what they will do. */
@Command(
    name = "plan",
    header = "Checks routes, says what they will do and cost, and draws them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks routes without running them; prints the order of their stages with what each reads,",
      "writes and takes; and draws each route as DIR/NAME.svg, with its graph as DIR/NAME.dot."
    },
    footer = {
      "",
      "Example: ./islet plan routes/mine.yaml",
      "Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage."
    })
public final class PlanCommand extends EngineCommand {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ROUTE",
      arity = "0..*",
      description =
          "A route's name, or a file of routes, which may call those beside it (default: all"
              + " segmentation routes).")
  private List<String> wanted = List.of();

  @Option(
      names = "--size",
      paramLabel = "X,Y,Z",
      defaultValue = "512,512,240",
      converter = SizeConverter.class,
      description = "The voxels of the CT that costs are reckoned for (default: ${DEFAULT-VALUE}).")
  private Size size;

  @Option(
      names = "--spacing",
      paramLabel = "X,Y,Z",
      defaultValue = "0.8,0.8,1",
      converter = SpacingConverter.class,
      description = "Its spacing in mm (default: ${DEFAULT-VALUE}).")
  private Spacing spacing;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "plans",
      description = "Where pictures go (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--dry-run",
      description =
          "Also runs each route on a small phantom, and prints each slot's type, size and range.")
  private boolean dryRun;

  @Override
  boolean needsEngine() {
    return dryRun;
  }

  @Override
  public Integer call() throws IOException {
    SettingsAtOnce settings = new SettingsAtOnce();
    try (StageCatalogue stages = StageCatalogue.withJarsOf(settings.stages())) {
      AskedRoutes asked = asked(settings, stages);
      for (AskedRoutes.Asked route : asked.routes()) {
        spec.commandLine()
            .getOut()
            .print(new PlanText(route.plan(), settings.inferenceMemory(), size, spacing));
        draw(route.plan());
      }
      spec.commandLine().getOut().flush();
      boolean right = tell(asked);
      return right && dryRun(asked) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private AskedRoutes asked(SettingsAtOnce settings, StageCatalogue stages) {
    CardNetworks models =
        new CardNetworks(settings.models(), new InferenceMemory(settings.inferenceMemory()));
    Grid ct = Grid.ofCt(Geometry.of(size, spacing.x(), spacing.y(), spacing.z()));
    try {
      return new AskedRoutes(
          wanted,
          settings.routes(),
          folder -> new RoutePlans(RouteFile.readAll(folder), stages, models, ct));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void draw(RoutePlan plan) throws IOException {
    Path picture = out.resolve(plan.name() + ".svg");
    Path graph = out.resolve(plan.name() + ".dot");
    WholeFile.write(picture, RoutePicture.svg(plan));
    WholeFile.write(graph, SlotDot.text(plan));
    spec.commandLine().getOut().printf("picture: %s%ngraph:   %s%n%n", picture, graph);
  }

  /** Says what is wrong; whether nothing is. */
  private boolean tell(AskedRoutes asked) {
    Set<String> wrong = new LinkedHashSet<>(Problem.sentences(asked.problems()));
    asked.routes().forEach(route -> wrong.addAll(PlanText.refusals(route.plan())));
    wrong.forEach(spec.commandLine().getErr()::println);
    spec.commandLine()
        .getErr()
        .println(wrong.isEmpty() ? "Nothing is wrong." : wrong.size() + " thing(s) to mend.");
    return wrong.isEmpty();
  }

  /** Runs the routes on a phantom; whether each of them could. */
  private boolean dryRun(AskedRoutes asked) {
    if (!dryRun) {
      return true;
    }
    Map<Path, LiveRoutes> loaded = new HashMap<>();
    Volume ct = DryRun.phantom();
    int failed = 0;
    for (AskedRoutes.Asked route : asked.routes()) {
      LiveRoutes routes =
          loaded.computeIfAbsent(
              route.folder(),
              folder -> engine().routes(folder, file -> asked.files().contains(file.file())));
      try (SegmentationRoute opened = routes.open(route.plan().name())) {
        spec.commandLine().getOut().print(DryRun.of(opened, ct));
        spec.commandLine().getOut().flush();
      } catch (StageFailedException e) {
        spec.commandLine().getErr().println(route.plan().name() + ": " + e.getMessage());
        failed++;
      }
    }
    return failed == 0;
  }
}
