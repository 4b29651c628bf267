package org.islet.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.islet.route.Condition.And;
import org.islet.route.Condition.Compares;
import org.islet.route.Condition.Comparison;
import org.islet.route.Condition.IsAbsent;
import org.islet.route.Condition.IsEmpty;
import org.islet.route.Condition.IsTrue;
import org.islet.route.Condition.Not;
import org.islet.route.Condition.Or;
import org.islet.route.Condition.Passes;

class ConditionTextTest {

  private static final int LONGEST_THAT_IS_READ = 500;

  @Example
  void writes_what_was_written() {
    for (String text :
        new String[] {
          "touches and passes < 3",
          "a or b and c",
          "(a or b) and c",
          "a and (b and c)",
          "a or (b or c)",
          "a and b and c or d",
          "not (a and b)",
          "not a and b",
          "not not a",
          "m is empty",
          "m is not empty or n is not absent",
          "not volume > 2.5",
          "volume >= -7",
          "x = 1.0E-9",
        }) {
      assertEquals(text, Condition.parse(text).text());
    }
  }

  @Example
  void leaves_out_parentheses_and_blanks_that_mean_nothing() {
    assertEquals(
        "a and b or c is not empty", Condition.parse(" ((a)  and (b))or(not c is empty) ").text());
    assertEquals("x < 1000000000", Condition.parse("x<1e9").text());
    assertEquals("x <= 0.5", Condition.parse("x<=.5").text());
  }

  @Example
  void a_number_beyond_all_doubles_stays_so() {
    Condition condition = Condition.parse("x < 1e400 and y > -1e400");
    assertEquals(condition, Condition.parse(condition.text()));
  }

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void what_is_written_is_read_as_the_same_condition(@ForAll("conditions") Condition condition) {
    assertEquals(condition, Condition.parse(condition.text()));
  }

  @Provide
  static Arbitrary<Condition> conditions() {
    return below(4).filter(c -> c.text().length() <= LONGEST_THAT_IS_READ);
  }

  private static Arbitrary<Condition> below(int depth) {
    if (depth == 0) {
      return leaves();
    }
    Arbitrary<Condition> inside = below(depth - 1);
    return Arbitraries.oneOf(
        leaves(), inside.map(Not::new), both(inside, And::new), both(inside, Or::new));
  }

  private static Arbitrary<Condition> both(
      Arbitrary<Condition> inside, BiFunction<Condition, Condition, Condition> made) {
    return Combinators.combine(inside, inside).as(made::apply);
  }

  private static Arbitrary<Condition> leaves() {
    Arbitrary<String> slots =
        Arbitraries.of("a", "touches", "empty", "absent", "e5", "box-1", "Passes", "nota");
    Arbitrary<Comparison> comparisons = Arbitraries.of(Comparison.class);
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-10, 10).map(Integer::doubleValue),
            Arbitraries.doubles(),
            Arbitraries.of(-0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e9, 1e9 + 1));
    return Arbitraries.oneOf(
        slots.map(IsTrue::new),
        slots.map(IsEmpty::new),
        slots.map(IsAbsent::new),
        Combinators.combine(slots, comparisons, numbers).as(Compares::new),
        Combinators.combine(comparisons, numbers).as(Passes::new));
  }
}
