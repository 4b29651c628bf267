package org.islet.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.islet.format.Sha256;
import org.islet.job.SegmentationRoute;
import org.islet.job.SegmentationRoutes;
import org.islet.plan.Location;
import org.islet.plan.Problem;
import org.islet.stage.Nearest;

/**
 * The routes in a folder of Camel YAML files. All are checked before any is started. A segmentation
 * route begins with {@code direct:} and is called by that name; the routes that take cases in begin
 * with something else.
 */
public final class RouteFiles implements SegmentationRoutes, AutoCloseable {

  private static final String DIRECT = "direct://";

  private final CamelContext context;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, RouteDefinition> byInput = new LinkedHashMap<>();
  private final Map<String, SegmentationRoute> segmentation = new TreeMap<>();
  private final List<RouteBuilder> intake = new ArrayList<>();
  private final FluentProducerTemplate template;

  /**
   * Checks and starts the segmentation routes of a folder.
   *
   * @param context started, with the {@code stage:} component
   * @throws RouteProblemsException if anything is wrong with any of them
   */
  public RouteFiles(CamelContext context, Path folder) {
    this.context = context;
    this.template = context.createFluentProducerTemplate();
    context.setSourceLocationEnabled(true);
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    List<RouteBuilder> builders = new ArrayList<>();
    for (Path file : files(folder)) {
      parse(file).forEach(builder -> sort(builder, builders));
    }
    plan(builders);
    stopAtProblems();
    builders.forEach(this::start);
  }

  /**
   * Checks and starts the routes that take cases in.
   *
   * @throws RouteProblemsException if anything is wrong with any of them
   */
  public void startIntake() {
    for (RouteBuilder builder : intake) {
      for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
        new RouteGraph(context, route, byInput, problems);
      }
    }
    stopAtProblems();
    intake.forEach(this::start);
  }

  @Override
  public SegmentationRoute get(String name) {
    SegmentationRoute route = segmentation.get(name);
    if (route == null) {
      throw new IllegalArgumentException(
          "There is no route '%s'%s There are: %s."
              .formatted(
                  name,
                  Nearest.hint(name, segmentation.keySet()),
                  String.join(", ", segmentation.keySet())));
    }
    return route;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("[^.].*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException("The folder of routes " + folder + " cannot be read.", e);
    }
  }

  private List<RouteBuilder> parse(Path file) {
    List<RouteBuilder> builders = new ArrayList<>();
    try {
      var resource = ResourceHelper.resolveMandatoryResource(context, "file:" + file);
      for (RoutesBuilder found :
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource)) {
        RouteBuilder builder = (RouteBuilder) found;
        builder.configureRoutes(context);
        builders.add(builder);
      }
    } catch (Exception e) {
      problems.add(new Problem(new Location(file.toString(), 0), RouteGraph.sentence(e)));
    }
    return builders;
  }

  private void sort(RouteBuilder builder, List<RouteBuilder> segmentationBuilders) {
    boolean allDirect = true;
    for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
      String input = route.getInput().getEndpointUri();
      String address = input.replaceFirst("^direct:(//)?", DIRECT);
      boolean direct = address.startsWith(DIRECT);
      allDirect &= direct;
      if (direct && byInput.putIfAbsent(address, route) != null) {
        problems.add(
            new Problem(
                RouteGraph.location(route.getInput()),
                "a second route begins with %s; give it another name.".formatted(input)));
      }
    }
    (allDirect ? segmentationBuilders : intake).add(builder);
  }

  private void plan(List<RouteBuilder> builders) {
    Map<RouteDefinition, RouteGraph> graphs = new LinkedHashMap<>();
    Set<RouteDefinition> calledByOthers = new HashSet<>();
    for (RouteBuilder builder : builders) {
      for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
        List<Problem> own = new ArrayList<>();
        RouteGraph graph = new RouteGraph(context, route, byInput, own);
        own.stream().filter(p -> !problems.contains(p)).forEach(problems::add);
        graphs.put(route, graph);
        graph.called().stream().filter(r -> r != route).forEach(calledByOthers::add);
      }
    }
    stopAtProblems();
    graphs.forEach(
        (route, graph) -> {
          if (!calledByOthers.contains(route)) {
            problems.addAll(graph.plan().problems());
            CamelRoute entry =
                new CamelRoute(template, route, digest(graph.called()), graph.plan());
            segmentation.put(entry.name(), entry);
          }
        });
  }

  private void stopAtProblems() {
    if (!problems.isEmpty()) {
      throw new RouteProblemsException(problems);
    }
  }

  private void start(RouteBuilder builder) {
    try {
      context.addRoutes(builder);
    } catch (Exception e) {
      Location place =
          RouteGraph.location(builder.getRouteCollection().getRoutes().get(0).getInput());
      throw new RouteProblemsException(List.of(new Problem(place, RouteGraph.sentence(e))));
    }
  }

  private static String digest(Set<RouteDefinition> routes) {
    Sha256 digest = new Sha256();
    List<Path> files =
        routes.stream()
            .map(r -> Path.of(RouteGraph.location(r.getInput()).file()))
            .distinct()
            .sorted()
            .toList();
    try {
      for (Path file : files) {
        digest.add(file.getFileName().toString()).add(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A route's file cannot be read.", e);
    }
    return digest.toHex();
  }

  @Override
  public void close() throws IOException {
    template.close();
  }
}
