package org.islet.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.islet.route.Vocabulary;
import org.junit.jupiter.api.Test;

/** What editors are told and what is checked are the same words. */
class VocabularyTest {

  @Test
  void the_schema_and_the_checker_have_the_same_keys() {
    Map<String, RouteVocabulary.Block> blocks = new LinkedHashMap<>(RouteVocabulary.STEPS);
    blocks.putAll(RouteVocabulary.PARTS);
    Map<String, Set<String>> schema = new TreeMap<>();
    blocks.forEach(
        (word, block) ->
            schema.put(
                word,
                block.forms().stream()
                    .flatMap(keys -> keys.stream().map(RouteVocabulary.Key::name))
                    .collect(Collectors.toCollection(TreeSet::new))));
    Map<String, Set<String>> checker = new TreeMap<>();
    for (Vocabulary word : Vocabulary.values()) {
      if (blocks.containsKey(word.word())) {
        checker.put(word.word(), new TreeSet<>(word.keys()));
      }
    }
    assertEquals(checker, schema);
    Set<String> steps = new TreeSet<>(RouteVocabulary.STEPS.keySet());
    steps.add(Vocabulary.TO.word());
    assertEquals(
        Vocabulary.steps().stream().map(Vocabulary::word).collect(Collectors.toSet()), steps);
  }
}
