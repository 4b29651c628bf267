package org.islet.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.islet.plan.RoutePlan;
import org.islet.plan.RoutePlans;
import org.islet.route.Location;
import org.islet.route.Problem;

/**
 * The routes that somebody asks for by name or by file, and what is wrong with the files that they
 * are written in.
 */
final class AskedRoutes {

  /**
   * A route.
   *
   * @param folder in which it and those that it may call are written
   */
  record Asked(Path folder, RoutePlan plan) {}

  private final Path folder;
  private final Function<Path, RoutePlans> plansOf;
  private final Map<Path, RoutePlans> planned = new HashMap<>();
  private final Set<Asked> routes = new LinkedHashSet<>();
  private final Set<String> files = new HashSet<>();
  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * @param asked names of routes and files of routes; nothing for all routes of the folder
   * @param folder where routes that are asked for by name are
   * @param plansOf plans the routes of a folder
   * @throws IllegalArgumentException if there is no such route or file
   */
  AskedRoutes(Collection<String> asked, Path folder, Function<Path, RoutePlans> plansOf) {
    this.folder = folder;
    this.plansOf = plansOf;
    asked.forEach(this::add);
    if (asked.isEmpty()) {
      addAll();
    }
  }

  private void addAll() {
    RoutePlans all = plans(folder);
    add(folder, all, all.entries().values(), Set.of());
    problems.addAll(all.problems());
    if (routes.isEmpty() && problems.isEmpty()) {
      problems.add(
          new Problem(
              new Location(folder.toString(), 0),
              "there is no segmentation route in this folder; files such as mine.yaml were expected."));
    }
  }

  /** The routes, in the order in which they were asked for. */
  List<Asked> routes() {
    return List.copyOf(routes);
  }

  /** What is wrong with them. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The files that they are written in, and those of the routes that they call. */
  Set<String> files() {
    return Set.copyOf(files);
  }

  private RoutePlans plans(Path of) {
    return planned.computeIfAbsent(of, plansOf);
  }

  private void add(String asked) {
    if (asked.matches(".*\\.ya?ml")) {
      addFile(Path.of(asked));
    } else {
      addNamed(asked);
    }
  }

  private void addNamed(String name) {
    RoutePlans all = plans(folder);
    if (all.entries().containsKey(name) || all.problems().isEmpty()) {
      add(folder, all, List.of(all.get(name)), Set.of());
    } else { // one of the problems may be why the route is not there
      problems.add(new Problem(new Location(folder.toString(), 0), all.missing(name)));
      problems.addAll(all.problems());
    }
  }

  private void addFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("There is no file " + file + ".");
    } else if (file.getFileName().toString().startsWith(".")) {
      throw new IllegalArgumentException(
          file + " is not a file of routes, since its name begins with a dot.");
    }
    Path parent = file.getParent() == null ? Path.of("") : file.getParent();
    RoutePlans all = plans(parent);
    String name = parent.resolve(file.getFileName()).toString();
    List<RoutePlan> inFile =
        all.entries().values().stream().filter(plan -> all.filesOf(plan).contains(name)).toList();
    add(parent, all, inFile, Set.of(name));
  }

  private void add(Path parent, RoutePlans all, Collection<RoutePlan> plans, Set<String> asked) {
    Set<String> written = new HashSet<>(asked);
    plans.forEach(plan -> written.addAll(all.filesOf(plan)));
    files.addAll(written);
    plans.forEach(plan -> routes.add(new Asked(parent, plan)));
    all.problems().stream()
        .filter(problem -> written.contains(problem.location().file()))
        .forEach(problems::add);
  }
}
