package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.islet.camel.RouteFiles;
import org.islet.camel.StageComponent;
import org.islet.format.NiftiReader;
import org.islet.intake.InboxComponent;
import org.islet.intake.SegmentComponent;
import org.islet.job.CaseListener;
import org.islet.job.HeapBudget;
import org.islet.job.SegmentationRoutes;
import org.islet.job.Segmenter;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.publish.ResultFolder;
import org.islet.stage.Networks;
import org.islet.stage.StageCatalogue;

/** Routes, stages and models, put together and ready for cases. */
public final class Engine implements AutoCloseable {

  private final CamelContext context;
  private final Settings settings;
  private final StageCatalogue stages;
  private final ModelStore models;
  private final NiftiReader reader;
  private final RouteFiles routes;
  private final Segmenter segmenter;
  private final Map<CamelContext, RouteFiles> loaded = new LinkedHashMap<>();

  /**
   * Loads the segmentation routes, and the models that they name.
   *
   * @param context started
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   * @throws org.islet.stage.StageJarException if a jar of stages cannot be used
   */
  public Engine(CamelContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.stages = StageCatalogue.withJarsOf(settings.stages());
    this.models =
        new ModelStore(
            settings.models(), new InferenceMemory(settings.inference().memory().asLongValue()));
    this.routes = load(context, models);
    this.reader = new NiftiReader(settings.input().maxBytes().asLongValue());
    this.segmenter =
        new Segmenter(
            reader, HeapBudget.ofThisJvm(settings.caseLimits().heapBytesPerVoxel()), models);
  }

  private RouteFiles load(CamelContext into, Networks networks) {
    into.addComponent(StageComponent.SCHEME, new StageComponent(stages, networks));
    RouteFiles files = new RouteFiles(into, settings.routes());
    loaded.put(into, files);
    return files;
  }

  public Segmenter segmenter() {
    return segmenter;
  }

  public NiftiReader reader() {
    return reader;
  }

  public ModelStore models() {
    return models;
  }

  public RouteFiles routes() {
    return routes;
  }

  /**
   * Loads the segmentation routes once more, with other models.
   *
   * @param model which model stands for one that a route names
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   */
  public SegmentationRoutes routes(UnaryOperator<String> model) {
    CamelContext other = new DefaultCamelContext();
    other.start();
    return load(other, name -> models.get(model.apply(name)));
  }

  /** What the cards of models that were used warn of, by the model's id. */
  public Map<String, String> warnings(Collection<String> ids) {
    Map<String, String> warnings = new TreeMap<>();
    for (String id : ids) {
      String warning = models.card(id).warning();
      if (warning != null) {
        warnings.put(id, warning);
      }
    }
    return warnings;
  }

  /**
   * Starts the intake routes; what they take in ends below a folder.
   *
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   */
  public void startIntake(Path home, CaseListener listener) {
    context.addComponent(InboxComponent.SCHEME, new InboxComponent(home));
    context.addComponent(
        SegmentComponent.SCHEME,
        new SegmentComponent(
            segmenter, routes, new ResultFolder(home.resolve("results")), listener));
    routes.startIntake();
  }

  /** Ends the routes, so that no case is under way, and then closes the models and the stages. */
  @Override
  public void close() throws IOException {
    loaded.keySet().forEach(CamelContext::stop);
    for (RouteFiles files : loaded.values()) {
      files.close();
    }
    models.close();
    stages.close();
  }
}
