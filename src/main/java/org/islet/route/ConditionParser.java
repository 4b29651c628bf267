package org.islet.route;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.islet.route.Condition.And;
import org.islet.route.Condition.Compares;
import org.islet.route.Condition.Comparison;
import org.islet.route.Condition.IsAbsent;
import org.islet.route.Condition.IsEmpty;
import org.islet.route.Condition.IsTrue;
import org.islet.route.Condition.Not;
import org.islet.route.Condition.Or;
import org.islet.route.Condition.Passes;
import org.islet.stage.Slot;

/**
 * Reads a condition by recursive descent:
 *
 * <pre>
 * condition  = all { "or" all }
 * all        = one { "and" one }
 * one        = "not" one | "(" condition ")" | SLOT | SLOT "is" [ "not" ] ( "empty" | "absent" )
 *            | ( SLOT | "passes" ) ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "=" ) NUMBER
 * </pre>
 */
final class ConditionParser {

  private static final int LONGEST = 500;
  private static final String PASSES = "passes";
  private static final Pattern TOKEN = Pattern.compile("\\s*(?:(<=|>=|[<>=()])|([A-Za-z0-9.+-]+))");
  private static final Pattern SLOT = Pattern.compile("(?!(?:and|or|not|is|[0-9]+)$)" + Slot.NAME);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]*\\.?[0-9]+(?:[eE][+-]?[0-9]+)?");

  private final String text;
  private final Matcher tokens;
  private String next;

  ConditionParser(String text) {
    this.text = text.strip();
    this.tokens = TOKEN.matcher(this.text);
    if (this.text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "a condition of %d characters is longer than the %d allowed."
              .formatted(this.text.length(), LONGEST));
    }
    advance();
  }

  Condition parse() {
    Condition condition = any();
    if (next != null) {
      throw unexpected("and, or, or nothing more");
    }
    return condition;
  }

  private Condition any() {
    Condition left = all();
    while (take("or")) {
      left = new Or(left, all());
    }
    return left;
  }

  private Condition all() {
    Condition left = one();
    while (take("and")) {
      left = new And(left, one());
    }
    return left;
  }

  private Condition one() {
    if (take("not")) {
      return new Not(one());
    } else if (take("(")) {
      Condition inside = any();
      if (!take(")")) {
        throw unexpected("a closing parenthesis");
      }
      return inside;
    }
    return ofSlot(slot());
  }

  private Condition ofSlot(String slot) {
    Optional<Comparison> comparison =
        Arrays.stream(Comparison.values()).filter(c -> c.sign().equals(next)).findFirst();
    if (comparison.isPresent()) {
      advance();
      double number = number();
      return slot.equals(PASSES)
          ? new Passes(comparison.get(), number)
          : new Compares(slot, comparison.get(), number);
    } else if (slot.equals(PASSES)) {
      throw unexpected("<, <=, >, >= or = and a number behind 'passes'");
    } else if (take("is")) {
      boolean negated = take("not");
      Condition state = state(slot);
      return negated ? new Not(state) : state;
    }
    return new IsTrue(slot);
  }

  private Condition state(String slot) {
    if (take("empty")) {
      return new IsEmpty(slot);
    } else if (take("absent")) {
      return new IsAbsent(slot);
    }
    throw unexpected("empty or absent behind 'is'");
  }

  private String slot() {
    if (next == null || !SLOT.matcher(next).matches()) {
      throw unexpected("a slot's name, 'not' or a parenthesis");
    }
    String slot = next;
    advance();
    return slot;
  }

  private double number() {
    if (next == null || !NUMBER.matcher(next).matches()) {
      throw unexpected("a number");
    }
    double number = Double.parseDouble(next);
    advance();
    return number;
  }

  private boolean take(String token) {
    boolean found = token.equals(next);
    if (found) {
      advance();
    }
    return found;
  }

  private void advance() {
    if (tokens.lookingAt()) {
      next = tokens.group(1) == null ? tokens.group(2) : tokens.group(1);
      tokens.region(tokens.end(), text.length());
    } else if (tokens.regionStart() == text.length()) {
      next = null;
    } else {
      throw new IllegalArgumentException(
          "the condition '%s' has '%s', which means nothing here; it can name slots and compare them, as in"
                  .formatted(text, text.charAt(skipBlanks()))
              + " 'touches and passes < 3'.");
    }
  }

  private int skipBlanks() {
    int at = tokens.regionStart();
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "the condition '%s' should have %s where it has %s."
            .formatted(text, expected, next == null ? "nothing more" : "'" + next + "'"));
  }
}
