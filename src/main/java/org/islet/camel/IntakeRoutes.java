package org.islet.camel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.islet.job.FailureText;
import org.islet.route.Location;
import org.islet.route.Problem;
import org.islet.route.RouteFile;
import org.islet.stage.Nearest;

/**
 * The routes in a folder of Camel YAML that take CTs in. They belong to whoever deploys Islet and
 * may use all of Camel that is there.
 */
public final class IntakeRoutes {

  private final CamelContext context;
  private final Predicate<String> wanted;
  private final List<RouteBuilder> builders = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Reads the routes.
   *
   * @param folder which need not be there
   * @param wanted whether to start the routes that begin with an address
   */
  public IntakeRoutes(CamelContext context, Path folder, Predicate<String> wanted) {
    this.context = context;
    this.wanted = wanted;
    context.setSourceLocationEnabled(true);
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    if (Files.isDirectory(folder)) {
      RouteFile.in(folder).forEach(this::read);
    }
  }

  /**
   * The addresses that the routes in a folder begin with; of a file that cannot be read as routes
   * nothing, since whoever starts them tells.
   */
  public static List<String> origins(CamelContext context, Path folder) {
    List<String> origins = new ArrayList<>();
    new IntakeRoutes(
        context,
        folder,
        origin -> {
          origins.add(resolved(context, origin));
          return false;
        });
    return origins;
  }

  /** With the values of settings in the place of their names; what has none stays as it is. */
  private static String resolved(CamelContext context, String origin) {
    try {
      return context.resolvePropertyPlaceholders(origin);
    } catch (IllegalArgumentException e) {
      return origin;
    }
  }

  /**
   * What is told of the routes without starting them.
   *
   * @param begins where they take CTs from, without options
   * @param problems what is wrong with how they are written
   */
  public record Look(List<String> begins, List<Problem> problems) {}

  /**
   * Reads routes without starting them; what they name need not be there.
   *
   * @param folder which need not be there
   */
  public static Look look(Path folder) {
    try (DefaultCamelContext nothing = new DefaultCamelContext()) {
      IntakeRoutes routes = new IntakeRoutes(nothing, folder, from -> true);
      List<String> begins =
          routes.builders.stream()
              .flatMap(builder -> builder.getRouteCollection().getRoutes().stream())
              .map(route -> route.getInput().getEndpointUri().replaceFirst("\\?.*", ""))
              .toList();
      return new Look(begins, List.copyOf(routes.problems));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path file) {
    try {
      var resource = ResourceHelper.resolveMandatoryResource(context, "file:" + file);
      Collection<RoutesBuilder> found =
          PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource);
      for (RoutesBuilder each : found) {
        RouteBuilder builder = (RouteBuilder) each;
        builder.configureRoutes(context);
        builder
            .getRouteCollection()
            .getRoutes()
            .removeIf(route -> !wanted.test(route.getInput().getEndpointUri()));
        if (!builder.getRouteCollection().getRoutes().isEmpty()) {
          builders.add(builder);
        }
      }
    } catch (Exception e) {
      problems.add(new Problem(new Location(file.toString(), 0), FailureText.ofCause(e)));
    }
  }

  /**
   * Checks that whatever the routes begin with and send to is there, and starts them.
   *
   * @throws RouteProblemsException if anything is wrong with any of them; then none is started,
   *     unless it shows only when one starts
   */
  public void start() {
    for (RouteBuilder builder : builders) {
      for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
        check(route.getInput().getEndpointUri(), route.getInput());
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)
            .forEach(send -> check(send.getEndpointUri(), send));
      }
    }
    if (!problems.isEmpty()) {
      throw new RouteProblemsException(problems);
    }
    builders.forEach(this::start);
  }

  private void start(RouteBuilder builder) {
    try {
      context.addRoutes(builder);
    } catch (Exception e) {
      Location place = location(builder.getRouteCollection().getRoutes().get(0).getInput());
      throw new RouteProblemsException(List.of(new Problem(place, FailureText.ofCause(e))));
    }
  }

  private void check(String uri, LineNumberAware place) {
    try {
      context.getEndpoint(uri);
    } catch (NoSuchEndpointException e) {
      problems.add(new Problem(location(place), unknownComponent(e.getUri())));
    } catch (ResolveEndpointFailedException e) {
      problems.add(new Problem(location(place), FailureText.ofCause(e)));
    }
  }

  private String unknownComponent(String uri) {
    String scheme = uri.replaceFirst(":.*", "");
    return "there is no component '%s'%s"
        .formatted(
            scheme,
            Nearest.among(
                scheme, "There are", context.getComponentNames().stream().sorted().toList()));
  }

  private static Location location(LineNumberAware place) {
    String file = place.getLocation() == null ? "?" : place.getLocation();
    return new Location(file.replaceFirst("^file:", ""), Math.max(0, place.getLineNumber()));
  }
}
