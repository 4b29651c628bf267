package org.islet.reference;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.islet.reference.RouteVocabulary.Block;
import org.islet.route.RouteStep;
import org.islet.route.Vocabulary;
import org.islet.stage.StageCatalogue;

/**
 * The JSON Schema (draft 07, which the YAML language server of editors knows best) of a file of
 * segmentation routes, {@code routes/routes.schema.json}: with it editors complete the names of
 * steps, stages and options, show what they mean, and mark mistakes while a route is written.
 */
public final class RouteSchema {

  private static final String PLAIN_NAME = "[^?/\\s]+";

  private final ObjectNode definitions = instance.objectNode();
  private final StageCatalogue stages;

  private RouteSchema(StageCatalogue stages) {
    this.stages = stages;
  }

  /** The schema of routes over a catalogue's stages, as JSON in lines that end in LF. */
  public static String of(StageCatalogue stages) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(new RouteSchema(stages).root())
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema of nodes is always JSON.", e);
    }
  }

  private ObjectNode root() {
    ObjectNode root = instance.objectNode();
    root.put("$schema", "http://json-schema.org/draft-07/schema#");
    root.put("title", "Segmentation routes of Islet");
    root.put(
        "description",
        "Made by: ./islet stages --json-schema > routes/routes.schema.json. See docs/routes.md.");
    root.put("type", "array");
    root.set("items", file());
    define();
    root.set("definitions", definitions);
    return root;
  }

  private static ObjectNode file() {
    ObjectNode properties = common();
    properties.set("from", ref("from"));
    ObjectNode route = mapping("A route.", properties, List.of("from"));
    return mapping("", object("route", route), List.of("route"));
  }

  private void define() {
    definitions.set("from", from());
    definitions.set("steps", array("The steps, from the first to the last.", ref("step")));
    definitions.set("step", step());
    definitions.set("to", to());
    definitions.set("address", address());
    for (String name : stages.names()) {
      StageSchema stage = new StageSchema(stages.describe(name));
      definitions.set("stage:" + name, stage.address());
      definitions.set("parameters:" + name, stage.uriWithParameters());
    }
    RouteVocabulary.STEPS.forEach((name, block) -> definitions.set(name, block(block)));
    RouteVocabulary.PARTS.forEach((name, block) -> definitions.set(name, block(block)));
  }

  /** The input of a route, written in one of two ways. */
  private static ObjectNode from() {
    ObjectNode whole = common();
    whole.set("uri", text("^direct:" + PLAIN_NAME + "$", "The name that the route is called by."));
    whole.set("steps", ref("steps"));
    ObjectNode apart = common();
    apart.set("uri", instance.objectNode().put("const", "direct"));
    apart.set("parameters", directParameters());
    apart.set("steps", ref("steps"));
    return anyOf(
        mapping("", whole, List.of("uri", "steps")),
        mapping("", apart, List.of("uri", "parameters", "steps")));
  }

  private static ObjectNode directParameters() {
    ObjectNode name = text("^" + PLAIN_NAME + "$", "The name that the route is called by.");
    return mapping("", object("name", name), List.of("name"));
  }

  /** A mapping with one key, the step's name. */
  private static ObjectNode step() {
    ObjectNode properties = instance.objectNode();
    properties.set("to", ref("to"));
    RouteVocabulary.STEPS.keySet().forEach(name -> properties.set(name, ref(name)));
    ObjectNode step = mapping("A step, by its name.", properties, List.of());
    return step.put("minProperties", 1).put("maxProperties", 1);
  }

  private ObjectNode to() {
    ObjectNode to = anyOf(ref("address"));
    to.put("description", "Runs a stage, calls a route or writes to the log.");
    ArrayNode forms = (ArrayNode) to.get("anyOf");
    stages.names().forEach(name -> forms.add(ref("parameters:" + name)));
    ObjectNode whole = common();
    whole.set("uri", ref("address"));
    forms.add(mapping("", whole, List.of("uri")));
    forms.add(withParameters("direct", directParameters()));
    ObjectNode level = enumeration(RouteVocabulary.LEVELS);
    ObjectNode parameters = mapping("", object("level", level), List.of());
    ObjectNode log = withParameters("log", parameters);
    ((ObjectNode) log.get("properties")).set("uri", text("^log:" + PLAIN_NAME + "$", ""));
    forms.add(log);
    return to;
  }

  /**
   * The address of a step as one text. Which stage it names decides what is asked of it, so that an
   * editor tells of that stage and no other.
   */
  private ObjectNode address() {
    String names = String.join("|", stages.names());
    String levels = String.join("|", RouteVocabulary.LEVELS);
    ObjectNode address =
        text(
            "^(stage:(%1$s)(\\?.*)?|direct:%2$s|log:%2$s(\\?level=(%3$s))?)$"
                .formatted(names, PLAIN_NAME, levels),
            "What runs: stage:NAME, direct:NAME of another route, or log:NAME?level=LEVEL.");
    address.put(
        "patternErrorMessage",
        "stage:NAME, direct:NAME or log:NAME?level=LEVEL was expected. The stages are: %s."
            .formatted(String.join(", ", stages.names())));
    ArrayNode snippets = address.putArray("defaultSnippets");
    ArrayNode byStage = address.putArray("allOf");
    for (String name : stages.names()) {
      snippets.add(new StageSchema(stages.describe(name)).snippet());
      ObjectNode condition =
          instance.objectNode().put("pattern", "^stage:%s(\\?|$)".formatted(name));
      byStage.add(object("if", condition).set("then", ref("stage:" + name)));
    }
    return address;
  }

  private static ObjectNode block(Block block) {
    ArrayNode forms = instance.arrayNode();
    if (block.isText()) {
      forms.addObject().put("type", "string");
    }
    for (List<RouteVocabulary.Key> keys : block.forms()) {
      ObjectNode properties = instance.objectNode();
      keys.forEach(key -> properties.set(key.name(), value(key)));
      List<String> required =
          keys.stream()
              .filter(RouteVocabulary.Key::required)
              .map(RouteVocabulary.Key::name)
              .toList();
      forms.add(mapping("", properties, required));
    }
    ObjectNode node =
        forms.size() == 1 ? (ObjectNode) forms.get(0) : instance.objectNode().set("anyOf", forms);
    return node.put("description", block.doc());
  }

  private static ObjectNode value(RouteVocabulary.Key key) {
    ObjectNode value =
        switch (key.value()) {
          case TEXT -> instance.objectNode().put("type", "string");
          case SWITCH -> instance.objectNode().put("type", "boolean");
          case ON -> instance.objectNode().put("const", true);
          case COUNT -> count();
          case LEVEL -> enumeration(RouteVocabulary.LEVELS);
          case CONDITION -> condition();
          case EXCEPTIONS -> array("", enumeration(Vocabulary.FAILURES));
          case STEPS -> ref("steps");
          case PART -> ref(key.name());
          case PARTS -> array("", ref(key.name()));
        };
    // Draft 07 ignores what stands beside a $ref, so its target says what it is for.
    return value.has("$ref") ? value : value.put("description", key.doc());
  }

  private static ObjectNode count() {
    ObjectNode count = instance.objectNode();
    count.putArray("type").add("integer").add("string");
    return count
        .put("minimum", 1)
        .put("maximum", RouteStep.Loop.MOST_PASSES)
        .put("pattern", "^[0-9]{1,3}$");
  }

  private static ObjectNode condition() {
    ObjectNode properties = instance.objectNode();
    properties.set("language", instance.objectNode().put("const", Vocabulary.SLOTS));
    properties.set("expression", instance.objectNode().put("type", "string"));
    return mapping("", properties, List.of("language", "expression"));
  }

  /** The step {@code to} as a mapping whose address has its parameters apart. */
  static ObjectNode withParameters(String uri, ObjectNode parameters) {
    ObjectNode properties = common();
    properties.set("uri", instance.objectNode().put("const", uri));
    properties.set("parameters", parameters);
    return mapping("", properties, List.of("uri", "parameters"));
  }

  private static ObjectNode common() {
    ObjectNode properties = instance.objectNode();
    RouteVocabulary.COMMON.forEach(key -> properties.set(key.name(), value(key)));
    return properties;
  }

  /** A mapping that has some properties and no others. */
  static ObjectNode mapping(String doc, ObjectNode properties, Collection<String> required) {
    ObjectNode mapping = instance.objectNode().put("type", "object");
    if (!doc.isEmpty()) {
      mapping.put("description", doc);
    }
    mapping.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(mapping.putArray("required")::add);
    }
    return mapping.put("additionalProperties", false);
  }

  static ObjectNode text(String pattern, String doc) {
    ObjectNode text = instance.objectNode().put("type", "string").put("pattern", pattern);
    return doc.isEmpty() ? text : text.put("description", doc);
  }

  static ObjectNode enumeration(Collection<String> values) {
    ObjectNode node = instance.objectNode();
    values.forEach(node.putArray("enum")::add);
    return node;
  }

  private static ObjectNode array(String doc, ObjectNode items) {
    ObjectNode array = instance.objectNode().put("type", "array");
    if (!doc.isEmpty()) {
      array.put("description", doc);
    }
    array.set("items", items);
    return array;
  }

  private static ObjectNode anyOf(ObjectNode... forms) {
    ObjectNode node = instance.objectNode();
    node.putArray("anyOf").addAll(List.of(forms));
    return node;
  }

  private static ObjectNode object(String key, ObjectNode value) {
    return instance.objectNode().setAll(Map.of(key, value));
  }

  private static ObjectNode ref(String definition) {
    return instance.objectNode().put("$ref", "#/definitions/" + definition);
  }
}
