package org.islet.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.islet.stage.Case;
import org.islet.stage.Param;
import org.islet.stage.Purpose;
import org.islet.stage.Stage;
import org.islet.stage.StageCatalogue;
import org.islet.stage.Stages;
import org.islet.volume.Spacing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema, asked by a validator of others (networknt). */
class RouteSchemaTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final JsonSchemaFactory DRAFT_07 =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

  private static JsonSchema schema(StageCatalogue stages) {
    return DRAFT_07.getSchema(RouteSchema.of(stages));
  }

  private static Set<ValidationMessage> mistakes(String yaml) throws IOException {
    return schema(Stages.ALL).validate(YAML.readTree(yaml));
  }

  /** Steps as the steps of a route. */
  private static String route(String steps) {
    return "- route:\n    id: a\n    from:\n      uri: direct:a\n      steps:\n" + steps.indent(8);
  }

  @Test
  void the_schema_beside_the_routes_is_what_the_stages_declare() throws IOException {
    assertEquals(
        RouteSchema.of(Stages.ALL),
        Files.readString(Path.of("routes/routes.schema.json")),
        "The stages declare something else than routes/routes.schema.json says. Run:"
            + " ./islet stages --json-schema > routes/routes.schema.json");
  }

  @Test
  void the_schema_is_itself_one_of_draft_07() throws IOException {
    JsonNode schema = new ObjectMapper().readTree(RouteSchema.of(Stages.ALL));
    URI draft = URI.create("http://json-schema.org/draft-07/schema");
    assertEquals(draft + "#", schema.get("$schema").asText());
    assertEquals(
        Set.of(),
        DRAFT_07
            .getSchema(com.networknt.schema.SchemaLocation.of(draft.toString()))
            .validate(schema));
  }

  @Test
  void the_bundled_segmentation_route_is_right_and_names_the_schema() throws IOException {
    String bundled = Files.readString(Path.of("routes/pancreas-two-stage.yaml"));
    assertEquals(Set.of(), mistakes(bundled));
    assertTrue(bundled.startsWith("# yaml-language-server: $schema=routes.schema.json\n"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void a_recipe_is_right_and_names_the_schema(Path recipe) throws IOException {
    String text = Files.readString(recipe);
    assertEquals(Set.of(), mistakes(text));
    assertTrue(text.startsWith("# yaml-language-server: $schema=../routes.schema.json\n"));
  }

  static List<Path> recipes() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes/examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void every_stages_example_is_right() throws IOException {
    for (String name : Stages.ALL.names()) {
      String step = new StageExample(Stages.ALL.describe(name)).step();
      assertEquals(Set.of(), mistakes(route(step)), step);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: stage:clip",
        "- to: direct:another-route",
        "- to: direct:2.a_b-c",
        "- to: log:a.logger?level=DEBUG",
        "- to: {uri: 'stage:clip?min=-200', id: narrow, description: for another phase}",
        "- to: {uri: 'stage:clip', parameters: {min: -200.5, output: other}}",
        "- to: {uri: 'stage:vote', parameters: {inputs: 'a, b,c', output: mask}}",
        "- to: {uri: direct, parameters: {name: another-route}}",
        "- to: {uri: 'log:a.logger', parameters: {level: WARN}}",
        "- log: a line",
        "- log: {message: a line, loggingLevel: WARN, id: a}",
        "- multicast: {parallelProcessing: true, stopOnException: true, steps: [{log: a}]}",
        "- pipeline: {description: a branch, steps: [{to: 'stage:clip'}, {log: a}]}",
        "- filter: {language: {language: slots, expression: mask > 1 ml}, steps: [{log: a}]}",
        "- loop: {constant: 3, steps: [{log: a}]}",
        "- loop: {language: {language: slots, expression: x}, doWhile: true, steps: [{log: a}]}",
        "- loop: {constant: '3', steps: [{log: a}]}",
        "- to: {uri: 'stage:resample-to-size', parameters: {input: ct, output: a, size: 144}}",
        "- to: {uri: 'stage:resample-to-size', parameters: {input: ct, output: a, size: '9, 9,9'}}",
      })
  void a_right_step_is_taken(String step) throws IOException {
    assertEquals(Set.of(), mistakes(route(step)));
  }

  @Test
  void conditions_and_what_runs_after_a_failure_are_taken() throws IOException {
    assertEquals(
        Set.of(),
        mistakes(
            route(
                """
                - choice:
                    id: which
                    when:
                      - language: {language: slots, expression: present(box-1)}
                        steps:
                          - log: there is a box
                    otherwise:
                      steps:
                        - log: there is none
                - doTry:
                    steps:
                      - to: stage:clip
                    doCatch:
                      - exception: [java.lang.Exception]
                        steps:
                          - log: it failed
                """)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- to: stage:clipp",
        "- to: stage:clip?mim=-100",
        "- to: stage:clip?min=",
        "- to: stage:clip&min=3",
        "- to: stage:infer?input=ct&output=mask",
        "- to: direct:-a",
        "- to: direct:a:b",
        "- to: {uri: direct, parameters: {name: a+b}}",
        "- to: file:/etc/passwd",
        "- to: log:a?level=LOUD",
        "- to: log:a?showAll=true",
        "- to: {uri: 'stage:clip', parameters: {mim: -100}}",
        "- to: {uri: 'stage:clip', parameters: {min: low}}",
        "- to: {uri: 'stage:downsample', parameters: {output: small, factor: 65}}",
        "- to: {uri: 'stage:downsample', parameters: {output: small, factor: 0}}",
        "- to: {uri: 'stage:downsample', parameters: {output: small, factor: 1.5}}",
        "- to: {uri: 'stage:downsample', parameters: {output: not a slot}}",
        "- to: {uri: 'stage:infer', parameters: {input: ct, output: mask}}",
        "- to: {uri: 'stage:clip', when: later}",
        "- wiretap: direct:a",
        "- {log: a, to: 'stage:clip'}",
        "- {}",
        "- log: {loggingLevel: INFO}",
        "- log: {message: a, loggingLevel: LOUD}",
        "- multicast: {parallelProcessing: 'yes', steps: []}",
        "- multicast: {timeout: 3, steps: []}",
        "- pipeline: []",
        "- choice: {otherwise: {steps: []}}",
        "- choice: {when: [{simple: x, steps: []}]}",
        "- filter: {language: {language: groovy, expression: x}, steps: []}",
        "- loop: {steps: []}",
        "- loop: {constant: 0, steps: []}",
        "- loop: {constant: 101, steps: []}",
        "- multicast: {stopOnException: false, steps: []}",
        "- to: {uri: 'stage:resample-to-size', parameters: {input: a, output: b, size: '9,9'}}",
        "- doTry: {steps: [], doCatch: [{exception: [java.lang.Error], steps: []}]}",
        "- loop: {language: {language: slots, expression: x}, steps: []}",
        "- doTry: {steps: []}",
      })
  void a_mistaken_step_is_marked(String step) throws IOException {
    assertFalse(mistakes(route(step)).isEmpty(), step);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "route: {from: {uri: 'direct:a', steps: []}}",
        "- rest: {}",
        "- route: {id: a}",
        "- route: {from: {uri: 'direct:a'}}",
        "- route: {from: {uri: 'timer:a', steps: []}}",
        "- route: {from: {uri: direct, steps: []}}",
        "- route: {from: {uri: 'direct:.a', steps: []}}",
        "- route: {from: {uri: direct, parameters: {name: a,b}, steps: []}}",
        "- route: {from: {uri: 'direct:a', steps: []}, autoStartup: false}",
      })
  void a_mistaken_route_is_marked(String yaml) throws IOException {
    assertFalse(mistakes(yaml).isEmpty(), yaml);
  }

  @Test
  void a_route_may_have_the_name_of_its_input_apart() throws IOException {
    assertEquals(
        Set.of(),
        mistakes("- route: {from: {uri: direct, parameters: {name: a}, steps: [{log: b}]}}"));
  }

  @Test
  void options_have_type_default_range_choices_and_unit() throws IOException {
    JsonNode options =
        new ObjectMapper()
            .readTree(RouteSchema.of(SampleStage.CATALOGUE))
            .at("/definitions/parameters:sample-stage/properties/parameters");
    assertEquals(
        "[\"count\",\"output\",\"masks\",\"loud\",\"model\"]", options.get("required").toString());
    assertEquals(
        "{\"type\":\"integer\",\"minimum\":2,\"maximum\":5,"
            + "\"description\":\"how often (whole number from 2 to 5)\"}",
        options.at("/properties/count").toString());
    assertEquals(
        "{\"type\":\"number\",\"minimum\":0,\"default\":0.5,"
            + "\"description\":\"how far (number of at least 0, in mm)\"}",
        options.at("/properties/distance").toString());
    assertEquals("boolean", options.at("/properties/loud/type").asText());
    assertEquals(
        "{\"enum\":[\"left\",\"right-hand\"],\"default\":\"right-hand\","
            + "\"description\":\"on which side (left or right-hand)\"}",
        options.at("/properties/side").toString());
    assertEquals("ct", options.at("/properties/image/default").asText());
  }

  @Purpose("Has a number for each axis.")
  record Blur(@Param(value = "1,1,2.5", min = 0, doc = "how far") Spacing sigma) implements Stage {
    @Override
    public void run(Case c) {}
  }

  @Test
  void a_default_of_three_numbers_is_a_text() throws IOException {
    assertEquals(
        "{\"type\":[\"number\",\"string\"],\"minimum\":0,"
            + "\"pattern\":\"^[0-9]*[.]?[0-9]+( *, *[0-9]*[.]?[0-9]+ *, *[0-9]*[.]?[0-9]+)?$\","
            + "\"default\":\"1,1,2.5\","
            + "\"description\":\"how far (one or three numbers of at least 0)\"}",
        new ObjectMapper()
            .readTree(RouteSchema.of(new StageCatalogue(List.of(Blur.class))))
            .at("/definitions/parameters:blur/properties/parameters/properties/sigma")
            .toString());
  }
}
