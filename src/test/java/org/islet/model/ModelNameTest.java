package org.islet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"pancreas-fine", "v1.2_a", "0", "A"})
  void a_name_is_given_back(String name) {
    assertEquals(name, ModelName.require(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-x", "_x", "../x", "a/1", "a b", "a\n", "größe"})
  void what_is_none_is_refused(String name) {
    assertEquals(
        "'"
            + name
            + "' is not a model's name: letters, digits, '.', '_' and '-' were expected, a letter or"
            + " digit first, as in pancreas-fine.",
        assertThrows(IllegalArgumentException.class, () -> ModelName.require(name)).getMessage());
  }
}
