package org.islet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.islet.disk.Disk;
import org.islet.evaluate.Overlap;
import org.islet.format.NiftiWriter;
import org.islet.job.CaseResult;
import org.islet.phantom.Phantom;
import org.islet.publish.ResultFolder;
import org.islet.stage.Case;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The main job, shown on a phantom. */
@Command(
    name = "demo",
    header = "Shows the main job on a phantom CT, from nothing to a mask.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a phantom CT, starts the service in a temporary folder, drops the CT into its intake,",
      "shows the stages as they pass, and compares the masks with the phantom's truth.",
      "Needs no network. The result is kept until the next demo; all else is cleaned up."
    })
public final class DemoCommand extends EngineCommand {

  private static final String FOLDER = "islet-demo-";

  /**
   * Far from the seeds that training draws from (2019) and that docs/models.md measures on (77).
   */
  private static final long SEED = 20_261_123;

  private static final Size SIZE = new Size(256, 256, 120);
  private static final long PATIENCE_SECONDS = 300;

  @Override
  Map<String, String> settings() {
    return Map.of("quarkus.http.port", "0", "islet.queue.enabled", "false");
  }

  @Override
  public Integer call() throws Exception {
    deleteFormerDemos();
    Path home = Files.createTempDirectory(FOLDER);
    System.err.printf("1. A phantom CT of %s voxels that no training saw (seed %d).%n", SIZE, SEED);
    Phantom phantom = Phantom.generate(SEED, Phantom.wholeAbdomen(SIZE));
    System.err.printf("2. The service, in %s.%n", home);
    Follower follower = new Follower(phantom.pancreas());
    engine().serve(home, follower);
    Path intake = home.resolve("intake");
    System.err.println("3. The CT goes into the intake, and through the stages:");
    Path arriving = home.resolve("phantom.nii.gz");
    NiftiWriter.write(arriving, phantom.ct());
    Files.move(arriving, intake.resolve("in").resolve("phantom.nii.gz"));
    try {
      CaseResult result = follower.ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      follower.printScores();
      System.out.println("mask:    " + result.folder().resolve(ResultFolder.MASK));
      System.out.println("result:  " + result.folder().resolve(ResultFolder.REPORT));
      System.out.println("preview: " + result.folder().resolve(ResultFolder.PREVIEW));
      return CommandLine.ExitCode.OK;
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("islet demo: no result came; see " + intake.resolve("failed"));
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      engine().close();
      Disk.delete(intake);
      Disk.delete(home.resolve(Service.DATA));
    }
  }

  private static void deleteFormerDemos() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    List<Path> former;
    try (Stream<Path> files = Files.list(temporary)) {
      former =
          files
              .filter(f -> f.getFileName().toString().startsWith(FOLDER))
              .filter(Files::isWritable)
              .toList();
    }
    for (Path folder : former) {
      Disk.delete(folder);
    }
  }

  /** Shows the stages, and scores the masks on the way. */
  private static final class Follower extends Progress {

    private final Mask truth;
    private final CompletableFuture<CaseResult> ended = new CompletableFuture<>();
    private Map<String, Mask> masks = Map.of();

    Follower(Mask truth) {
      super(Boolean.getBoolean("launcher.terminal"));
      this.truth = truth;
    }

    @Override
    public synchronized void routeEnded(Case c) {
      masks = c.slotsOf(Mask.class);
    }

    @Override
    public synchronized void published(CaseResult result) {
      super.published(result);
      ended.complete(result);
    }

    void printScores() {
      System.out.println("Dice against the phantom's truth:");
      masks.forEach(
          (slot, mask) -> {
            if (mask.geometry().matches(truth.geometry())) {
              System.out.printf("  %-12s %.3f%n", slot, Overlap.dsc(mask, truth));
            }
          });
      System.out.println(
          "(models and phantom are made up: this shows the machine, not its worth on patients)");
    }
  }
}
