package org.islet.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.islet.picture.DrawnShapes;
import org.islet.picture.Svg;
import org.islet.plan.MarkedRoutes;
import org.islet.plan.RandomRoute;
import org.islet.plan.RoutePlan;
import org.islet.route.RouteFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePictureTest {

  private static final Path BUNDLED = Path.of("routes/pancreas-two-stage.yaml");

  private static DrawnShapes drawn(RoutePlan plan) {
    return new DrawnShapes(RoutePicture.svg(plan));
  }

  @Test
  void the_bundled_route_reads_from_the_ct_to_the_mask() {
    DrawnShapes drawn = drawn(Pictures.plan(RouteFile.read(BUNDLED)));
    drawn.assertNothingOverlaps();
    List<String> words = drawn.words();
    assertEquals("pancreas-two-stage", words.get(0));
    assertEquals(
        List.of("Volume", "Mask", "Box", "read", "written", "ct", "the CT"), words.subList(1, 8));
    assertEquals(List.of("clip", "min=-100 · max=240", "ct", "clipped"), words.subList(8, 12));
    assertEquals(
        List.of("upsample", "factor=4", "coarse", "ct", "coarse-full"), words.subList(20, 25));
    assertEquals("fine-from-small-box", words.get(25));
    int end = words.size();
    assertEquals(
        List.of("vote", "fine-1", "fine-2", "coarse-full", "voted"),
        words.subList(end - 10, end - 5));
    assertEquals(
        List.of("largest-component", "voted", "mask", "mask", "the result"),
        words.subList(end - 5, end));
  }

  @Test
  void conditions_loops_and_other_ways_are_written_on_them() {
    DrawnShapes drawn = drawn(Pictures.plan("choice-in-loop-in-multicast"));
    drawn.assertNothingOverlaps();
    assertTrue(
        drawn
            .words()
            .containsAll(
                List.of(
                    "loop while agreement < 0.98 and passes < 4",
                    "if touches and (passes < 2 or fine-crop",
                    "is not empty)",
                    "else if fine-crop is empty",
                    "if found is empty",
                    "loop, 3 passes",
                    "outline",
                    "given a new value",
                    "Double",
                    "Boolean")),
        drawn.words().toString());
    assertEquals(2, Collections.frequency(drawn.words(), "otherwise"));
  }

  @Test
  void a_doTry_has_its_rescue_beside_it() {
    DrawnShapes drawn = drawn(Pictures.plan("rescue"));
    drawn.assertNothingOverlaps();
    assertEquals(3, Collections.frequency(drawn.words(), "doTry"));
    assertEquals(3, Collections.frequency(drawn.words(), "if a stage fails"));
  }

  @Test
  void long_names_are_shortened_and_whole_where_a_viewer_shows_titles() {
    String svg = RoutePicture.svg(Pictures.plan("long-names"));
    DrawnShapes drawn = new DrawnShapes(svg);
    drawn.assertNothingOverlaps();
    assertTrue(drawn.width() < 900, "" + drawn.width());
    String condition = "overlap-of-the-two-masks = 1 or not (three is absent or three is empty)";
    assertFalse(drawn.words().toString().contains(condition));
    assertTrue(svg.contains(Svg.escaped(condition) + "</title>"), svg);
  }

  @Test
  void forty_steps_stand_below_each_other() {
    DrawnShapes drawn = drawn(Pictures.plan(chain(40)));
    drawn.assertNothingOverlaps();
    assertEquals(39, Collections.frequency(drawn.words(), "smooth"));
    assertTrue(drawn.width() < 500, "" + drawn.width());
    assertTrue(drawn.height() < 4000, "" + drawn.height());
  }

  @Test
  void of_a_route_that_is_too_long_the_rest_is_counted() {
    DrawnShapes drawn = drawn(Pictures.plan(chain(1500)));
    int stages = Collections.frequency(drawn.words(), "smooth") + 1;
    assertTrue(stages < 600, "" + stages);
    assertTrue(drawn.words().contains((1500 - stages) + " more stages"));
    assertTrue(drawn.words().contains("the result"));
  }

  /** A route of as many steps. */
  private static RouteFile chain(int steps) {
    StringBuilder text = new StringBuilder("- route:\n    from:\n      uri: direct:chain\n");
    text.append("      steps:\n        - to: stage:threshold?output=m1\n");
    for (int i = 1; i < steps; i++) {
      String output = i == steps - 1 ? "mask" : "m" + (i + 1);
      text.append("        - to: stage:smooth?sigma=1&input=m%d&output=%s\n".formatted(i, output));
    }
    return RouteFile.parse("chain.yaml", text.toString());
  }

  @Test
  void the_deepest_calls_of_the_deepest_steps_are_drawn_as_far_as_they_fit() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      String call = "{pipeline: {steps: [".repeat(18) + "{to: 'direct:r%d'}" + "]}}".repeat(18);
      text.append(flow(i, call.formatted(i + 1)));
    }
    text.append(flow(30, "{to: 'stage:threshold?output=mask'}"));
    DrawnShapes drawn = drawn(Pictures.plan(RouteFile.parse("deep.yaml", text.toString())));
    drawn.assertNothingOverlaps();
    assertTrue(drawn.words().containsAll(List.of("r1", "r26", "1 more stage")));
  }

  /** A route of one step. */
  private static String flow(int number, String step) {
    return "- route: {from: {uri: 'direct:r%d', steps: [%s]}}\n".formatted(number, step);
  }

  static Stream<Path> bad() {
    return MarkedRoutes.in("bad").stream();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void a_route_with_mistakes_is_drawn_as_far_as_it_is_understood(Path file) {
    MarkedRoutes.plans(RouteFile.read(file))
        .entries()
        .values()
        .forEach(plan -> drawn(plan).assertNothingOverlaps());
  }

  @Property(tries = 200)
  void nothing_overlaps_whatever_the_route(
      @ForAll long seed, @ForAll @IntRange(max = 40) int steps) {
    drawn(RandomRoute.plan(seed, steps)).assertNothingOverlaps();
  }

  @Property(tries = 100)
  void every_stage_is_drawn_or_counted(
      @ForAll long seed,
      @ForAll @IntRange(max = 40) int steps,
      @ForAll @IntRange(min = 1, max = 60) int most) {
    RoutePlan plan = RandomRoute.plan(seed, steps);
    Svg svg = new Svg(100_000, 100_000);
    new RouteBlocks(most).of(plan.root()).draw(svg, 0, 0);
    Matcher card = Pattern.compile("<title>line ").matcher(svg.toString());
    Matcher rest = Pattern.compile("<title>(\\d+) more stages?<").matcher(svg.toString());
    long drawn = card.results().count();
    long counted = rest.results().mapToLong(r -> Long.parseLong(r.group(1))).sum();
    assertTrue(drawn <= most);
    assertEquals(plan.order().size(), drawn + counted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-SA-u-nu-arab", "de-DE", "tr-TR"})
  void a_picture_is_the_same_in_every_country(String tag) {
    RoutePlan plan = Pictures.plan("choice-in-loop-in-multicast");
    String here = RoutePicture.svg(plan);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(tag));
      assertEquals(here, RoutePicture.svg(Pictures.plan("choice-in-loop-in-multicast")));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void the_picture_in_the_docs_is_that_of_the_bundled_route() throws IOException {
    assertEquals(
        Files.readString(Path.of("docs/images/pancreas-two-stage.svg")),
        RoutePicture.svg(Pictures.plan(RouteFile.read(BUNDLED))));
  }

  @Test
  void a_picture_needs_nothing_but_itself() {
    String svg = RoutePicture.svg(Pictures.plan("rescue"));
    List<String> foreign = new ArrayList<>();
    Pattern.compile(
            "(?i)<script|<style|<image|href|url\\(|@import|https?://(?!www.w3.org/2000/svg\")")
        .matcher(svg)
        .results()
        .forEach(r -> foreign.add(r.group()));
    assertEquals(List.of(), foreign);
    assertTrue(svg.contains("fill=\"white\""));
  }
}
