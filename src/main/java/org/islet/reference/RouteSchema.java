package org.islet.reference;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;
import static org.islet.reference.SchemaNodes.anyOf;
import static org.islet.reference.SchemaNodes.array;
import static org.islet.reference.SchemaNodes.constant;
import static org.islet.reference.SchemaNodes.described;
import static org.islet.reference.SchemaNodes.enumeration;
import static org.islet.reference.SchemaNodes.mapping;
import static org.islet.reference.SchemaNodes.object;
import static org.islet.reference.SchemaNodes.ref;
import static org.islet.reference.SchemaNodes.text;
import static org.islet.reference.SchemaNodes.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.islet.route.Key;
import org.islet.route.Route;
import org.islet.route.RouteStep;
import org.islet.route.Vocabulary;
import org.islet.stage.Slot;
import org.islet.stage.StageCatalogue;

/**
 * The JSON Schema (draft 07, which the YAML language server of editors knows best) of a file of
 * segmentation routes, {@code routes/routes.schema.json}: with it editors complete the names of
 * steps, stages and options, show what they mean, and mark mistakes while a route is written.
 */
public final class RouteSchema {

  private static final String LOG_NAME = "[^?/\\s]+";

  /** The words whose mappings are no more than their keys, and may stand in several places. */
  private static final Set<Vocabulary> BLOCKS =
      EnumSet.complementOf(
          EnumSet.of(Vocabulary.ROUTE, Vocabulary.FROM, Vocabulary.TO, Vocabulary.LANGUAGE));

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
    ObjectNode route = form(Vocabulary.ROUTE.doc(), Vocabulary.ROUTE.forms().get(0));
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
      definitions.set("parameters:" + name, toStage(stage));
    }
    BLOCKS.forEach(word -> definitions.set(word.word(), block(word)));
  }

  /** The input of a route, written in one of two ways. */
  private static ObjectNode from() {
    ObjectNode whole = properties(Key.COMMON);
    whole.set("uri", text("^direct:" + Route.NAME + "$", "The name that the route is called by."));
    whole.set("steps", ref("steps"));
    ObjectNode apart = properties(Key.COMMON);
    apart.set("uri", constant("direct"));
    apart.set("parameters", directParameters());
    apart.set("steps", ref("steps"));
    return anyOf(
        mapping("", whole, List.of("uri", "steps")),
        mapping("", apart, List.of("uri", "parameters", "steps")));
  }

  private static ObjectNode directParameters() {
    ObjectNode name = text("^" + Route.NAME + "$", "The name that the route is called by.");
    return mapping("", object("name", name), List.of("name"));
  }

  /** A mapping with one key, the step's name. */
  private static ObjectNode step() {
    ObjectNode properties = instance.objectNode();
    Arrays.stream(Vocabulary.values())
        .filter(Vocabulary::isStep)
        .forEach(step -> properties.set(step.word(), ref(step.word())));
    ObjectNode step = mapping("A step, by its name.", properties, List.of());
    return step.put("minProperties", 1).put("maxProperties", 1);
  }

  private ObjectNode to() {
    ObjectNode to = anyOf(ref("address"));
    to.put("description", Vocabulary.TO.doc());
    ArrayNode forms = (ArrayNode) to.get("anyOf");
    stages.names().forEach(name -> forms.add(ref("parameters:" + name)));
    ObjectNode whole = properties(Key.COMMON);
    whole.set("uri", ref("address"));
    forms.add(mapping("", whole, List.of("uri")));
    forms.add(withParameters("direct", directParameters()));
    ObjectNode pool = text("^" + Slot.NAME + "$", "The pool whose workers go on.");
    forms.add(withParameters("handoff", mapping("", object("name", pool), List.of("name"))));
    ObjectNode level = enumeration(Vocabulary.LEVELS);
    ObjectNode parameters = mapping("", object("level", level), List.of());
    ObjectNode log = withParameters("log", parameters);
    ((ObjectNode) log.get("properties")).set("uri", text("^log:" + LOG_NAME + "$", ""));
    forms.add(log);
    return to;
  }

  /**
   * The address of a step as one text. Which stage it names decides what is asked of it, so that an
   * editor tells of that stage and no other.
   */
  private ObjectNode address() {
    String names = String.join("|", stages.names());
    String levels = String.join("|", Vocabulary.LEVELS);
    ObjectNode address =
        text(
            "^(stage:(%1$s)(\\?.*)?|direct:%2$s|handoff:%5$s|log:%3$s(\\?level=(%4$s))?)$"
                .formatted(names, Route.NAME, LOG_NAME, levels, Slot.NAME),
            "What runs: stage:NAME, direct:NAME of another route, handoff:NAME of a pool that goes on, or log:NAME?level=LEVEL.");
    address.put(
        "patternErrorMessage",
        "stage:NAME, direct:NAME, handoff:NAME or log:NAME?level=LEVEL was expected. The stages are: %s."
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

  private static ObjectNode block(Vocabulary word) {
    ArrayNode forms = instance.arrayNode();
    if (word.isText()) {
      forms.add(type("string"));
    }
    word.forms().forEach(keys -> forms.add(form("", keys)));
    ObjectNode node =
        forms.size() == 1 ? (ObjectNode) forms.get(0) : instance.objectNode().set("anyOf", forms);
    return node.put("description", word.doc());
  }

  private static ObjectNode form(String doc, List<Key> keys) {
    return mapping(
        doc, properties(keys), keys.stream().filter(Key::required).map(Key::name).toList());
  }

  private static ObjectNode properties(List<Key> keys) {
    ObjectNode properties = instance.objectNode();
    keys.forEach(key -> properties.set(key.name(), value(key)));
    return properties;
  }

  private static ObjectNode value(Key key) {
    ObjectNode value =
        switch (key.value()) {
          case TEXT -> type("string");
          case SWITCH -> type("boolean");
          case ON -> instance.objectNode().put("const", true);
          case COUNT -> count();
          case LEVEL -> enumeration(Vocabulary.LEVELS);
          case ENDPOINT -> throw new IllegalStateException(key + " is not the same everywhere.");
          case CONDITION -> form("", Vocabulary.LANGUAGE.forms().get(0));
          case LANGUAGE -> constant(Vocabulary.SLOTS);
          case EXCEPTIONS -> array("", enumeration(Vocabulary.FAILURES));
          case STEPS -> ref("steps");
          case PART -> ref(key.name());
          case PARTS -> array("", ref(key.name()));
        };
    return described(value, key.doc());
  }

  private static ObjectNode count() {
    ObjectNode count = instance.objectNode();
    count.putArray("type").add("integer").add("string");
    return count
        .put("minimum", 1)
        .put("maximum", RouteStep.Loop.MOST_PASSES)
        .put("pattern", "^[0-9]{1,3}$");
  }

  private static ObjectNode toStage(StageSchema schema) {
    return withParameters("stage:" + schema.stage().name(), schema.parameters())
        .put("description", schema.stage().purpose());
  }

  /** The step {@code to} as a mapping whose address has its parameters apart. */
  private static ObjectNode withParameters(String uri, ObjectNode parameters) {
    ObjectNode properties = properties(Key.COMMON);
    properties.set("uri", constant(uri));
    properties.set("parameters", parameters);
    return mapping("", properties, List.of("uri", "parameters"));
  }
}
