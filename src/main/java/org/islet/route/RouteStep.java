package org.islet.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A step of a route as it is written. */
public sealed interface RouteStep {

  /** Where the step begins. */
  Location location();

  /**
   * {@code to: stage:NAME?…}: a stage works on the case.
   *
   * @param options by name, in the order in which they are written
   */
  record ToStage(Location location, String name, Map<String, Option> options) implements RouteStep {

    /** By where it is written, which tells nearly all apart: the hash of options takes long. */
    @Override
    public int hashCode() {
      return location.hashCode();
    }

    /** The options' values, by name. */
    public Map<String, String> values() {
      Map<String, String> values = new LinkedHashMap<>();
      options.values().forEach(option -> values.put(option.name(), option.value()));
      return values;
    }

    /** The endpoint's address, {@code stage:clip?min=-100&max=240}. */
    public String uri() {
      String query =
          options.values().stream()
              .map(option -> option.name() + "=" + option.value())
              .collect(Collectors.joining("&"));
      return "stage:" + name + (query.isEmpty() ? "" : "?" + query);
    }
  }

  /** {@code to: direct:NAME}: another route works on the case. */
  record Call(Location location, String route) implements RouteStep {}

  /**
   * {@code to: handoff:NAME}: from here on the workers of a pool go on with the case.
   *
   * @param pool the pool's name
   */
  record HandOff(Location location, String pool) implements RouteStep {}

  /**
   * A step that cannot be read; the route that it is in is refused.
   *
   * @param text what is known of it, which may name slots
   */
  record Unreadable(Location location, String text) implements RouteStep {}

  /** {@code log}: a line in the log. */
  record Log(Location location, Level level, String text) implements RouteStep {

    /** How much the line matters. */
    public enum Level {
      DEBUG,
      INFO,
      WARN,
      ERROR
    }
  }

  /** {@code pipeline}, or the steps inside another step: one after the other. */
  record Series(Location location, List<RouteStep> steps) implements RouteStep {}

  /**
   * {@code multicast}: branches that do not depend on each other.
   *
   * @param concurrent whether they run at the same time
   */
  record Parallel(Location location, boolean concurrent, List<RouteStep> branches)
      implements RouteStep {}

  /**
   * {@code choice} or {@code filter}: the first alternative whose condition holds runs; else the
   * last resort, if there is one.
   */
  record Choice(Location location, List<When> alternatives, Optional<Series> otherwise)
      implements RouteStep {}

  /**
   * An alternative of a choice.
   *
   * @param asked where its condition is written
   */
  record When(Location location, Condition condition, Location asked, Series steps) {}

  /**
   * {@code loop}: steps that run again and again.
   *
   * @param passes the most that there are
   * @param condition what must hold for another pass; without it there are always as many as
   *     allowed
   * @param asked where that is written
   */
  record Loop(
      Location location, int passes, Optional<Condition> condition, Location asked, Series steps)
      implements RouteStep {

    /** The most passes that a loop may have. */
    public static final int MOST_PASSES = 100;
  }

  /** {@code doTry}: steps, and what runs instead where a stage among them fails. */
  record Try(Location location, Series steps, Series rescue) implements RouteStep {}
}
