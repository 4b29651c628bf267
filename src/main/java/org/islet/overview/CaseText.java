package org.islet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.islet.stage.StageRun;
import org.islet.store.Failure;

/** What is known of a case, as text. */
final class CaseText {

  private static final String INDENT = "  ";

  private final CaseHistory seen;
  private final Instant now;

  private CaseText(CaseHistory seen) {
    this.seen = seen;
    this.now = seen.at();
  }

  static String of(CaseHistory seen) {
    CaseText text = new CaseText(seen);
    return String.join("\n", text.parts());
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(head()));
    parts.add("Asked by%n%s".formatted(askers()));
    seen.attempts().forEach(attempt -> parts.add(attempt(attempt)));
    return parts;
  }

  private String head() {
    StringBuilder head = new StringBuilder(seen.line()).append(System.lineSeparator());
    CaseHistory.Input input = seen.input();
    fact(head, "sha256", input.sha256());
    fact(
        head,
        "size",
        Words.megabytes(input.bytes())
            + (input.voxels() == null ? "" : ", %d voxels".formatted(input.voxels())));
    fact(head, "route", seen.route());
    fact(head, "priority", seen.priority());
    fact(head, "deadline", seen.deadline() == null ? "none" : Words.day(seen.deadline()));
    fact(head, "accepted", Words.day(seen.acceptedAt()));
    if (seen.ended() != null) {
      fact(head, "ended", Words.day(seen.ended().at()));
    }
    if (seen.failure() != null) {
      fact(head, "reason", words(seen.failure()));
    }
    if (seen.result() != null) {
      String place = seen.result().place();
      fact(head, "result", place == null ? "cleared away" : place);
      fact(head, "manifest", seen.result().manifestSha256());
      fact(head, "method", seen.result().method());
    }
    return head.toString();
  }

  private static void fact(StringBuilder text, String name, String value) {
    text.append("%s%-10s%s%n".formatted(INDENT, name, value));
  }

  private static String words(Failure failure) {
    String stage = failure.stage() == null ? "" : " (stage %s)".formatted(failure.stage());
    return "%s%s: %s".formatted(failure.code(), stage, failure.sentence());
  }

  private TextTable askers() {
    TextTable table = new TextTable(INDENT, "door", "received", "answered", "repeated", "input");
    for (CaseHistory.Asker each : seen.requests()) {
      table.add(
          each.door(),
          Words.time(each.receivedAt(), now),
          each.answeredAt() == null ? "not yet" : Words.time(each.answeredAt(), now),
          each.repeated() ? "yes" : "no",
          each.input() == null ? "–" : each.input());
    }
    return table;
  }

  private String attempt(CaseHistory.Try attempt) {
    boolean ended = attempt.endedAt() != null;
    Duration took = Duration.between(attempt.beganAt(), ended ? attempt.endedAt() : now);
    StringBuilder text =
        new StringBuilder("Attempt %d: %s%n".formatted(attempt.number(), attempt.outcome()));
    fact(text, "began", Words.day(attempt.beganAt()));
    fact(text, ended ? "took" : "since", Words.seconds(took.toMillis() / 1e3));
    fact(text, "worker", attempt.worker());
    if (attempt.failure() != null) {
      fact(text, "reason", words(attempt.failure()));
    }
    TextTable stages = new TextTable(INDENT, "stage", "output", "began at", "took");
    for (StageRun run : attempt.stages()) {
      stages.add(
          run.stage(), run.output(), Words.seconds(run.start()), "%.3f s".formatted(run.seconds()));
    }
    return stages.isEmpty() ? text.toString() : text.append(stages).toString();
  }
}
