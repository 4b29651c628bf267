package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.islet.format.CtFiles;
import org.islet.format.InputRefusedException;
import org.islet.format.NiftiHeader;
import org.islet.format.NiftiReader;
import org.islet.job.CaseReport.Outcome;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.StageFailedException;
import org.islet.stage.StageRun;
import org.islet.store.Input;
import org.islet.volume.Box;
import org.islet.volume.Geometry;
import org.islet.volume.Mask;
import org.islet.volume.Reorientation;
import org.islet.volume.Volume;

/** Takes a CT file through a route to a mask and all that is known of it. */
public final class Segmenter {

  /** The code of a failure: the CT is not what it was when it was taken on. */
  static final String INPUT_CHANGED = "input-changed";

  private final NiftiReader reader;
  private final HeapBudget heap;

  public Segmenter(NiftiReader reader, HeapBudget heap) {
    this.reader = reader;
    this.heap = heap;
  }

  /** The Java heap that there is for cases, in bytes. */
  long heapBytes() {
    return heap.forCases();
  }

  /**
   * Looks at a CT's file: what it holds, and what it would take to segment it. A file that is no CT
   * is told by having no voxels.
   *
   * @throws IOException if the file cannot be read, or there is none
   */
  Input inspect(Path ct, SegmentationRoute route) throws IOException {
    String sha256 = CtFiles.sha256(ct);
    long bytes = 0;
    for (Path file : CtFiles.of(ct)) {
      bytes += Files.size(file);
    }
    try {
      Geometry grid = reader.header(ct).geometry();
      long routeBytes = route.heapBytes(Reorientation.toCanonical(grid).target());
      return new Input(
          sha256, bytes, (long) grid.size().count(), heap.ofCase(grid.size(), routeBytes));
    } catch (InputRefusedException | IllegalArgumentException e) {
      return new Input(sha256, bytes, null, null);
    }
  }

  /**
   * Segments one CT, whatever its file holds.
   *
   * @param caseId the name that its result will have
   * @param ct the file
   * @throws CaseFailedException if nothing comes of it
   */
  public Segmentation segment(
      String caseId, Path ct, SegmentationRoute route, CaseListener listener)
      throws CaseFailedException {
    return segment(caseId, ct, null, route, listener);
  }

  /**
   * Segments one CT.
   *
   * @param caseId the name that its result will have
   * @param ct the file
   * @param expectedSha256 the digest ({@link CtFiles#sha256}) of what it has to hold, or null if
   *     that does not matter
   * @throws CaseFailedException if nothing comes of it; {@code input-changed} if the file holds
   *     something else
   */
  public Segmentation segment(
      String caseId, Path ct, String expectedSha256, SegmentationRoute route, CaseListener listener)
      throws CaseFailedException {
    long start = System.nanoTime();
    try {
      String digest = CtFiles.sha256(ct);
      if (expectedSha256 != null && !expectedSha256.equals(digest)) {
        throw new CaseFailedException(
            caseId,
            INPUT_CHANGED,
            null,
            ("The CT is not the one that was taken on: its SHA-256 is %s and was %s. Send it again,"
                    + " and let nothing change it on its way.")
                .formatted(digest, expectedSha256),
            null);
      }
      return run(caseId, ct, digest, route, listener, start);
    } catch (IOException | RuntimeException | Error e) {
      throw CaseFailedException.of(caseId, e);
    }
  }

  private Segmentation run(
      String id, Path ct, String digest, SegmentationRoute route, CaseListener listener, long start)
      throws IOException {
    NiftiHeader header = reader.header(ct);
    Reorientation axes = Reorientation.toCanonical(header.geometry());
    heap.admit(header.geometry().size(), route.heapBytes(axes.target()));
    listener.accepted(id, route.stages());
    Volume canonical = axes.apply(reader.readCt(ct));
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
            c.warnings().stream().sorted().toList(),
            Versions.all());
    return new Segmentation(report, mask, canonical, seen);
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
}
