package org.islet.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.islet.dataset.DataSet;
import org.islet.dataset.Folds;
import org.islet.dataset.LabelledCt;
import org.islet.dataset.Preparation;
import org.islet.dataset.PreparedCase;
import org.islet.dataset.Problem;
import org.islet.evaluate.IsolatedFalsePositives;
import org.islet.evaluate.Overlap;
import org.islet.format.WholeFile;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelCard;
import org.islet.model.ModelStore;
import org.islet.model.OpenModels;
import org.islet.stage.Network;
import org.islet.train.Architecture.Normalisation;
import org.islet.train.Training.CentreLoss;
import org.islet.train.Training.Stage;
import org.islet.volume.Mask;
import org.islet.volume.Size;
import org.islet.volume.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  private static final Architecture SMALL = Architecture.plain(2, 2, Normalisation.BATCH, 1);
  private static final DataSet BALLS = new Balls("");
  private static final List<String> PREPARED =
      List.of("1 of 6", "2 of 6", "3 of 6", "4 of 6", "5 of 6", "6 of 6");
  private static final Provenance PROVENANCE = new Provenance("6 balls", "Balls only.", "CC0-1.0");
  private static final Folds SPLIT = Folds.split(BALLS.ids(), BALLS::subject, 2, 1);

  /** Six bright balls in dark noise, of 40 voxels a side. */
  private record Balls(String version) implements DataSet {

    @Override
    public List<String> ids() {
      return List.of("a", "b", "c", "d", "e", "f");
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }

    @Override
    public LabelledCt read(String id) {
      return readBall(id);
    }

    @Override
    public String fingerprint(String id) {
      return version + id;
    }
  }

  private static LabelledCt readBall(String id) {
    PreparedCase ball = TinyNetworks.ball(40, id.charAt(0));
    float[] hu = ball.input().toFloats();
    for (int i = 0; i < hu.length; i++) {
      hu[i] = 340 * hu[i] - 100;
    }
    return new LabelledCt(Volume.of(ball.geometry(), hu), ball.truth());
  }

  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();
  private final List<String> memoryTold = new ArrayList<>();
  private List<Training> planned = List.of();
  private DataSet data = BALLS;
  private long memory = Long.MAX_VALUE;

  private static Preparation preparation(Stage stage) {
    return stage == Stage.COARSE ? new Preparation.Coarse(4) : new Preparation.Fine(10);
  }

  private static Training training(Stage stage, int steps) {
    return new Training(
        stage,
        preparation(stage),
        SMALL,
        stage.defaultWindow(),
        stage.defaultLastWindow(),
        steps,
        1,
        0.01,
        CentreLoss.NONE,
        Augmentation.DEFAULT,
        1);
  }

  private TrainingRun run(String name, List<Integer> leftOut, Training... trainings) {
    return new TrainingRun(
        folder.resolve(name), data, PROVENANCE, SPLIT, leftOut, List.of(trainings), 1, memory);
  }

  /** Tells what happens, and throws at a step, as if the process died there. */
  private final class Told implements TrainingRun.Progress {

    private final int dies;

    Told(int dies) {
      this.dies = dies;
    }

    @Override
    public void prepared(int done, int of) {
      told.add(done + " of " + of);
    }

    @Override
    public void planned(List<Training> trainings, List<Integer> leftOut) {
      planned = trainings;
    }

    @Override
    public void begins(Training training, int fold, String memory) {
      told.add(training.stage() + " without " + fold);
      assertTrue(memory.matches("up to \\d+ MiB of memory: .*"), memory);
      memoryTold.add(memory);
    }

    @Override
    public void step(int step, double loss) {
      told.add("step " + step);
      if (step == dies) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public void epoch(int number, int step, double dsc, boolean best) {
      told.add("epoch " + number);
    }
  }

  @Test
  void makes_a_next_version_of_each_model_with_a_card_that_says_how_and_how_well()
      throws IOException {
    Path models = folder.resolve("models");
    TrainingRun run = run("run", List.of(1), training(Stage.COARSE, 2), training(Stage.FINE, 3));
    run.begin();
    assertEquals(
        List.of(models.resolve("organ-coarse/1"), models.resolve("organ-fine/1")),
        run.run(models, "organ", new Told(0), () -> false));
    List<String> expected = new ArrayList<>(PREPARED);
    expected.addAll(
        List.of(
            "COARSE without 1",
            "step 1",
            "step 2",
            "epoch 1",
            "FINE without 1",
            "step 1",
            "step 2",
            "epoch 1",
            "step 3",
            "epoch 2"));
    assertEquals(expected, told);
    assertEquals(SPLIT, Folds.read(folder.resolve("run/split.json")));
    List<String> epochs = Files.readAllLines(folder.resolve("run/fine/fold-1/epochs.csv"));
    assertEquals(3, epochs.size());
    assertEquals(
        "epoch,step,dice_loss,centre_loss,gradient_norm,validation_dsc,validation_isolated",
        epochs.get(0));
    assertTrue(epochs.get(2).startsWith("2,3,"), epochs::toString);

    ModelCard card = ModelCard.read(models.resolve("organ-fine/1/model.yaml"));
    assertEquals("Balls only.", card.warning());
    assertEquals("CC0-1.0", card.licence());
    assertEquals("6 balls, fold 1 of 2 left out", card.training().get("data"));
    assertEquals("3 case(s) that validated", card.measured().get("on"));
    try (ModelStore store = new ModelStore(models, new InferenceMemory(1L << 30));
        OpenModels opened = store.open()) {
      Network network = opened.get("organ-fine/1");
      double mean =
          SPLIT.validation(1).stream()
              .map(id -> preparation(Stage.FINE).apply(readBall(id)))
              .mapToDouble(c -> Overlap.dsc(network.segment(c.input()), c.truth()))
              .average()
              .orElseThrow();
      assertEquals(mean, ((Number) card.measured().get("dsc-mean")).doubleValue(), 1e-4);
    }
  }

  @Test
  void each_epoch_tells_how_its_model_did_on_the_cases_that_validate() throws IOException {
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 1));
    run.begin();
    run.run(folder.resolve("models"), "organ", new Told(0), () -> false);
    Path own = folder.resolve("run/coarse/fold-0");
    String id = SPLIT.validation(0).get(0);
    PreparedCase seen = preparation(Stage.COARSE).apply(readBall(id));
    try (ModelStore store = new ModelStore(own, new InferenceMemory(1L << 30));
        OpenModels opened = store.open()) {
      Mask found = opened.get("last/1").segment(seen.input());
      EpochTable epochs = EpochTable.read(own.resolve(EpochTable.NAME));
      assertEquals(Overlap.dsc(found, seen.truth()), epochs.column("validation_dsc").get(1), 1e-6);
      assertEquals(
          IsolatedFalsePositives.of(found, seen.truth()).count(),
          epochs.column("validation_isolated").get(1));
    }
  }

  @Test
  void killed_and_resumed_it_ends_as_if_it_had_not_been_killed() throws IOException {
    Training fine = training(Stage.FINE, 6); // normalised up to step 4; an epoch is 2 steps
    TrainingRun calm = run("calm", List.of(0), fine);
    calm.begin();
    Path expected = calm.run(folder.resolve("models"), "calm", new Told(0), () -> false).get(0);

    TrainingRun killed = run("killed", List.of(0), fine);
    killed.begin();
    Path models = folder.resolve("models");
    for (int step : new int[] {1, 4, 5, 6}) {
      assertThrows(
          IllegalStateException.class,
          () -> killed.run(models, "killed", new Told(step), () -> false));
      assertFalse(Files.exists(models.resolve("killed-fine")));
      killed.resume();
    }
    told.clear();
    Path resumed = killed.run(models, "killed", new Told(0), () -> false).get(0);
    assertTrue(told.containsAll(List.of("step 5", "epoch 3")), told::toString);
    assertFalse(told.contains("step 4"), "it goes on from epoch 2");
    assertSameTraining("calm", expected, "killed", resumed);
  }

  /** Runs until something is told, and is then stopped. */
  private String stopped(TrainingRun run, String when) {
    told.clear();
    return assertThrows(
            StoppedException.class,
            () ->
                run.run(
                    folder.resolve("models"), "stopped", new Told(0), () -> told.contains(when)))
        .getMessage();
  }

  @Test
  void stopped_anywhere_and_resumed_it_ends_as_if_it_had_not_been_stopped() throws IOException {
    Training fine = training(Stage.FINE, 6); // an epoch is 2 steps
    TrainingRun calm = run("calm", List.of(0), fine);
    calm.begin();
    Path expected = calm.run(folder.resolve("models"), "calm", new Told(0), () -> false).get(0);

    TrainingRun run = run("stopped", List.of(0), fine);
    run.begin();
    assertEquals(
        "stopped after 2 of 6 cases were prepared; go on with --resume", stopped(run, "2 of 6"));
    for (int step : new int[] {1, 2, 3}) { // amid an epoch, before it validates, amid the next
      assertEquals(
          "stopped after step %d; go on with --resume".formatted(step),
          stopped(run, "step " + step));
      assertEquals("step " + step, told.get(told.size() - 1));
      run.resume();
    }
    told.clear();
    assertThrows(
        IllegalStateException.class,
        () -> run.run(folder.resolve("models"), "stopped", new Told(6), () -> false));
    assertEquals(List.of("step 4", "epoch 2", "step 5", "step 6"), told.subList(7, 11));
    assertEquals("stopped after step 5; go on with --resume", stopped(run, "step 5"));
    assertEquals("stopped after step 6; go on with --resume", stopped(run, "epoch 3"));
    told.clear();
    Path resumed = run.run(folder.resolve("models"), "stopped", new Told(0), () -> false).get(0);
    assertEquals(7, told.size(), "nothing is left but to measure");
    assertSameTraining("calm", expected, "stopped", resumed);
  }

  private void assertSameTraining(String run, Path model, String otherRun, Path otherModel)
      throws IOException {
    for (String file : List.of("saved_model.pb", "model.yaml")) {
      assertArrayEquals(
          Files.readAllBytes(model.resolve(file)),
          Files.readAllBytes(otherModel.resolve(file)),
          file);
    }
    for (String file : List.of("epochs.csv", "curves.svg", "checkpoint")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve(run).resolve("fine/fold-0").resolve(file)),
          Files.readAllBytes(folder.resolve(otherRun).resolve("fine/fold-0").resolve(file)),
          file);
    }
  }

  @Test
  void a_finished_run_resumed_exports_nothing_again_and_another_run_a_next_version()
      throws IOException {
    Path models = folder.resolve("models");
    TrainingRun run = run("run", List.of(0, 1), training(Stage.COARSE, 1));
    run.begin();
    List<Path> versions =
        List.of(models.resolve("organ-coarse/1"), models.resolve("organ-coarse/2"));
    assertEquals(versions, run.run(models, "organ", new Told(0), () -> false));
    run.resume();
    told.clear();
    assertEquals(versions, run.run(models, "organ", new Told(0), () -> false));
    assertEquals(PREPARED, told);
    assertEquals(3, versionOf(models));
  }

  /** Trains another coarse network of the same name, and tells which version it became. */
  private int versionOf(Path models) throws IOException {
    TrainingRun other = run("other", List.of(0), training(Stage.COARSE, 1));
    other.begin();
    List<Path> versions = other.run(models, "organ", new Told(0), () -> false);
    assertEquals(1, versions.size());
    Path version = versions.get(0);
    assertEquals(models.resolve("organ-coarse"), version.getParent());
    return Integer.parseInt(version.getFileName().toString());
  }

  @Test
  void a_model_becomes_a_version_above_all_that_there_are() throws IOException {
    Path models = folder.resolve("models");
    Files.createDirectories(models.resolve("organ-coarse/7"));
    assertEquals(8, versionOf(models));
  }

  @Test
  void other_data_than_a_network_learnt_from_are_refused() throws IOException {
    Path models = folder.resolve("models");
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 1));
    run.begin();
    run.run(models, "organ", new Told(0), () -> false);
    data = new Balls("other ");
    TrainingRun other = run("run", List.of(0), training(Stage.COARSE, 1));
    other.resume();
    IOException refusal =
        assertThrows(IOException.class, () -> other.run(models, "organ", new Told(0), () -> false));
    assertTrue(refusal.getMessage().contains("made of other data than there are now"));
    assertEquals(6, refusal.getMessage().lines().count(), "each case is named");
  }

  @Test
  void if_one_of_several_trainings_cannot_fit_none_begins() throws IOException {
    Size coarse = new Size(10, 10, 10);
    memory = TrainingMemory.of(training(Stage.COARSE, 2).on(List.of(coarse)), coarse).total();
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 2), training(Stage.FINE, 2));
    run.begin();
    String refusal = refusal(() -> run.run(folder.resolve("m"), "organ", new Told(0), () -> false));
    assertTrue(refusal.contains("The training takes up to"), refusal);
    assertEquals(PREPARED, told);
  }

  @Test
  void a_training_that_cannot_fit_is_refused_before_its_first_step() throws IOException {
    memory = 1L << 30;
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 2));
    run.begin();
    String refusal = refusal(() -> run.run(folder.resolve("m"), "organ", new Told(0), () -> false));
    assertTrue(refusal.contains("but this machine has 1024 MiB"), refusal);
    assertTrue(refusal.contains("--last-window, --window or --base-channels"), refusal);
    assertEquals(PREPARED, told);
  }

  @Test
  void windows_count_no_more_than_the_cases_hold() throws IOException {
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 1));
    run.begin();
    run.run(folder.resolve("models"), "organ", new Told(0), () -> false);
    assertEquals(new Size(10, 10, 10), planned.get(0).window()); // 40 voxels, decimated by 4
    assertEquals(new Size(10, 10, 10), planned.get(0).lastWindow());
    assertEquals(
        TrainingMemory.of(planned.get(0), new Size(10, 10, 10)).toString(), memoryTold.get(0));
  }

  @Test
  void what_is_trained_already_needs_no_memory() throws IOException {
    Path models = folder.resolve("models");
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 1));
    run.begin();
    List<Path> versions = run.run(models, "organ", new Told(0), () -> false);
    memory = 1;
    TrainingRun smaller = run("run", List.of(0), training(Stage.COARSE, 1));
    smaller.resume();
    assertEquals(versions, smaller.run(models, "organ", new Told(0), () -> false));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  @Test
  void resuming_needs_the_same_run_and_beginning_a_folder_without_one() throws IOException {
    TrainingRun run = run("run", List.of(0), training(Stage.COARSE, 1));
    String nothing = refusal(run::resume);
    assertTrue(nothing.startsWith("There is nothing to resume"), nothing);
    run.begin();
    run.resume();
    run.begin(); // no network was begun yet
    run.run(folder.resolve("m"), "organ", new Told(0), () -> false);
    String again = refusal(run::begin);
    assertTrue(again.contains("holds a run already"), again);
    String other = refusal(run("run", List.of(0), training(Stage.COARSE, 2))::resume);
    assertTrue(other.contains("says \"steps: 1\", but \"steps: 2\""), other);
  }

  private TrainingRun calm() throws IOException {
    TrainingRun calm = run("calm", List.of(0), training(Stage.FINE, 4)); // an epoch is 2 steps
    calm.begin();
    return calm;
  }

  /** All files of a folder with their bytes, as text. */
  private static Map<Path, String> files(Path folder) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void a_checkpoint_cut_short_is_refused_and_once_it_is_deleted_the_network_begins_again()
      throws IOException {
    Path models = folder.resolve("m");
    Path expected = calm().run(models, "calm", new Told(0), () -> false).get(0);
    TrainingRun run = run("cut", List.of(0), training(Stage.FINE, 4));
    run.begin();
    assertThrows(
        IllegalStateException.class, () -> run.run(models, "cut", new Told(3), () -> false));
    Path checkpoint = folder.resolve("cut/fine/fold-0/checkpoint");
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));
    Map<Path, String> before = files(folder.resolve("cut"));
    IOException refusal =
        assertThrows(IOException.class, () -> run.run(models, "cut", new Told(0), () -> false));
    assertEquals(
        checkpoint
            + " is cut short. Put back a copy of it, or delete it to begin this network again.",
        refusal.getMessage());
    assertEquals(before, files(folder.resolve("cut")));
    Files.delete(checkpoint);
    assertSameTraining(
        "calm", expected, "cut", run.run(models, "cut", new Told(0), () -> false).get(0));
  }

  @Test
  void whatever_cannot_be_written_it_goes_on_once_it_can() throws IOException {
    Path models = folder.resolve("m");
    Path expected = calm().run(models, "calm", new Told(0), () -> false).get(0);
    TrainingRun run = run("full", List.of(0), training(Stage.FINE, 4));
    run.begin();
    Path own = folder.resolve("full/fine/fold-0");
    for (Path file :
        List.of(
            folder.resolve("full/prepared/fine-10/c.prepared"),
            own.resolve("last/1/saved_model.pb"),
            own.resolve("last/1/model.yaml"),
            own.resolve("epochs.csv"),
            own.resolve("best/1/saved_model.pb"),
            own.resolve("best/1/model.yaml"),
            own.resolve("curves.svg"),
            own.resolve("checkpoint"),
            own.resolve("exported"))) {
      assertEndsInASentenceWithout(file, run, models);
      assertFalse(Files.exists(models.resolve("full-fine/1")));
    }
    Path version = models.resolve("full-fine/1");
    Files.writeString(own.resolve("exported"), version.toString());
    for (String file : List.of("model.yaml", "saved_model.pb")) {
      assertEndsInASentenceWithout(version.resolve(file), run, models);
      assertFalse(Files.exists(version.resolve("saved_model.pb")));
    }
    assertSameTraining(
        "calm", expected, "full", run.run(models, "full", new Told(0), () -> false).get(0));
  }

  private void assertEndsInASentenceWithout(Path file, TrainingRun run, Path models)
      throws IOException {
    Files.createDirectories(WholeFile.part(file)); // so it cannot be written, once
    IOException failure =
        assertThrows(IOException.class, () -> run.run(models, "full", new Told(0), () -> false));
    assertTrue(
        failure.getMessage().startsWith(file + " could not be written ("), failure::getMessage);
    run.resume();
  }

  @Test
  void a_version_that_is_gone_is_exported_again() throws IOException {
    Path models = folder.resolve("m");
    TrainingRun run = calm();
    Path version = run.run(models, "calm", new Told(0), () -> false).get(0);
    Path moved = Files.move(version, folder.resolve("elsewhere"));
    assertEquals(version, run.run(models, "calm", new Told(0), () -> false).get(0));
    assertSameTraining("calm", moved, "calm", version);
  }

  @Test
  void cases_and_folds_that_there_are_not_are_refused_before_anything_is_written() {
    Folds other = new Folds(1, List.of(List.of("a", "z"), List.of("b")));
    String lacking = refusal(() -> withSplit(other, 0));
    assertTrue(lacking.contains("cases that the data set lacks: z."), lacking);
    String none = refusal(() -> withSplit(SPLIT, 2));
    assertEquals("There is no fold 2; the split has folds 0 to 1.", none);
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private void withSplit(Folds split, int leftOut) throws IOException {
    new TrainingRun(
            folder.resolve("run"),
            BALLS,
            PROVENANCE,
            split,
            List.of(leftOut),
            List.of(training(Stage.COARSE, 1)),
            1,
            memory)
        .begin();
  }
}
