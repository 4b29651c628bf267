package org.islet.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.islet.carry.CarryPlace;
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
    CaseUnderWay underWay = begin(caseId, ct, expectedSha256, route, listener);
    for (int part = 0; part < route.pools().size(); part++) {
      run(underWay, route, part);
    }
    return end(underWay, route, listener);
  }

  /**
   * Reads a CT, so that a case can go through its route.
   *
   * @param expectedSha256 as in {@link #segment}
   * @throws CaseFailedException as {@link #segment}
   */
  CaseUnderWay begin(
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
      return read(caseId, ct, digest, route, listener, start);
    } catch (IOException | RuntimeException | Error e) {
      throw CaseFailedException.of(caseId, e);
    }
  }

  private CaseUnderWay read(
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
    CaseReport.Input input =
        CaseReport.Input.of(ct.getFileName().toString(), digest, header.geometry());
    return new CaseUnderWay(c, input, (System.nanoTime() - start) / 1e9, start);
  }

  /**
   * Takes a case up that was handed over.
   *
   * @param place where what it holds is kept
   * @throws CaseFailedException if it cannot be gone on with
   */
  CaseUnderWay takeUp(
      HandedCase handed, CarryPlace place, SegmentationRoute route, CaseListener listener)
      throws CaseFailedException {
    long now = System.nanoTime();
    try {
      Geometry grid = handed.input().geometry();
      heap.admit(grid.size(), route.heapBytes(Reorientation.toCanonical(grid).target()));
      return handed.takenUp(place, run -> listener.stageEnded(handed.caseId(), run), now);
    } catch (IOException | RuntimeException | Error e) {
      throw CaseFailedException.of(handed.caseId(), e);
    }
  }

  /**
   * Takes a case through a part of its route.
   *
   * @throws CaseFailedException if a stage fails
   */
  void run(CaseUnderWay underWay, SegmentationRoute route, int part) throws CaseFailedException {
    try {
      route.run(underWay.c(), part);
    } catch (RuntimeException | Error e) {
      throw CaseFailedException.of(underWay.c().id(), e);
    }
  }

  /**
   * What came of a case that went through all of its route.
   *
   * @throws CaseFailedException if the route's result is none
   */
  Segmentation end(CaseUnderWay underWay, SegmentationRoute route, CaseListener listener)
      throws CaseFailedException {
    Case c = underWay.c();
    try {
      Volume canonical = c.get(Case.CT);
      Mask seen = result(c, canonical.geometry());
      listener.routeEnded(c);
      Mask mask = Reorientation.toCanonical(underWay.input().geometry()).undo(seen);
      return new Segmentation(report(underWay, route, seen), mask, canonical, seen);
    } catch (RuntimeException | Error e) {
      throw CaseFailedException.of(c.id(), e);
    }
  }

  private static CaseReport report(CaseUnderWay underWay, SegmentationRoute route, Mask seen) {
    Case c = underWay.c();
    double total = underWay.seconds();
    return new CaseReport(
        CaseReport.SCHEMA,
        c.id(),
        seen.isEmpty() ? Outcome.EMPTY : Outcome.DONE,
        CaseReport.NOTICE,
        underWay.input(),
        new CaseReport.Route(route.name(), route.digest()),
        c.models().stream().map(route::describe).toList(),
        route.jars(),
        c.runs(),
        new CaseReport.Seconds(underWay.readSeconds(), total - underWay.readSeconds(), total),
        new CaseReport.MaskSize(seen.count(), seen.millilitres()),
        boxes(c),
        c.warnings().stream().sorted().toList(),
        Versions.all());
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
