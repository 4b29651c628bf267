package org.islet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.islet.format.OneLine;

/** An overview as tables, those without a row left out. */
final class OverviewText {

  private static final String INDENT = "  ";
  private static final int LONGEST = 60;

  private final Overview seen;
  private final Instant now;

  private OverviewText(Overview seen) {
    this.seen = seen;
    this.now = seen.at();
  }

  static String of(Overview seen) {
    OverviewText text = new OverviewText(seen);
    return String.join("\n", text.parts());
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(sum()));
    add(parts, "Shut doors", doors());
    add(parts, "Running", running());
    add(parts, "Waiting", waiting());
    long more = count("accepted") - seen.waiting().size();
    if (more > 0) {
      parts.add("%s… and %d more that wait%n".formatted(INDENT, more));
    }
    add(parts, "Ended", ended());
    add(parts, "Refused", refused());
    return parts;
  }

  private static void add(List<String> parts, String title, TextTable table) {
    if (!table.isEmpty()) {
      parts.add("%s%n%s".formatted(title, table));
    }
  }

  private String sum() {
    String unseen =
        seen.notLookedAt() == 0 ? "" : ", %d not looked at yet".formatted(seen.notLookedAt());
    return "%d running, %d waiting%s; %d done, %d empty, %d failed, %d cancelled%n"
        .formatted(
            count("running"),
            count("accepted"),
            unseen,
            count("done"),
            count("empty"),
            count("failed"),
            count("cancelled"));
  }

  private long count(String state) {
    return seen.cases().getOrDefault(state, 0L);
  }

  private TextTable doors() {
    TextTable table = new TextTable(INDENT, "door", "since", "reason");
    seen.shutDoors()
        .forEach(
            d -> table.add(d.door(), Words.time(d.since(), now), OneLine.of(d.reason(), LONGEST)));
    return table;
  }

  private TextTable running() {
    TextTable table =
        new TextTable(INDENT, "case", "route", "priority", "attempt", "stage", "since");
    for (Overview.Running each : seen.running()) {
      table.add(
          each.caseId(),
          each.route(),
          each.priority(),
          String.valueOf(each.attempt()),
          each.reached(),
          "%s (%s)"
              .formatted(
                  Words.time(each.since(), now), Words.span(Duration.between(each.since(), now))));
    }
    return table;
  }

  private TextTable waiting() {
    TextTable table =
        new TextTable(INDENT, "case", "route", "priority", "pool", "accepted", "place", "begins");
    for (Turn each : seen.waiting()) {
      table.add(
          each.caseId(),
          each.route(),
          each.priority(),
          each.pool(),
          Words.time(each.acceptedAt(), now),
          each.place() == null ? "–" : String.valueOf(each.place()),
          each.begins(now));
    }
    return table;
  }

  private TextTable ended() {
    TextTable table = new TextTable(INDENT, "case", "route", "state", "ended", "outcome");
    for (Overview.Ended each : seen.ended()) {
      table.add(
          each.caseId(), each.route(), each.state(), Words.time(each.at(), now), each.outcome());
    }
    return table;
  }

  private TextTable refused() {
    TextTable table = new TextTable(INDENT, "door", "received", "code", "input");
    for (Overview.Refused each : seen.refused()) {
      table.add(
          each.door(),
          Words.time(each.receivedAt(), now),
          each.code(),
          each.input() == null ? "–" : OneLine.of(each.input(), LONGEST));
    }
    return table;
  }
}
