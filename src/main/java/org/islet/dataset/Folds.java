package org.islet.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.islet.format.WholeFile;

/**
 * A split of cases for cross-validation (Zhao et al. 2019, section 3.1, with four folds): where a
 * fold is left out its cases validate, and the cases of all the others train. A case in no fold
 * does neither.
 *
 * @param seed what the split was drawn with
 * @param folds the ids of each fold's cases
 */
public record Folds(
    @JsonProperty(required = true) long seed,
    @JsonProperty(required = true) List<List<String>> folds) {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /**
   * @throws IllegalArgumentException if there are fewer than two folds, one has no case, or a case
   *     is there twice
   */
  public Folds {
    if (folds.size() < 2) {
      throw new IllegalArgumentException(
          "A split has 2 folds or more, not %d.".formatted(folds.size()));
    }
    Set<String> seen = new HashSet<>();
    for (int k = 0; k < folds.size(); k++) {
      if (folds.get(k) == null || folds.get(k).isEmpty()) {
        throw new IllegalArgumentException(
            "Fold %d (the first being 0) is empty; every fold needs a case.".formatted(k));
      }
      for (String id : folds.get(k)) {
        if (id == null || id.isBlank()) {
          throw new IllegalArgumentException("Fold %d has a case without a name.".formatted(k));
        }
        if (!seen.add(id)) {
          throw new IllegalArgumentException(
              "Case %s is twice in the split; it may be in one fold only.".formatted(id));
        }
      }
    }
    folds = folds.stream().map(List::copyOf).toList();
  }

  /**
   * Draws a split: subjects at random, as many in each fold but for one at most, with all of their
   * cases. The same ids and seed give the same split.
   *
   * @param subject whose case an id is, such as {@link DataSet#subject}
   * @throws IllegalArgumentException if there are more folds than subjects, or fewer than two folds
   */
  public static Folds split(
      Collection<String> ids, UnaryOperator<String> subject, int count, long seed) {
    SortedMap<String, List<String>> cases =
        ids.stream().collect(Collectors.groupingBy(subject, TreeMap::new, Collectors.toList()));
    if (count > cases.size()) {
      throw new IllegalArgumentException(
          "%d folds need cases of %d subjects or more, but there are %d. Ask for fewer folds."
              .formatted(count, count, cases.size()));
    }
    List<String> shuffled = new ArrayList<>(cases.keySet());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, random.nextInt(i + 1));
    }
    return new Folds(
        seed,
        IntStream.range(0, count)
            .mapToObj(
                k ->
                    IntStream.range(0, shuffled.size())
                        .filter(i -> i % count == k)
                        .mapToObj(i -> cases.get(shuffled.get(i)))
                        .flatMap(List::stream)
                        .sorted()
                        .toList())
            .toList());
  }

  /** The cases that train where fold k (the first being 0) is left out, sorted. */
  public List<String> training(int k) {
    List<String> left = validation(k);
    return all().filter(id -> !left.contains(id)).sorted().toList();
  }

  /**
   * The cases that validate where fold k (the first being 0) is left out.
   *
   * @throws IllegalArgumentException if there is no such fold
   */
  public List<String> validation(int k) {
    if (k < 0 || k >= folds.size()) {
      throw new IllegalArgumentException(
          "There is no fold %d; the split has folds 0 to %d.".formatted(k, folds.size() - 1));
    }
    return folds.get(k);
  }

  /** The fold (the first being 0) where a case validates; nothing if it is in none. */
  public Optional<Integer> foldOf(String id) {
    return IntStream.range(0, folds.size())
        .filter(k -> folds.get(k).contains(id))
        .boxed()
        .findFirst();
  }

  /**
   * Checks that a data set has all the cases of the split.
   *
   * @param ids the data set's
   * @throws IllegalArgumentException that names those that it lacks
   */
  public void requireAllIn(Collection<String> ids) {
    List<String> lacking = all().filter(id -> !ids.contains(id)).sorted().toList();
    if (!lacking.isEmpty()) {
      throw new IllegalArgumentException(
          "The split has cases that the data set lacks: %s. Add them, or give another split."
              .formatted(String.join(", ", lacking)));
    }
  }

  private Stream<String> all() {
    return folds.stream().flatMap(List::stream);
  }

  /** Writes {@code {"seed": …, "folds": [[…], …]}}, whole or not at all. */
  public void write(Path file) throws IOException {
    WholeFile.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Reads what {@link #write} writes, or somebody by hand.
   *
   * @throws IllegalArgumentException if the file holds no split, or one that cannot be
   * @throws IOException if it cannot be read
   */
  public static Folds read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readString(file), Folds.class);
    } catch (ValueInstantiationException e) {
      throw invalid(file, e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw invalid(
          file,
          "{\"seed\": 1, \"folds\": [[\"case-1\", …], …]} was expected, but: "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static IllegalArgumentException invalid(Path file, String reason, Exception cause) {
    return new IllegalArgumentException(
        "%s is not a split of cases: %s".formatted(file, reason), cause);
  }
}
