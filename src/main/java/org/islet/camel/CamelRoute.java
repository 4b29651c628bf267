package org.islet.camel;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.job.CaseReport;
import org.islet.job.SegmentationRoute;
import org.islet.plan.RoutePlan;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Jar;
import org.islet.volume.Geometry;

/** A segmentation route of a generation, which lives at least until the route is closed. */
record CamelRoute(Generation generation, RoutePlan plan, String digest)
    implements SegmentationRoute {

  @Override
  public String name() {
    return plan.name();
  }

  @Override
  public List<Slot<?>> slots() {
    return plan.slots();
  }

  @Override
  public List<String> models() {
    return plan.models();
  }

  @Override
  public List<Jar> jars() {
    return plan.jars();
  }

  @Override
  public CaseReport.Model describe(String model) {
    return generation.describe(model).in(plan.precisions(model));
  }

  @Override
  public int stages() {
    return Math.toIntExact(plan.root().mostRuns());
  }

  @Override
  public long heapBytes(Geometry ct) {
    return plan.costOn(ct).heapBytes();
  }

  @Override
  public List<String> pools() {
    return Stream.concat(Stream.of(START), plan.handOffs().stream().map(h -> h.written().pool()))
        .toList();
  }

  @Override
  public Set<String> handedTo(int part) {
    return plan.handedOn(plan.handOffs().get(part - 1));
  }

  @Override
  public void run(Case c, int part) {
    generation.run(plan, part, c);
  }

  @Override
  public void close() {
    generation.release();
  }
}
