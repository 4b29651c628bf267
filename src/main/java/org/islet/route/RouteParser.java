package org.islet.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a file of segmentation routes and reports all that is not in their {@link Vocabulary}. */
final class RouteParser {

  private static final String SEGMENTATION =
      "A segmentation route begins with direct:NAME; one that takes CTs in belongs into the folder 'intake'.";

  private final SourceText source;
  private final Endpoints endpoints;
  private final StepParser steps;
  private final List<Route> routes = new ArrayList<>();

  RouteParser(String file) {
    this.source = new SourceText(file, new ArrayList<>(), new HashSet<>());
    this.endpoints = new Endpoints(source);
    this.steps = new StepParser(source, endpoints);
  }

  RouteFile parse(String text) {
    Optional<Node> tree = StrictYaml.compose(text, source::refuse);
    if (tree.isEmpty() && source.problems().isEmpty()) {
      source.report(source.at(1), "the file is empty; it should hold a list of routes.");
    }
    tree.ifPresent(this::file);
    return new RouteFile(source.file(), text, List.copyOf(routes), List.copyOf(source.problems()));
  }

  private void file(Node node) {
    if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
      source.report(source.locationOf(node), "the file should hold a list: '- route:' and so on.");
      return;
    }
    for (Node member : list.getValue()) {
      Fields fields = new Fields(source, "the list", member).only(List.of(Vocabulary.ROUTE.word()));
      fields.get(Vocabulary.ROUTE.word()).ifPresent(this::route);
    }
  }

  private void route(Fields.Field field) {
    Fields route = Fields.of(source, Vocabulary.ROUTE, field.value());
    route.get(Vocabulary.FROM.word()).ifPresent(this::from);
  }

  private void from(Fields.Field field) {
    Fields from = Fields.of(source, Vocabulary.FROM, field.value());
    Optional<String> name = from.get("uri").flatMap(uri -> name(from, uri));
    RouteStep.Series series = steps.series(from);
    name.ifPresent(n -> routes.add(new Route(n, from.get("uri").orElseThrow().location(), series)));
  }

  private Optional<String> name(Fields from, Fields.Field uri) {
    Optional<String> text = source.text("uri", uri);
    Optional<Address> address = text.flatMap(t -> endpoints.address(uri.location(), t));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    if (!address.get().scheme().equals("direct")) {
      source.report(
          uri.location(),
          "a route cannot begin with '%s' here. %s".formatted(text.get(), SEGMENTATION));
      return Optional.empty();
    }
    return endpoints.routeName(uri.location(), address.get(), from);
  }
}
