package org.islet.route;

import java.math.BigDecimal;
import org.islet.route.Condition.And;
import org.islet.route.Condition.Compares;
import org.islet.route.Condition.Comparison;
import org.islet.route.Condition.IsAbsent;
import org.islet.route.Condition.IsEmpty;
import org.islet.route.Condition.IsTrue;
import org.islet.route.Condition.Not;
import org.islet.route.Condition.Or;
import org.islet.route.Condition.Passes;

/** Writes a condition in the grammar of {@link ConditionParser}. */
final class ConditionText {

  /** Whole numbers up to here are written without a decimal point and exponent. */
  private static final double LARGEST_WHOLE = 1e9;

  private ConditionText() {}

  static String of(Condition condition) {
    if (condition instanceof Or or) {
      return of(or.left()) + " or " + within(Precedence.AND, or.right());
    } else if (condition instanceof And and) {
      return within(Precedence.AND, and.left()) + " and " + within(Precedence.ONE, and.right());
    } else if (condition instanceof Not not) {
      return negated(not.inside());
    } else if (condition instanceof IsTrue c) {
      return c.slot();
    } else if (condition instanceof IsEmpty c) {
      return c.slot() + " is empty";
    } else if (condition instanceof IsAbsent c) {
      return c.slot() + " is absent";
    } else if (condition instanceof Compares c) {
      return compared(c.slot(), c.comparison(), c.number());
    } else if (condition instanceof Condition.Unreadable) {
      return "…";
    }
    Passes passes = (Passes) condition;
    return compared("passes", passes.comparison(), passes.number());
  }

  private static String negated(Condition inside) {
    if (inside instanceof IsEmpty c) {
      return c.slot() + " is not empty";
    } else if (inside instanceof IsAbsent c) {
      return c.slot() + " is not absent";
    }
    return "not " + within(Precedence.ONE, inside);
  }

  private static String compared(String left, Comparison comparison, double number) {
    return "%s %s %s".formatted(left, comparison.sign(), number(number));
  }

  private static String number(double number) {
    if (Double.isInfinite(number)) {
      return number > 0 ? "1e999" : "-1e999"; // beyond what a double holds, as it was written
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_WHOLE;
    return whole && (number != 0 || 1 / number > 0)
        ? new BigDecimal(number).toPlainString()
        : Double.toString(number);
  }

  /** In parentheses, if it does not hold together as closely as it has to. */
  private static String within(Precedence least, Condition condition) {
    boolean loose = Precedence.of(condition).compareTo(least) < 0;
    return loose ? "(" + of(condition) + ")" : of(condition);
  }

  /** How closely the parts of a condition hold together; later is closer. */
  private enum Precedence {
    OR,
    AND,
    ONE;

    static Precedence of(Condition condition) {
      return condition instanceof Or ? OR : condition instanceof And ? AND : ONE;
    }
  }
}
