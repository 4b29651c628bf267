package org.islet.camel;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.islet.job.RouteModels;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.plan.RoutePlans;
import org.islet.route.RouteFile;
import org.islet.stage.StageCatalogue;
import org.islet.volume.Geometry;
import org.islet.volume.Size;

/**
 * The segmentation routes in a folder of YAML files. All are checked before any is run. When the
 * files or the models change, the new state is checked, and if nothing is wrong with it, the next
 * case runs on it; else everything stays as it was.
 */
public final class LiveRoutes implements SegmentationRoutes, AutoCloseable {

  private final Path folder;
  private final StageCatalogue stages;
  private final Supplier<RouteModels> models;
  private Generation current;

  /**
   * Checks and starts the routes of a folder.
   *
   * @param models those there are at the moment, opened for one generation of routes
   * @throws RouteProblemsException if anything is wrong with any route
   */
  public LiveRoutes(Path folder, StageCatalogue stages, Supplier<RouteModels> models) {
    this.folder = folder;
    this.stages = stages;
    this.models = models;
    this.current = load();
  }

  private Generation load() {
    List<RouteFile> files = RouteFile.readAll(folder);
    RouteModels own = models.get();
    try {
      Geometry ct = Geometry.of(new Size(512, 512, 240), 0.8, 0.8, 1);
      RoutePlans plans = new RoutePlans(files, stages, own, ct);
      if (!plans.problems().isEmpty()) {
        throw new RouteProblemsException(plans.problems());
      }
      return new Generation(files, plans, stages, own);
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  @Override
  public synchronized SegmentationRoute open(String name) {
    return current.open(name);
  }

  @Override
  public synchronized void close() {
    current.release();
  }
}
