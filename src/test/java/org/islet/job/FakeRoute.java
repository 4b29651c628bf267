package org.islet.job;

import java.util.List;
import java.util.function.Consumer;
import org.islet.stage.Case;
import org.islet.stage.Slot;
import org.islet.stage.StageDescription.Jar;
import org.islet.volume.Geometry;

/** A route without Camel. */
public record FakeRoute(String name, List<Slot<?>> slots, List<String> models, Consumer<Case> work)
    implements SegmentationRoute {

  @Override
  public String digest() {
    return "digest";
  }

  @Override
  public CaseReport.Model describe(String model) {
    return CaseReport.Model.of(model, "digest of " + model, null);
  }

  @Override
  public List<Jar> jars() {
    return List.of();
  }

  @Override
  public void close() {}

  @Override
  public int stages() {
    return 1;
  }

  @Override
  public long heapBytes(Geometry ct) {
    return 0;
  }

  @Override
  public void run(Case c, int part) {
    work.accept(c);
  }
}
