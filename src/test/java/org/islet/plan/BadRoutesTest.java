package org.islet.plan;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.islet.route.RouteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that a route can hold, and every pair of them, is found on its line. */
class BadRoutesTest {

  static List<Path> bad() {
    return MarkedRoutes.in("bad");
  }

  static List<Path> waysOut() {
    return MarkedRoutes.in("ways-out");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void a_mistake_is_found_on_its_line_and_nothing_else_is(Path file) throws IOException {
    MarkedRoutes.assertFound(file);
  }

  @ParameterizedTest
  @MethodSource("waysOut")
  void a_way_out_of_the_vocabulary_is_refused_on_its_line(Path file) throws IOException {
    MarkedRoutes.assertFound(file);
  }

  static List<Path> found() {
    return MarkedRoutes.in("found");
  }

  /** Mistakes behind, inside of and beside others, as testers have found them. */
  @ParameterizedTest
  @MethodSource("found")
  void a_mistake_is_found_beside_others(Path file) throws IOException {
    MarkedRoutes.assertFound(file);
  }

  @Test
  void there_are_at_least_60_bad_routes_and_30_ways_out() {
    assertTrue(bad().size() >= 60);
    assertTrue(waysOut().size() >= 30);
  }

  /** Says how long it takes; a test that fails on a busy machine would be worth nothing. */
  @Test
  void all_of_them_are_checked_one_by_one() {
    long start = System.nanoTime();
    for (Path file : bad()) {
      assertTrue(!MarkedRoutes.plans(RouteFile.read(file)).problems().isEmpty(), file.toString());
    }
    System.out.printf(
        "%d bad routes checked in %.0f ms%n", bad().size(), (System.nanoTime() - start) / 1e6);
  }
}
