package org.islet.store;

import java.util.Set;

/**
 * Why a case has no result, or a request no case.
 *
 * @param code a stable name of the reason in kebab case
 * @param sentence for the person who can act, without the names of files or patients
 * @param stage the stage that failed, or null if it was none
 */
public record Failure(String code, String sentence, String stage) {

  /** What is asked for is not of its form. */
  public static final String BAD_REQUEST = "bad-request";

  /** There is no route of the name that is asked for. */
  public static final String UNKNOWN_ROUTE = "unknown-route";

  /** The codes whose sentences may quote what was asked for, so that they are for no log. */
  private static final Set<String> QUOTING = Set.of(BAD_REQUEST, UNKNOWN_ROUTE);

  private static final int LONGEST_SENTENCE = 4000;

  /** The failure for a log: its code, and its sentence where that quotes nobody. */
  public String forLog() {
    return QUOTING.contains(code)
        ? code + " (why is told to whoever asked)"
        : code + ": " + sentence;
  }

  /** The failure as a record can keep it: its sentence not too long, and without NUL. */
  Failure cut() {
    String plain = sentence.replace("\0", "");
    boolean fits = plain.length() <= LONGEST_SENTENCE;
    return new Failure(code, fits ? plain : plain.substring(0, LONGEST_SENTENCE - 1) + "…", stage);
  }

  public Failure(String code, String sentence) {
    this(code, sentence, null);
  }
}
