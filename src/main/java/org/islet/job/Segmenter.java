package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.islet.format.InputRefusedException;
import org.islet.format.NiftiHeader;
import org.islet.format.NiftiReader;
import org.islet.format.Sha256;
import org.islet.job.CaseReport.Outcome;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.stage.StageRun;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;

/** Takes a CT file through a route to a published result: a case's whole life. */
public final class Segmenter {

  private static final int ID_DIGITS = 12;

  private final NiftiReader reader;
  private final HeapBudget heap;

  public Segmenter(NiftiReader reader, HeapBudget heap) {
    this.reader = reader;
    this.heap = heap;
  }

  /**
   * Segments one CT.
   *
   * @param ct the file
   * @throws CaseFailedException if there is no result; nothing is left behind then
   */
  public CaseResult segment(
      Path ct, SegmentationRoute route, ResultPlace results, CaseListener listener)
      throws CaseFailedException {
    long start = System.nanoTime();
    String caseId = null;
    try {
      String digest = sha256(ct);
      try (var place = results.reserve(digest.substring(0, ID_DIGITS))) {
        caseId = place.caseId();
        listener.accepted(caseId, route.stages());
        CaseResult result = run(ct, digest, route, place, listener, start);
        listener.published(result);
        return result;
      }
    } catch (InputRefusedException e) {
      throw new CaseFailedException(caseId, e.code(), null, e.getMessage(), e);
    } catch (StageFailedException e) {
      throw new CaseFailedException(caseId, "stage-failed", e.stage(), e.getMessage(), e);
    } catch (IOException e) {
      throw new CaseFailedException(
          caseId,
          "storage",
          null,
          "A file could not be read or written (%s). Look at the disk's space and permissions, and try again."
              .formatted(e.getClass().getSimpleName()),
          e);
    } catch (IllegalArgumentException e) {
      throw new CaseFailedException(caseId, "refused", null, e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      throw new CaseFailedException(
          caseId, "internal", null, "Something unexpected went wrong: " + FailureText.of(e), e);
    }
  }

  private CaseResult run(
      Path ct,
      String digest,
      SegmentationRoute route,
      ResultPlace.Reservation place,
      CaseListener listener,
      long start)
      throws IOException {
    NiftiHeader header = reader.header(ct);
    Reorientation axes = Reorientation.toCanonical(header.geometry());
    heap.admit(header.geometry().size(), route.heapBytes(axes.target()));
    Volume canonical = axes.apply(reader.readCt(ct));
    String id = place.caseId();
    Case c = new Case(id, canonical, run -> listener.stageEnded(id, run));
    if (!header.orientationStated()) {
      c.warn(
          "The file does not say how the patient lies in it (no sform or qform); its axes were taken as"
              + " left, front and head.");
    }
    long read = System.nanoTime();
    route.run(c);
    Mask seen = result(c, canonical.geometry());
    listener.routeEnded(c);
    Mask mask = axes.undo(seen);
    long end = System.nanoTime();
    CaseReport report =
        new CaseReport(
            CaseReport.SCHEMA,
            id,
            seen.isEmpty() ? Outcome.EMPTY : Outcome.DONE,
            CaseReport.NOTICE,
            CaseReport.Input.of(ct.getFileName().toString(), digest, header.geometry()),
            new CaseReport.Route(route.name(), route.digest()),
            c.models().stream().map(route::describe).toList(),
            route.jars(),
            c.runs(),
            new CaseReport.Seconds((read - start) / 1e9, (end - read) / 1e9, (end - start) / 1e9),
            new CaseReport.MaskSize(seen.count(), seen.millilitres()),
            boxes(c),
            c.warnings(),
            Versions.all());
    return new CaseResult(place.publish(report, mask, canonical, seen), report);
  }

  /** The mask that a route found on the CT's grid; an empty one if it is absent. */
  private static Mask result(Case c, Geometry ct) {
    Mask mask = c.find(RoutePlan.RESULT).orElseGet(() -> Mask.empty(ct));
    if (!mask.geometry().matches(ct)) {
      throw new StageFailedException(
          lastWriter(c),
          new IllegalStateException(
              "the route's result '%s' must lie on the CT's grid, %s, but lies on another, %s. Mend the stage, or bring the mask back to the CT's grid in the route."
                  .formatted(RoutePlan.RESULT.name(), words(ct), words(mask.geometry()))));
    }
    return mask;
  }

  private static String words(Geometry grid) {
    return "%s voxels at %s".formatted(grid.size(), grid.affine());
  }

  /** The stage that wrote the result. */
  private static String lastWriter(Case c) {
    return c.runs().stream()
        .filter(run -> List.of(run.output().split(",")).contains(RoutePlan.RESULT.name()))
        .reduce((earlier, later) -> later)
        .map(StageRun::stage)
        .orElseThrow();
  }

  private static Map<String, CaseReport.BoxCorners> boxes(Case c) {
    Map<String, CaseReport.BoxCorners> boxes = new TreeMap<>();
    c.slotsOf(Box.class).forEach((name, box) -> boxes.put(name, CaseReport.BoxCorners.of(box)));
    return boxes;
  }

  private static String sha256(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InputRefusedException(
          "unreadable", "There is no regular file here; a CT as one file was expected.");
    }
    return Sha256.of(file);
  }
}
