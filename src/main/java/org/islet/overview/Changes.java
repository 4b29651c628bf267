package org.islet.overview;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells what is new from one overview to the next, in a line for each change. */
public final class Changes {

  private Map<String, String> before = Map.of();
  private final Set<String> known = new HashSet<>();
  private boolean begun;

  /**
   * What has changed since the overview before; at the first, all but what had ended then.
   *
   * @return lines, each with the time of the overview before it
   */
  public List<String> in(Overview seen) {
    Map<String, String> now = lines(seen);
    List<String> news = new ArrayList<>();
    now.forEach(
        (about, line) -> {
          if (!line.equals(before.get(about))) {
            news.add(line);
          }
        });
    before.keySet().stream()
        .filter(about -> about.startsWith("door ") && !now.containsKey(about))
        .forEach(about -> news.add(about + " takes requests in again"));
    before = now;
    begun = true;
    return news.stream().map(line -> Words.time(seen.at(), seen.at()) + " " + line).toList();
  }

  /** A line for each case, refused request and shut door, by what it is about. */
  private Map<String, String> lines(Overview seen) {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Overview.ShutDoor door : seen.shutDoors()) {
      lines.put("door " + door.door(), "door %s is shut: %s".formatted(door.door(), door.reason()));
    }
    for (Overview.Refused each :
        seen.refused().stream().filter(r -> isNew(r.id() + r.code())).toList()) {
      lines.put(
          each.id(), "a request of the %s was refused: %s".formatted(each.door(), each.code()));
    }
    for (Overview.Ended each :
        seen.ended().stream().filter(e -> isNew(e.caseId() + e.at())).toList()) {
      lines.put(
          each.caseId(), "case %s: %s, %s".formatted(each.caseId(), each.state(), each.outcome()));
    }
    for (Overview.Running each : seen.running()) {
      lines.put(
          each.caseId(),
          "case %s: running (attempt %d), %s"
              .formatted(each.caseId(), each.attempt(), each.reached()));
    }
    for (Turn each : seen.waiting()) {
      String held = each.held() == null ? "" : ", " + each.held();
      lines.put(each.caseId(), "case %s: waiting%s".formatted(each.caseId(), held));
    }
    return lines;
  }

  /** Whether something that does not change any longer is seen for the first time. */
  private boolean isNew(String ended) {
    return known.add(ended) && begun;
  }
}
