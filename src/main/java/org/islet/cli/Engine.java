package org.islet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.islet.camel.LiveRoutes;
import org.islet.format.NiftiReader;
import org.islet.job.CaseListener;
import org.islet.job.HeapBudget;
import org.islet.job.Role;
import org.islet.job.RouteModels;
import org.islet.job.Segmenter;
import org.islet.model.InferenceMemory;
import org.islet.model.ModelStore;
import org.islet.model.ProcessorSettings;
import org.islet.route.RouteFile;
import org.islet.stage.StageCatalogue;
import org.islet.web.Monitors;
import org.jboss.logging.Logger;

/** Routes, stages and models, put together and ready for cases. */
public final class Engine implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Engine.class);

  private final CamelContext context;
  private final Settings settings;
  private final StageCatalogue stages;
  private final Monitors monitors;
  private final InferenceMemory memory;
  private final ModelStore models;
  private final NiftiReader reader;
  private final List<LiveRoutes> loaded = new ArrayList<>();
  private LiveRoutes routes;
  private final Segmenter segmenter;
  private Service service;
  private WebService web;
  private volatile boolean ending;
  private boolean closed;

  /**
   * An engine that has loaded nothing yet but the stages.
   *
   * @param context started; the intake routes run in it
   * @param monitors show how the routes and the work stand
   * @throws org.islet.stage.StageJarException if a jar of stages cannot be used
   */
  public Engine(CamelContext context, Settings settings, Monitors monitors) {
    this.monitors = monitors;
    this.context = context;
    this.settings = settings;
    this.stages = StageCatalogue.withJarsOf(settings.stages());
    this.memory = new InferenceMemory(settings.inference().memory().bytes());
    monitors.metrics().showInference(memory::used, memory::total);
    this.models =
        new ModelStore(
            settings.models(),
            memory,
            processor(settings.inference()),
            monitors.metrics()::modelLoaded);
    this.reader = new NiftiReader(settings.input().maxBytes().asLongValue());
    this.segmenter =
        new Segmenter(reader, HeapBudget.ofThisJvm(settings.caseLimits().heapBytesPerVoxel()));
  }

  private static ProcessorSettings processor(Settings.Inference settings) {
    return ProcessorSettings.of(settings.device(), settings.gpuMemory(), settings.tf32());
  }

  private LiveRoutes load(Path folder, UnaryOperator<String> model) {
    return load(folder, file -> true, model);
  }

  private LiveRoutes load(Path folder, Predicate<RouteFile> wanted, UnaryOperator<String> model) {
    models.requireProcessor();
    return load(folder, wanted, new StoredModels(models, model));
  }

  private LiveRoutes load(Path folder, Predicate<RouteFile> wanted, RouteModels.Source source) {
    LiveRoutes made = new LiveRoutes(folder, wanted, stages, source);
    loaded.add(made);
    return made;
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

  /**
   * The segmentation routes, loaded when they are first asked for.
   *
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   */
  public synchronized LiveRoutes routes() {
    if (routes == null) {
      routes = load(settings.routes(), model -> model);
      monitors.routes().show(routes::status);
    }
    return routes;
  }

  /**
   * Loads the segmentation routes once more, with other models; they are let go with the engine.
   *
   * @param model which model stands for one that a route names
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   */
  public LiveRoutes routes(UnaryOperator<String> model) {
    return load(settings.routes(), model);
  }

  /**
   * Loads the segmentation routes of some files of a folder; they are let go with the engine.
   *
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   */
  public LiveRoutes routes(Path folder, Predicate<RouteFile> wanted) {
    return load(folder, wanted, model -> model);
  }

  /** Which part of the work a service does here. */
  public Role role() {
    return Role.of(settings.role()).orElseThrow();
  }

  /** The segmentation routes as a role needs them: one that runs no case loads no network. */
  private synchronized LiveRoutes routesOf(Role role) {
    if (!role.works()) {
      routes = load(settings.routes(), file -> true, new CardedModels(settings.models(), memory));
      monitors.routes().show(routes::status);
    }
    return routes();
  }

  /**
   * Starts this process's part of the work, and takes changes of routes and models over from now
   * on. Where the engine is closed meanwhile, the start is given up as soon as it can be.
   *
   * @param home the folder below which all that is made lies
   * @return false if it was given up; nothing was taken in then
   * @throws org.islet.camel.RouteProblemsException if anything is wrong with a route
   * @throws org.islet.store.StoreException if the record of cases cannot be opened
   */
  public synchronized boolean serve(Path home, CaseListener listener) throws IOException {
    try {
      Role role = role();
      if (role == Role.WEB) {
        web = new WebService(settings, monitors);
        return true;
      }
      service =
          new Service(
              role,
              context,
              settings,
              home,
              segmenter,
              () -> routesOf(role),
              listener,
              monitors,
              () -> ending);
    } catch (CancellationException e) {
      return false;
    }
    if (role().works()) {
      LOG.infof("networks run on %s", models.runsOn());
    }
    routes().watch(settings.reload().interval());
    return true;
  }

  /** Where the broker inside the process is reached, if there is one. */
  public Optional<String> queueAddress() {
    return Optional.ofNullable(service).flatMap(Service::queueAddress);
  }

  /**
   * Ends the work, so that no case is under way, and then closes the models and the stages. What is
   * just being started is waited for, as it could not be ended well in the middle.
   */
  @Override
  public void close() {
    ending = true;
    closeAll();
  }

  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    if (service != null) {
      service.close();
    }
    if (web != null) {
      web.close();
    }
    context.stop();
    loaded.forEach(LiveRoutes::close);
    models.close();
    stages.close();
  }
}
