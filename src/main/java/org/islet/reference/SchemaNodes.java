package org.islet.reference;

import static com.fasterxml.jackson.databind.node.JsonNodeFactory.instance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The nodes that a JSON Schema is made of. A doc that is empty is left out. */
final class SchemaNodes {

  private SchemaNodes() {}

  /** A value of a type. */
  static ObjectNode type(String name) {
    return instance.objectNode().put("type", name);
  }

  /** A mapping that has some properties and no others. */
  static ObjectNode mapping(String doc, ObjectNode properties, Collection<String> required) {
    ObjectNode mapping = described(type("object"), doc);
    mapping.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(mapping.putArray("required")::add);
    }
    return mapping.put("additionalProperties", false);
  }

  /** A text of a pattern. */
  static ObjectNode text(String pattern, String doc) {
    return described(type("string").put("pattern", pattern), doc);
  }

  /** One of some values. */
  static ObjectNode enumeration(Collection<String> values) {
    ObjectNode node = instance.objectNode();
    values.forEach(node.putArray("enum")::add);
    return node;
  }

  /** One value and no other. */
  static ObjectNode constant(String value) {
    return instance.objectNode().put("const", value);
  }

  /** A list. */
  static ObjectNode array(String doc, ObjectNode items) {
    return described(type("array"), doc).set("items", items);
  }

  /** What fits one of some forms. */
  static ObjectNode anyOf(ObjectNode... forms) {
    ObjectNode node = instance.objectNode();
    node.putArray("anyOf").addAll(List.of(forms));
    return node;
  }

  /** A node with one key. */
  static ObjectNode object(String key, ObjectNode value) {
    return instance.objectNode().setAll(Map.of(key, value));
  }

  /** What a definition of the schema says. */
  static ObjectNode ref(String definition) {
    return instance.objectNode().put("$ref", "#/definitions/" + definition);
  }

  /** A node with what it is for. */
  static ObjectNode described(ObjectNode node, String doc) {
    return doc.isEmpty() ? node : node.put("description", doc);
  }
}
