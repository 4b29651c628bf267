package org.islet.train;

import static java.util.Comparator.comparingInt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.islet.dataset.DataSet;
import org.islet.dataset.Folds;
import org.islet.dataset.PreparedCase;
import org.islet.dataset.PreparedCases;
import org.islet.dataset.PreparedCases.Outdated;
import org.islet.volume.Size;

/**
 * Trains networks with cross-validation (Zhao et al. 2019, section 3.1), in a folder from which it
 * can be gone on with: {@code run.yaml} says what is trained and how, {@code split.json} is the
 * {@link Folds}, {@code prepared/} holds the cases as the networks see them, and each network and
 * fold has a folder such as {@code coarse/fold-0}.
 *
 * @param folder of the run
 * @param data what is learnt from
 * @param provenance what the models' cards say of the data
 * @param split which cases are in which fold
 * @param leftOut the folds, the first being 0, that are left out in turn
 * @param trainings of which networks, and how
 * @param validateOn how many cases validate after each epoch; all of the fold do at the end
 * @param memory bytes that the machine has
 */
public record TrainingRun(
    Path folder,
    DataSet data,
    Provenance provenance,
    Folds split,
    List<Integer> leftOut,
    List<Training> trainings,
    int validateOn,
    long memory) {

  private static final String SETTINGS = "run.yaml";

  /**
   * @throws IllegalArgumentException if the data lack a case of the split, or the split a fold that
   *     is to be left out, or no case is to validate
   */
  public TrainingRun {
    split.requireAllIn(data.ids());
    leftOut.forEach(split::validation);
    if (validateOn < 1) {
      throw new IllegalArgumentException(
          "1 case or more must validate after each epoch, not %d.".formatted(validateOn));
    }
  }

  /** Hears how far a run is. */
  public interface Progress {

    /**
     * @param done cases that are prepared
     * @param of how many
     */
    void prepared(int done, int of);

    /**
     * The cases are prepared, so it is known what is to come.
     *
     * @param trainings one after the other, their windows no longer than the cases
     * @param leftOut the folds that each leaves out in turn
     */
    void planned(List<Training> trainings, List<Integer> leftOut);

    /**
     * What is trained from now on.
     *
     * @param memory how much it takes at most, in words
     */
    void begins(Training training, int fold, String memory);

    /**
     * @param step the first being 1
     * @param loss the step's Dice loss
     */
    void step(int step, double loss);

    /**
     * @param number the first being 1
     * @param step its last one
     * @param dsc the mean on the cases that validate
     * @param best whether it is the best so far
     */
    void epoch(int number, int step, double dsc, boolean best);
  }

  /**
   * Makes the folder and writes down what is to be trained. What was written down before is
   * replaced as long as no network was begun, as when the data turned out to be wrong.
   *
   * @throws IllegalArgumentException if the folder holds a run with a network already
   * @throws IOException if it cannot be written to
   */
  public void begin() throws IOException {
    if (begun()) {
      throw new IllegalArgumentException(
          "%s holds a run already. Go on with it by --resume, or give another folder."
              .formatted(folder));
    }
    Files.createDirectories(folder);
    split.write(TrainedRuns.split(folder));
    settings().write(folder.resolve(SETTINGS));
  }

  private boolean begun() {
    return Arrays.stream(Training.Stage.values())
        .anyMatch(stage -> Files.exists(folder.resolve(stage.title())));
  }

  /**
   * Checks that the folder holds this run, so that it can be gone on with.
   *
   * @throws IllegalArgumentException if it holds none, or another
   * @throws IOException if it cannot be read
   */
  public void resume() throws IOException {
    Path file = folder.resolve(SETTINGS);
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "There is nothing to resume: %s holds no %s. Leave out --resume to begin."
              .formatted(folder, SETTINGS));
    }
    settings().requireSameIn(file);
  }

  private RunSettings settings() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("data", provenance.data());
    all.put("licence", provenance.licence());
    all.put("split-seed", split.seed());
    all.put("split", split.folds());
    all.put("left-out", leftOut);
    all.put("validate-on", validateOn);
    all.put("trainings", trainings);
    return new RunSettings(all);
  }

  /**
   * Trains what is not trained yet, each network with each fold left out, and exports the best
   * model of each as a new version.
   *
   * @param models the folder of models
   * @param name of the models, to which the stage is added
   * @param stop whether to stop: asked after each case that is prepared, before each step and
   *     before each case that validates
   * @return the new versions' folders
   * @throws StoppedException if it was to stop; the folder holds all that {@link #resume} needs
   * @throws org.islet.dataset.DataSetProblemsException if the data cannot be used as they are
   * @throws IllegalArgumentException if a training needs more memory than there is
   * @throws IOException if the disk is full or a checkpoint is damaged
   */
  public List<Path> run(Path models, String name, Progress progress, BooleanSupplier stop)
      throws IOException {
    PreparedCases cases =
        PreparedCases.of(
            data,
            trainings.stream().map(Training::preparation).toList(),
            folder.resolve("prepared"),
            begun() ? Outdated.REFUSED : Outdated.MADE_AGAIN,
            (id, done, of) -> {
              progress.prepared(done, of);
              if (stop.getAsBoolean()) {
                throw new StoppedException(
                    "after %d of %d cases were prepared".formatted(done, of));
              }
            });
    List<Training> fitted = trainings.stream().map(t -> t.on(sizes(cases, t))).toList();
    Map<Training, TrainingMemory> needs = needs(fitted, cases);
    progress.planned(fitted, leftOut);
    List<Path> versions = new ArrayList<>();
    for (Training training : fitted) {
      for (int fold : leftOut) {
        Path own = TrainedRuns.network(folder, training.stage(), fold);
        Export export = Export.in(own);
        Optional<Path> version = export.version();
        if (version.isEmpty()) {
          progress.begins(training, fold, needs.get(training).toString());
          Path best = train(training, fold, cases, own, progress, stop);
          version = Optional.of(export.of(best, models.resolve(training.stage().modelOf(name))));
        }
        versions.add(version.get());
      }
    }
    return versions;
  }

  /** What the trainings that are still to come need, which the machine has. */
  private Map<Training, TrainingMemory> needs(List<Training> fitted, PreparedCases cases)
      throws IOException {
    Map<Training, TrainingMemory> needs = new HashMap<>();
    for (Training training : fitted) {
      if (isLeftToTrain(training)) {
        Size largest = Collections.max(sizes(cases, training), comparingInt(Size::count));
        TrainingMemory need = TrainingMemory.of(training, largest);
        need.requireAtMost(memory);
        needs.put(training, need);
      }
    }
    return needs;
  }

  private boolean isLeftToTrain(Training training) throws IOException {
    for (int fold : leftOut) {
      if (Export.in(TrainedRuns.network(folder, training.stage(), fold)).version().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The sizes of all cases as a training's network sees them. */
  private List<Size> sizes(PreparedCases cases, Training training) {
    return split.folds().stream()
        .flatMap(List::stream)
        .map(id -> cases.get(training.preparation(), id).size())
        .toList();
  }

  private Path train(
      Training training,
      int fold,
      PreparedCases cases,
      Path own,
      Progress progress,
      BooleanSupplier stop)
      throws IOException {
    return new FoldTraining(
            new TrainedModel(training, provenance.without(fold, split.folds().size())),
            own,
            prepared(cases, training, split.training(fold)),
            prepared(cases, training, split.validation(fold)),
            validateOn)
        .run(progress, stop);
  }

  private static List<PreparedCase> prepared(
      PreparedCases cases, Training training, List<String> ids) {
    return ids.stream().map(id -> cases.get(training.preparation(), id)).toList();
  }
}
