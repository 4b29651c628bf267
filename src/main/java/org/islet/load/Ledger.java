package org.islet.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.islet.queue.ReplyMessage;

/** The requests of a run by their numbers, and what was said of each. */
final class Ledger {

  private final String run;

  /** Whether a request is through when it is accepted, and not when it is answered. */
  private final boolean intakeOnly;

  private final List<Fate> fates = new ArrayList<>();
  private int confirmed;
  private int through;
  private int answeredAgain;
  private int contradicted;
  private int events;
  private int ofOthers;
  private Instant heard = Instant.MIN;

  Ledger(String run, boolean intakeOnly) {
    this.run = run;
    this.intakeOnly = intakeOnly;
  }

  /** The id of a request. */
  String id(int number) {
    return run + "-" + number;
  }

  private OptionalInt number(String id) {
    String before = run + "-";
    if (!id.startsWith(before) || !id.substring(before.length()).matches("\\d{1,9}")) {
      return OptionalInt.empty();
    }
    int number = Integer.parseInt(id.substring(before.length()));
    return number < fates.size() ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** The next request is about to be sent. */
  synchronized void sent(Instant due, Instant now) {
    fates.add(new Fate(due, now));
    heard = now;
  }

  synchronized void confirmed(int number, Instant now) {
    fates.get(number).confirm(now);
    confirmed++;
    heard = now;
  }

  /**
   * The broker did not confirm a request, which is through with that; an answer may come all the
   * same.
   */
  synchronized OptionalInt notConfirmed(int number) {
    Fate fate = fates.get(number);
    boolean before = isThrough(fate);
    fate.lose();
    return newlyThrough(OptionalInt.of(number), fate, before);
  }

  /**
   * Something was said to everybody.
   *
   * @return the request's number, if it is through with that for the first time
   */
  synchronized OptionalInt event(String json, Instant now) {
    Optional<Said> said = Said.parse(json);
    OptionalInt number = said.map(s -> number(s.id())).orElse(OptionalInt.empty());
    if (number.isEmpty()) {
      return OptionalInt.empty();
    }
    events++;
    heard = now;
    Fate fate = fates.get(number.getAsInt());
    boolean before = isThrough(fate);
    note(fate, said.get(), now);
    return newlyThrough(number, fate, before);
  }

  private void note(Fate fate, Said said, Instant now) {
    if (said.is(ReplyMessage.Type.ACCEPTED)) {
      fate.accept(said.time());
    } else if (said.is(ReplyMessage.Type.STARTED)) {
      fate.start(said.time());
    } else if (intakeOnly && said.isEnd() && fate.answer() == null) {
      fate.answer(said, now);
    }
  }

  /**
   * A reply came.
   *
   * @return the request's number, if it is through with that for the first time
   */
  synchronized OptionalInt reply(String json, Instant now) {
    Optional<Said> said = Said.parse(json);
    OptionalInt number = said.map(s -> number(s.id())).orElse(OptionalInt.empty());
    if (number.isEmpty()) {
      ofOthers++;
      return OptionalInt.empty();
    }
    heard = now;
    Fate fate = fates.get(number.getAsInt());
    boolean before = isThrough(fate);
    if (fate.answer() == null) {
      fate.answer(said.get(), now);
    } else if (fate.answer().equals(said.get())) {
      answeredAgain++;
    } else {
      contradicted++;
    }
    return newlyThrough(number, fate, before);
  }

  private boolean isThrough(Fate fate) {
    return fate.answer() != null || fate.isLost() || (intakeOnly && fate.accepted() != null);
  }

  private OptionalInt newlyThrough(OptionalInt number, Fate fate, boolean before) {
    if (before || !isThrough(fate)) {
      return OptionalInt.empty();
    }
    through++;
    return number;
  }

  /** Why a request failed; nothing if it did not. */
  synchronized Optional<String> code(int number) {
    return Optional.ofNullable(fates.get(number).answer())
        .filter(answer -> answer.is(ReplyMessage.Type.FAILED))
        .map(Said::outcome);
  }

  /** How many were sent. */
  synchronized int sent() {
    return fates.size();
  }

  synchronized int confirmed() {
    return confirmed;
  }

  /** How many need not be waited for any more. */
  synchronized int through() {
    return through;
  }

  /** Whether nothing is to be waited for any more. */
  synchronized boolean isSettled() {
    return through == fates.size();
  }

  /** Whether each case that was answered is known to have begun. */
  synchronized boolean isWholeStory() {
    return fates.stream()
        .filter(fate -> fate.answer() != null && !fate.answer().isRefusal())
        .allMatch(fate -> fate.started() != null || fate.answer().repeated());
  }

  /** When something was sent or heard last. */
  synchronized Instant heard() {
    return heard;
  }

  /**
   * What came of it all.
   *
   * @param trouble why the run ended before its end; nothing if it did not
   */
  synchronized LoadReport report(Optional<String> trouble) {
    return new LoadReport(
        run,
        intakeOnly,
        List.copyOf(fates),
        new LoadReport.Oddities(answeredAgain, contradicted, ofOthers, events),
        trouble);
  }
}
