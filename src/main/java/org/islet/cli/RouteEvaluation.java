package org.islet.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.islet.dataset.FolderDataSet;
import org.islet.evaluate.CaseScores;
import org.islet.evaluate.Evaluation;
import org.islet.evaluate.Problem;
import org.islet.evaluate.Report;
import org.islet.evaluate.Stages;
import org.islet.evaluate.Subject;
import org.islet.job.CaseFailedException;
import org.islet.job.CaseListener;
import org.islet.job.CaseResult;
import org.islet.job.DirectCases;
import org.islet.stage.Case;
import org.islet.volume.Box;
import org.islet.volume.Mask;
import org.islet.volume.Volume;

/**
 * Takes labelled CTs through a route and scores every mask at full resolution and every box that it
 * writes.
 *
 * @param cases take each to its result
 * @param worst takes pictures of the last stage's mask beside the truth
 */
record RouteEvaluation(DirectCases cases, EvaluatedRoute route, WorstCases worst) {

  /**
   * Runs and scores all cases.
   *
   * @throws IllegalStateException at the first case where a stage's mask is not at full resolution
   */
  Report run(Subject subject, FolderDataSet data, Consumer<String> progress) {
    Map<String, Evaluation.Scoring> scorings = new LinkedHashMap<>();
    data.ids().forEach(id -> scorings.put(id, () -> score(data, id, subject.stages())));
    List<Problem> unpaired =
        data.problems().stream().map(p -> new Problem(p.file().toString(), p.reason())).toList();
    return new Evaluation(subject, progress).run(scorings, unpaired);
  }

  private CaseScores score(FolderDataSet data, String id, Stages stages) throws IOException {
    Mask truth = data.read(id).organ();
    Seen seen = new Seen();
    CaseResult result;
    try {
      result = cases.run(data.image(id), route.of(id), seen);
    } catch (CaseFailedException e) {
      throw new IOException(e.getMessage(), e);
    }
    stages.first().ifPresent(seen::requireFullResolution);
    seen.requireFullResolution(stages.second());
    CaseScores scores = CaseScores.of(id, seen.masks, seen.boxes, truth, warnings(result));
    CasePicture picture = new CasePicture(scores, stages.second());
    Mask found = seen.masks.getOrDefault(stages.second(), Mask.empty(truth.geometry()));
    worst.offer(id, picture.dsc(), () -> picture.png(seen.ct, truth, found));
    return scores;
  }

  private static Map<String, String> warnings(CaseResult result) {
    Map<String, String> warnings = new TreeMap<>();
    result.report().models().stream()
        .filter(model -> model.warning() != null)
        .forEach(model -> warnings.put(model.id(), model.warning()));
    return warnings;
  }

  /** What is left of a case when its route has ended. */
  private static final class Seen implements CaseListener {

    private Volume ct;
    private Map<String, Mask> masks;
    private Map<String, Box> boxes;

    @Override
    public void routeEnded(Case c) {
      ct = c.get(Case.CT);
      masks = c.slotsOf(Mask.class);
      boxes = c.slotsOf(Box.class);
    }

    void requireFullResolution(String slot) {
      Mask mask = masks.get(slot);
      if (mask != null && !mask.geometry().matches(ct.geometry())) {
        throw new IllegalStateException(
            "The mask '%s' of %s cannot stand for a stage: the CT has %s. Give one at full resolution."
                .formatted(slot, mask.size(), ct.size()));
      }
    }
  }
}
