package org.islet.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.islet.route.RouteStep.Call;
import org.islet.route.RouteStep.Choice;
import org.islet.route.RouteStep.Log;
import org.islet.route.RouteStep.Loop;
import org.islet.route.RouteStep.Parallel;
import org.islet.route.RouteStep.Series;
import org.islet.route.RouteStep.ToStage;
import org.islet.route.RouteStep.Try;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each step of the vocabulary, in each form in which it may be written. */
class StepsTest {

  private static final String WHEN = "language: {language: slots, expression: touches}";
  private static final String STEPS = "steps: [{to: stage:clip}]";

  /** A file whose route has these steps, the first on line 5. */
  private static RouteFile file(String steps) {
    return RouteFile.parse(
        "r.yaml", "- route:\n    from:\n      uri: direct:test\n      steps:\n" + steps.indent(8));
  }

  private static RouteStep step(String step) {
    RouteFile file = file(step);
    assertEquals(List.of(), file.problems());
    return file.routes().get(0).steps().steps().get(0);
  }

  /** Line and sentence of each problem. */
  private static List<String> problems(String steps) {
    return lines(file(steps));
  }

  private static List<String> lines(RouteFile file) {
    return file.problems().stream().map(p -> p.location().line() + ": " + p.sentence()).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: stage:clip?min=-100&max=240",
        "- to: {uri: 'stage:clip?min=-100&max=240'}",
        "- to: {id: a, description: b, uri: 'stage:clip', parameters: {min: -100, max: '240'}}",
        "- to: {uri: 'stage:clip?min=-100', parameters: {max: 240}}",
        "- to: {uri: 'stage://clip?min=-100', parameters: {max: 240}}",
      })
  void a_stage_is_the_same_in_a_text_and_in_the_forms_of_kaoto(String written) {
    ToStage stage = (ToStage) step(written);
    assertEquals("stage:clip?min=-100&max=240", stage.uri());
    assertEquals("clip", stage.name());
    assertEquals(List.of("min", "max"), List.copyOf(stage.values().keySet()));
  }

  @Test
  void an_option_is_placed_where_it_is_written() {
    ToStage stage =
        (ToStage) step("- to:\n    uri: stage:clip?min=0\n    parameters:\n      max: 1\n");
    assertEquals(new Location("r.yaml", 6), stage.location());
    assertEquals(6, stage.options().get("min").location().line());
    assertEquals(8, stage.options().get("max").location().line());
  }

  @Test
  void blanks_around_the_members_of_a_list_of_slots_do_not_count() {
    ToStage vote =
        (ToStage)
            step("- to: {uri: 'stage:vote', parameters: {inputs: 'a , b,  c', output: mask}}");
    assertEquals("stage:vote?inputs=a,b,c&output=mask", vote.uri());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: direct:other",
        "- to: direct://other",
        "- to: {uri: 'direct:other'}",
        "- to: {uri: direct, parameters: {name: other}}",
      })
  void a_call_is_the_same_in_each_form(String written) {
    assertEquals("other", ((Call) step(written)).route());
  }

  @Test
  void a_route_may_have_its_name_among_the_parameters_as_kaoto_writes_it() {
    RouteFile file =
        RouteFile.parse(
            "r.yaml",
            """
            - route:
                id: route-1
                from:
                  id: from-1
                  uri: direct
                  parameters:
                    name: test
                  steps:
                    - to: stage:clip
            """);
    assertEquals(List.of(), file.problems());
    assertEquals("test", file.routes().get(0).name());
  }

  @Test
  void a_name_given_twice_or_none_is_reported() {
    assertEquals(
        List.of("5: 'direct:' has no parameter 'name' here."),
        problems("- to: {uri: 'direct:a', parameters: {name: b}}"));
    assertEquals(
        List.of(
            "5: '' is not a route's name: up to 100 letters, digits, '.', '_' and '-' were expected"
                + " behind direct:."),
        problems("- to: direct"));
    assertEquals(
        List.of("5: 'direct:' has no parameter 'timeout' here."),
        problems("- to: direct:a?timeout=3"));
    assertEquals(
        List.of("7: 'direct:' has no parameter 'timeout' here."),
        problems("- to: \n    uri: direct:a\n    parameters: {timeout: 3}"));
  }

  @Test
  void a_parameter_given_twice_is_reported_where_it_comes_again() {
    assertEquals(
        List.of("5: the parameter 'min' is given twice; keep one."),
        problems("- to: stage:clip?min=1&min=2"));
    assertEquals(
        List.of("8: the parameter 'min' is given twice; keep one."),
        problems("- to:\n    uri: stage:clip?min=1\n    parameters:\n      min: 2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a;b", "a%20b", "RAW(a)", "ä", "#bean", "a\\b", "a|b", "*"})
  void characters_that_mean_nothing_in_an_address_are_refused(String value) {
    List<String> text = problems("- to: 'stage:clip?min=" + value + "'");
    assertTrue(text.get(0).startsWith("5: the address 'stage:clip?min=" + value), text::toString);
    List<String> parameter =
        problems("- to: {uri: 'stage:clip', parameters: {min: '" + value + "'}}");
    assertTrue(
        parameter.get(0).startsWith("5: the parameter min: '" + value + "' has characters"),
        parameter::toString);
  }

  @ParameterizedTest
  @CsvSource({"stage:clip?min, min", "stage:clip?=3, =3", "stage:clip?, ''", "stage:clip?a=1&, ''"})
  void an_option_without_a_name_or_value_is_refused(String uri, String part) {
    assertEquals(
        List.of(
            "5: '" + part + "' behind the '?' should be name=value, and the next behind a '&'."),
        problems("- to: " + uri));
  }

  @Test
  void a_line_of_the_log_is_one_line_whatever_is_written() {
    assertEquals(
        new Log(new Location("r.yaml", 5), Log.Level.INFO, "one two"),
        step("- log: \"one\\r\\n\\ttwo\""));
    assertEquals(
        new Log(new Location("r.yaml", 5), Log.Level.INFO, "one [31m two three"),
        step("- log: \"one\\x9b[31m\\u2028two\\u202ethree\""));
    assertEquals(
        new Log(new Location("r.yaml", 5), Log.Level.WARN, "beware"),
        step("- log: {message: beware, loggingLevel: warn}"));
    assertEquals(
        new Log(new Location("r.yaml", 5), Log.Level.ERROR, "here"),
        step("- to: log:here?level=ERROR"));
    assertEquals(
        new Log(new Location("r.yaml", 5), Log.Level.DEBUG, "here"),
        step("- to: {uri: 'log:here', parameters: {level: debug}}"));
  }

  @Test
  void what_is_wrong_with_a_line_of_the_log_is_reported() {
    assertEquals(
        List.of(
            "5: 'WARM' is not a level of the log; did you mean 'WARN'? There are: DEBUG, INFO, WARN,"
                + " ERROR."),
        problems("- log: {message: a, loggingLevel: WARM}"));
    assertEquals(List.of("5: 'log' needs the key 'message'."), problems("- log: {id: a}"));
    assertEquals(List.of("5: log: needs a name or a text behind it."), problems("- to: 'log:'"));
    assertEquals(
        List.of("5: 'log:' has no parameter 'showAll' here."),
        problems("- to: log:a?showAll=true"));
  }

  @Test
  void branches_run_at_the_same_time_only_where_that_is_said() {
    Parallel plain = (Parallel) step("- multicast: {" + STEPS + "}");
    assertFalse(plain.concurrent());
    assertEquals(1, plain.branches().size());
    Parallel concurrent =
        (Parallel)
            step(
                "- multicast: {parallelProcessing: true, stopOnException: 'true', steps: [{to: stage:a},"
                    + " {pipeline: {"
                    + STEPS
                    + "}}]}");
    assertTrue(concurrent.concurrent());
    assertEquals(Series.class, concurrent.branches().get(1).getClass());
  }

  @Test
  void what_is_wrong_with_branches_is_reported_once() {
    assertEquals(
        List.of(
            "5: 'stopOnException' cannot be false: a branch that fails fails the case. Leave it out,"
                + " or use doTry."),
        problems("- multicast: {stopOnException: false, " + STEPS + "}"));
    assertEquals(
        List.of("5: 'stopOnException' must be true or false, not 'maybe'."),
        problems("- multicast: {stopOnException: maybe, " + STEPS + "}"));
    assertEquals(
        List.of("5: 'parallelProcessing' must be true or false, not 'yes'."),
        problems("- multicast: {parallelProcessing: yes, " + STEPS + "}"));
    assertEquals(
        List.of("5: 'multicast' needs the key 'steps'."), problems("- multicast: {id: a}"));
    assertEquals(List.of("5: 'pipeline' needs the key 'steps'."), problems("- pipeline: {id: a}"));
    assertEquals(
        List.of("5: 'steps' must be a list, each member behind a '-'."),
        problems("- multicast: {steps: []}"));
  }

  @Test
  void a_choice_and_a_filter_are_read_with_their_conditions() {
    Choice choice =
        (Choice)
            step(
                """
                - choice:
                    when:
                      - %s
                        %s
                      - language: {language: slots, expression: mask is empty}
                        %s
                    otherwise: {%s}
                """
                    .formatted(WHEN, STEPS, STEPS, STEPS));
    assertEquals(
        List.of("touches", "mask is empty"),
        choice.alternatives().stream().map(a -> a.condition().text()).toList());
    assertEquals(
        List.of(7, 9), choice.alternatives().stream().map(a -> a.location().line()).toList());
    assertTrue(choice.otherwise().isPresent());
    Choice filter = (Choice) step("- filter: {" + WHEN + ", " + STEPS + "}");
    assertEquals(1, filter.alternatives().size());
    assertEquals(Optional.empty(), filter.otherwise());
  }

  @Test
  void what_is_wrong_with_a_condition_is_reported_and_the_steps_behind_it_too() {
    assertEquals(
        List.of(
            "5: the language 'simple' is not allowed: conditions are written in 'slots', as in"
                + " 'touches and passes < 3'."),
        problems("- filter: {language: {language: simple, expression: a}, " + STEPS + "}"));
    assertEquals(
        List.of(
            "5: a condition is missing: write language: {language: slots, expression: …} before the"
                + " steps."),
        problems("- filter: {" + STEPS + "}"));
    assertEquals(
        List.of("5: 'choice' needs the key 'when'."),
        problems("- choice: {otherwise: {" + STEPS + "}}"));
    List<String> both = problems("- filter: {language: a, steps: [{to: exec:ls}]}");
    assertTrue(both.get(0).startsWith("5: a segmentation route cannot send to 'exec:'"));
    assertEquals("5: 'language' should be followed by keys and their values.", both.get(1));
    assertEquals(2, both.size());
    assertEquals(
        List.of("5: the condition 'a <' should have a number where it has nothing more."),
        problems("- filter: {language: {language: slots, expression: a <}, " + STEPS + "}"));
  }

  @Test
  void a_loop_has_a_number_of_passes_or_a_condition_that_ends_it() {
    assertEquals(3, ((Loop) step("- loop: {constant: 3, " + STEPS + "}")).passes());
    assertEquals(100, ((Loop) step("- loop: {constant: '100', " + STEPS + "}")).passes());
    Loop whilst =
        (Loop)
            step(
                "- loop: {doWhile: true, language: {language: slots, expression: touches and passes <"
                    + " 4}, "
                    + STEPS
                    + "}");
    assertEquals(4, whilst.passes());
    assertEquals("touches and passes < 4", whilst.condition().orElseThrow().text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "-1", "1.5", "many", "+3", "00", "999999999999"})
  void a_loop_of_another_number_of_passes_is_refused(String passes) {
    assertEquals(
        List.of("5: a loop has 1 to 100 passes, not '" + passes + "'."),
        problems("- loop: {constant: " + passes + ", " + STEPS + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "doWhile: true, ",
        "constant: 3, doWhile: true, ",
        "constant: 3, language: {language: slots, expression: a}, ",
        "language: {language: slots, expression: passes < 3}, ",
      })
  void a_loop_that_is_neither_or_both_is_refused(String keys) {
    assertEquals(
        List.of(
            "5: a loop needs either 'constant' with the number of its passes, or 'doWhile: true' and a"
                + " language: {language: slots, expression: …}."),
        problems("- loop: {" + keys + STEPS + "}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"touches", "passes > 3", "touches or passes < 3", "passes < 101", "passes < 0"})
  void a_loop_that_may_not_end_or_never_begins_is_refused(String condition) {
    assertEquals(
        List.of(
            "5: the loop's condition must end it after 1 to 100 passes whatever the slots hold: add"
                + " 'and passes < 10'."),
        problems(
            "- loop: {doWhile: true, language: {language: slots, expression: "
                + condition
                + "}, "
                + STEPS
                + "}"));
  }

  @Test
  void a_do_try_has_steps_and_a_rescue() {
    for (String failure : Vocabulary.FAILURES) {
      Try attempt =
          (Try)
              step(
                  "- doTry: {%s, doCatch: [{exception: [%s], %s}]}"
                      .formatted(STEPS, failure, STEPS));
      assertEquals(1, attempt.steps().steps().size());
      assertEquals(1, attempt.rescue().steps().size());
    }
  }

  @Test
  void what_is_wrong_with_a_do_try_is_reported() {
    assertEquals(
        List.of("5: 'doTry' needs the key 'doCatch'."), problems("- doTry: {" + STEPS + "}"));
    assertEquals(
        List.of(
            "5: doCatch catches a stage's failure: the exception must be"
                + " org.islet.stage.StageFailedException or java.lang.Exception, not"
                + " 'java.io.IOException'."),
        problems(
            "- doTry: {%s, doCatch: [{exception: [java.io.IOException], %s}]}"
                .formatted(STEPS, STEPS)));
    assertEquals(
        List.of("8: a doTry has one doCatch: whichever stage fails, the same steps run instead."),
        problems(
            """
            - doTry:
                %2$s
                doCatch: [%1$s,
                  %1$s]
            """
                .formatted("{exception: [java.lang.Exception], " + STEPS + "}", STEPS)));
    assertEquals(
        List.of("5: 'doCatch' needs the key 'exception'."),
        problems("- doTry: {%s, doCatch: [{%s}]}".formatted(STEPS, STEPS)));
  }

  @Test
  void a_step_that_is_not_in_the_vocabulary_is_reported_with_the_nearest() {
    assertEquals(
        List.of(
            "5: a segmentation route has no step 'multicats'; did you mean 'multicast'? It has: to,"
                + " log, pipeline, multicast, choice, filter, loop, doTry."),
        problems("- multicats: {" + STEPS + "}"));
    assertEquals(
        List.of("6: 'log' begins a step of its own; put a '-' before it."),
        problems("- to: stage:clip\n  log: a"));
    assertEquals(
        List.of("5: 'to' must have a value, such as a word or a number."), problems("- to:"));
    assertEquals(
        List.of("5: 'a step' should be followed by keys and their values."), problems("- stage"));
  }

  @Test
  void a_key_that_a_step_does_not_have_is_reported_on_its_line() {
    assertEquals(
        List.of(
            "7: 'to' has no key 'pattern' in a segmentation route; did you mean 'parameters'? It"
                + " has: id, description, uri, parameters."),
        problems("- to:\n    uri: stage:clip\n    pattern: InOnly"));
  }

  @Test
  void a_route_that_begins_elsewhere_or_not_at_all_is_reported() {
    assertEquals(
        List.of(
            "3: a route cannot begin with 'file:in' here. A segmentation route begins with direct:NAME;"
                + " one that takes CTs in belongs into the folder 'intake'."),
        lines(
            RouteFile.parse(
                "r.yaml", "- route:\n    from:\n      uri: file:in\n      " + STEPS + "\n")));
    assertEquals(
        List.of("2: 'route' needs the key 'from'."),
        lines(RouteFile.parse("r.yaml", "- route:\n    id: a\n")));
    assertEquals(
        List.of("3: 'from' needs the key 'uri'.", "3: 'from' needs the key 'steps'."),
        lines(RouteFile.parse("r.yaml", "- route:\n    from:\n      id: a\n")));
  }
}
