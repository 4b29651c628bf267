package org.islet.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> OPTIONS = List.of("input", "output", "min", "max");

  @Test
  void finds_the_name_that_the_fewest_letters_tell_apart() {
    assertEquals(Optional.of("min"), Nearest.to("mim", OPTIONS));
    assertEquals(Optional.of("max"), Nearest.to("mx", OPTIONS));
    assertEquals(Optional.of("output"), Nearest.to("outputs", OPTIONS));
  }

  @Test
  void of_equally_near_names_the_first_in_alphabetical_order_is_meant() {
    assertEquals(Optional.of("fine-1"), Nearest.to("fine-3", List.of("fine-2", "fine-1")));
  }

  @Test
  void suggests_a_name_half_of_whose_letters_differ_but_none_that_is_further() {
    assertEquals(Optional.of("mask"), Nearest.to("maks", List.of("mask")));
    assertEquals(Optional.empty(), Nearest.to("mean", List.of("mask", "coarse-full")));
    assertEquals(Optional.empty(), Nearest.to("ct", List.of()));
  }

  @Test
  void ends_a_sentence_with_or_without_a_suggestion() {
    assertEquals("; did you mean 'min'?", Nearest.hint("mim", OPTIONS));
    assertEquals(".", Nearest.hint("threshold", OPTIONS));
  }

  @Property(tries = 200)
  void a_name_with_one_letter_left_out_is_recognised(
      @ForAll @AlphaChars @StringLength(min = 2, max = 12) String name,
      @ForAll @IntRange(max = 11) int at) {
    int left = at % name.length();
    String shorter = name.substring(0, left) + name.substring(left + 1);
    assertEquals(Optional.of(name), Nearest.to(shorter, List.of("-".repeat(20), name)));
  }
}
